import type pl from "nodejs-polars";
import type { Column } from "../../lib/log/columns";
import { frameOf } from "../../lib/log/frame-of";
import { dayOf } from "./access-log";

/** A frame from the names of its columns, parted by spaces, and rows of values; days as ISO text. */
export function tableOf(names: string, ...rows: unknown[][]): pl.DataFrame {
  const columns = names.split(" ") as Column[];
  const isDay = (value: unknown) => /^\d{4}-\d\d-\d\d$/.test(String(value));
  const asGiven = (value: unknown) => (isDay(value) ? dayOf(String(value)) : value);
  const records = rows.map((row) =>
    Object.fromEntries(columns.map((name, place) => [name, asGiven(row[place])])),
  );
  return frameOf(records, ...columns);
}
