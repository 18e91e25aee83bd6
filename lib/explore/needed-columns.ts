import pl from "nodejs-polars";
import { type Column, typeOf } from "../log/columns";
import { requireColumns } from "../log/require-columns";

/**
 * The columns that a function needs and no others, in the types that `COLUMNS` says: a column that
 * is null throughout may come in any type.
 *
 * @throws {Error} if a column is missing or of another type
 */
export function neededColumns(
  caller: string,
  frame: pl.DataFrame,
  ...names: readonly Column[]
): pl.DataFrame {
  requireColumns(caller, frame, ...names);
  const needed = frame.select(...names);
  const others = names.filter((name, i) => String(needed.dtypes[i]) !== String(typeOf(name)));
  return others.length === 0
    ? needed
    : needed.withColumns(...others.map((name) => pl.col(name).cast(typeOf(name))));
}
