import pl from "nodejs-polars";
import { type Column, typeOf } from "../../log/columns";

/** A frame in the types of `COLUMNS`. NaN becomes null: Polars ranks it above every number. */
export function frameOfArrays(
  columns: Partial<Record<Column, Int32Array | Float64Array>>,
): pl.DataFrame {
  const names = Object.keys(columns) as Column[];
  return pl
    .DataFrame(names.map((name) => pl.Series(name, columns[name]!)))
    .select(...names.map((name) => pl.col(name).fillNan(pl.lit(null)).cast(typeOf(name))));
}
