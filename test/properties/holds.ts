import { strictEqual } from "node:assert/strict";
import type pl from "nodejs-polars";
import type { World } from "../support/world";

export function sameRows(frame: pl.DataFrame, rows: number): void {
  strictEqual(frame.height, rows, "rows");
}

/** Whether an answer has as many rows as a frame of the world. */
export const rowsOf = (name: string) => (answer: pl.DataFrame, w: World) =>
  sameRows(answer, w[name].height);

/** Rows with a path. */
export const viewsIn = (log: pl.DataFrame) => log.height - log.getColumn("path").nullCount();

/** Whether a column of counts adds up to what it counts. */
export function sumOf(frame: pl.DataFrame, name: string, total: number): void {
  strictEqual(frame.height && frame.getColumn(name).sum(), total, `sum of ${name}`);
}

/** Whether the days of an answer, a row for each user, are days on which the log has rows of theirs. */
export function daysOfLog(
  days: pl.DataFrame,
  { log }: World,
  { by = "user_id" }: { by?: string | null } = {},
): void {
  const keys = by === null ? ["date"] : [by, "date"];
  const known = log.select(...keys).unique();
  const strange = days.select(...keys).join(known, { on: keys, how: "anti" });
  strictEqual(strange.height, 0, "strange days");
}
