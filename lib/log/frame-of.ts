import pl, { type DataType } from "nodejs-polars";

/**
 * A frame from rows as objects, with the types that it shall have: an empty list gives the
 * same columns, and integers stay whole.
 *
 * @param types each column's type, by name, in the order of columns
 * @example
 * frameOf([{ kind: "scraping", stories: 14 }], { kind: pl.String, stories: pl.Int64 });
 */
export function frameOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  types: Readonly<Record<string, DataType>>,
): pl.DataFrame {
  return pl.DataFrame(
    Object.entries(types).map(([name, type]) =>
      pl.Series(
        name,
        rows.map((row) => row[name] ?? null),
        type,
      ),
    ),
  );
}
