import pl, { type DataType } from "nodejs-polars";
import { type Column, typeOf } from "./columns";

/**
 * A frame from rows as objects, also from none. Days may be numbers since 1970, times milliseconds.
 * Columns are names for types as in `COLUMNS`, or objects of names and types.
 */
export function frameOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  ...columns: readonly (Column | Readonly<Record<string, DataType>>)[]
): pl.DataFrame {
  const types = columns.flatMap((column): [string, DataType][] =>
    typeof column === "object" ? Object.entries(column) : [[column, typeOf(column)]],
  );
  return pl.DataFrame(
    types.map(([name, type]) => {
      const values = rows.map((row) => row[name] ?? null);
      const isTime = type.equals(pl.Date) || String(type).includes("Datetime");
      if (!isTime || !values.some((value) => typeof value === "number")) {
        return pl.Series(name, values, type);
      }
      const integers = type.equals(pl.Date) ? pl.Int32 : pl.Int64;
      return pl
        .Series(name, values as number[], pl.Float64)
        .cast(integers)
        .cast(type);
    }),
  );
}
