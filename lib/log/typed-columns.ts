import pl from "nodejs-polars";
import { type Column, typeOf } from "./columns";
import { requireColumns } from "./require-columns";

/** Some columns in their types of `COLUMNS`; refuses a frame as `requireColumns` does. */
export function typedColumns(
  caller: string,
  frame: pl.DataFrame,
  ...names: readonly Column[]
): pl.DataFrame {
  requireColumns(caller, frame, ...names);
  return inTypes(frame, ...names);
}

/** The same of columns that are known to be there. NaN becomes null: Polars ranks it highest. */
export function inTypes(frame: pl.DataFrame, ...names: readonly Column[]): pl.DataFrame {
  const { columns, dtypes } = frame;
  const chosen = names.map((name) => {
    const given = String(dtypes[columns.indexOf(name)]);
    const isFloat = given.includes("Float");
    // A column that has its type already needs no expression.
    if (!isFloat && given === String(typeOf(name))) return name;
    const values = isFloat ? pl.col(name).fillNan(pl.lit(null)) : pl.col(name);
    return values.cast(typeOf(name));
  });
  return frame.select(...chosen);
}

/** A frame of them from arrays. */
export function frameOfArrays(
  columns: Partial<Record<Column, Int32Array | Float64Array>>,
): pl.DataFrame {
  const names = Object.keys(columns) as Column[];
  return inTypes(pl.DataFrame(names.map((name) => pl.Series(name, columns[name]!))), ...names);
}
