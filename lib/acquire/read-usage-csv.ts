import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import type { RowProblem } from "./data-file-error";
import { NumberColumn, TextColumn } from "./growing-columns";
import { HeapUse } from "./memory";
import { parseDay, parseInteger } from "./parse-fields";
import { EXPECTED_DATE, EXPECTED_INTEGER } from "./read-access-fields";
import { type RowsRead, readRows } from "./read-rows";
import { fieldText, recordText } from "./scan-records";

const USAGE_FIELDS = ["dt", "user_id", "type", "api_count"] as const;

/** Columns of API usage as they are collected from a file. */
export interface UsageColumns {
  days: NumberColumn;
  users: NumberColumn;
  types: TextColumn;
  counts: NumberColumn;
}

/**
 * Reads `user_api_data.csv`: a header and `dt,user_id,type,api_count`, with or without
 * pandas' unnamed index column before them.
 *
 * @returns `usage`: `dt` (Date), `user_id` (Int64), `type` (String), `api_count` (Int64),
 *   by the first three
 * @throws {DataFileError} as `readRows`; a second row of a user, API and day is a bad one
 */
export async function readUsageCsv(path: string): Promise<RowsRead & { usage: pl.DataFrame }> {
  const { read, columns } = await collectUsage(path);
  const usage = pl
    .DataFrame({
      dt: columns.days.toSeries("dt").cast(pl.Date),
      user_id: columns.users.toSeries("user_id").cast(pl.Int64),
      type: columns.types.toSeries("type"),
      api_count: columns.counts.toSeries("api_count").cast(pl.Int64),
    })
    .sort({ by: ["dt", "user_id", "type"], maintainOrder: true });
  return { ...read, usage };
}

/** `readUsageCsv` up to the table: the rows as they are collected. */
export async function collectUsage(
  path: string,
): Promise<{ read: RowsRead; columns: UsageColumns }> {
  const days = new NumberColumn("index");
  const users = new NumberColumn("number");
  const heap = new HeapUse();
  const types = new TextColumn(undefined, heap);
  const counts = new NumberColumn("number");

  const lines = new Map<string, number>();

  const read = await readRows(
    path,
    { separator: ",", quotes: true },
    USAGE_FIELDS,
    (record, first) => {
      const { bytes, starts, ends } = record;
      const wrong = (field: number, expected: string): Omit<RowProblem, "line"> => ({
        field: USAGE_FIELDS[field] as string,
        expected,
        found: fieldText(record, first + field),
      });

      const day = parseDay(bytes, starts[first] as number, ends[first] as number);
      if (Number.isNaN(day)) return wrong(0, EXPECTED_DATE);
      const user = parseInteger(bytes, starts[first + 1] as number, ends[first + 1] as number);
      if (Number.isNaN(user)) return wrong(1, EXPECTED_INTEGER);
      const type = fieldText(record, first + 2);
      if (type === "") return wrong(2, "an API's name");
      const calls = parseInteger(bytes, starts[first + 3] as number, ends[first + 3] as number);
      if (!(calls >= 0)) return wrong(3, "an integer from 0 to below 2^53");
      const typeNumber = types.numberOf(Buffer.from(type).toString("latin1"));
      const key = `${day} ${user} ${typeNumber}`;
      const before = lines.get(key);
      if (before !== undefined) {
        return {
          field: "line",
          expected: `one row per user, API and day, which line ${formatCount(before)} has`,
          found: recordText(record),
        };
      }
      // with its line's number and its place in the Map it takes more than a text of a log
      heap.addText(3 * key.length);
      lines.set(key, record.line);

      days.push(day);
      users.push(user);
      types.push(typeNumber);
      counts.push(calls);
      return undefined;
    },
    { mayBeSetAside: false },
  );
  return { read, columns: { days, users, types, counts } };
}
