import pl from "nodejs-polars";
import { type Column, typeOf } from "../log/columns";
import { requireColumns } from "../log/require-columns";

/**
 * The columns that a function needs, in the types of `COLUMNS`: one of nulls may come in any type.
 */
export function neededColumns(
  caller: string,
  frame: pl.DataFrame,
  ...names: readonly Column[]
): pl.DataFrame {
  requireColumns(caller, frame, ...names);
  return frame.select(...names.map((name) => pl.col(name).cast(typeOf(name))));
}
