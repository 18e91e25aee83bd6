import type pl from "nodejs-polars";

/** A row as an object; its columns, and so their types, are known at run time only. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Row = Record<string, any>;

/**
 * A frame's first row as an object by column name; undefined for an empty frame.
 *
 * @example
 * firstRow(daily.sort("pages", true))?.date; // the busiest day
 */
export function firstRow(frame: pl.DataFrame): Row | undefined {
  return frame.head(1).toRecords()[0];
}
