import { strictEqual } from "node:assert/strict";
import type pl from "nodejs-polars";

export function sameRows(frame: pl.DataFrame, rows: number): void {
  strictEqual(frame.height, rows, "rows");
}

/** Rows with a path. */
export const viewsIn = (log: pl.DataFrame) => log.height - log.getColumn("path").nullCount();

/** Whether a column of counts adds up to what it counts. */
export function sumOf(frame: pl.DataFrame, name: string, total: number): void {
  const counts = frame.getColumn(name).toArray() as number[];
  strictEqual(
    counts.reduce((sum, count) => sum + Number(count), 0),
    total,
    `sum of ${name}`,
  );
}

/** Whether the days of an answer, a row for each user, are days on which the log has rows of theirs. */
export function daysOfLog(days: pl.DataFrame, log: pl.DataFrame, keys = ["user_id", "date"]): void {
  const known = log.select(...keys).unique();
  strictEqual(
    days.select(...keys).join(known, { on: keys, how: "anti" }).height,
    0,
    "strange days",
  );
}
