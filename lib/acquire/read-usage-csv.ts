import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import type { FieldProblem } from "./data-file-error";
import { NumberColumn, TextColumn } from "./growing-columns";
import { HeapUse } from "./memory";
import { parseDay, parseInteger } from "./parse-fields";
import { EXPECTED_DATE, EXPECTED_INTEGER } from "./read-access-fields";
import { type RowsRead, readRows } from "./read-rows";
import { CSV, type DataRecord, fieldText, recordText } from "./scan-records";

const USAGE_FIELDS = ["dt", "user_id", "type", "api_count"] as const;

/** Rows of API usage as they are collected from a file. */
export class UsageRows {
  private readonly heap = new HeapUse();
  readonly days = new NumberColumn("index");
  readonly users = new NumberColumn("number");
  readonly types = new TextColumn(this.heap);
  readonly counts = new NumberColumn("number");
  private readonly lines = new Map<string, number>();

  /** Takes a record whose four fields begin at `first`, or says what is wrong with it. */
  take(record: DataRecord, first: number): FieldProblem | undefined {
    const { bytes, starts, ends } = record;
    const parse = (parser: typeof parseDay, field: number) =>
      parser(bytes, starts[first + field] as number, ends[first + field] as number);
    const wrong = (field: number, expected: string): FieldProblem => ({
      field: USAGE_FIELDS[field] as string,
      expected,
      found: fieldText(record, first + field),
    });
    const day = parse(parseDay, 0);
    if (Number.isNaN(day)) return wrong(0, EXPECTED_DATE);
    const user = parse(parseInteger, 1);
    if (Number.isNaN(user)) return wrong(1, EXPECTED_INTEGER);
    const type = fieldText(record, first + 2);
    if (type === "") return wrong(2, "an API's name");
    const calls = parse(parseInteger, 3);
    if (!(calls >= 0)) return wrong(3, "an integer from 0 to below 2^53");
    const typeNumber = this.types.numberOf(Buffer.from(type).toString("latin1"));
    const key = `${day} ${user} ${typeNumber}`;
    const before = this.lines.get(key);
    if (before !== undefined) {
      const expected = `one row per user, API and day, which line ${formatCount(before)} has`;
      return { field: "line", expected, found: recordText(record) };
    }
    // with its line's number and its place in the Map it takes more than a text of a log
    this.heap.addText(3 * key.length);
    this.lines.set(key, record.line);
    this.days.push(day);
    this.users.push(user);
    this.types.rows.push(typeNumber);
    this.counts.push(calls);
    return undefined;
  }

  toFrame(): pl.DataFrame {
    return pl
      .DataFrame({
        dt: pl.Series("dt", this.days.toArray()).cast(pl.Date),
        user_id: pl.Series("user_id", this.users.toArray()).cast(pl.Int64),
        type: this.types.toSeries("type"),
        api_count: pl.Series("api_count", this.counts.toArray()).cast(pl.Int64),
      })
      .sort({ by: ["dt", "user_id", "type"], maintainOrder: true });
  }
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
  const { usage, ...read } = await readUsageRows(path);
  return { ...read, usage: usage.toFrame() };
}

/** `readUsageCsv` up to the table. */
export async function readUsageRows(path: string): Promise<RowsRead & { usage: UsageRows }> {
  const usage = new UsageRows();
  const take = (record: DataRecord, first: number) => usage.take(record, first);
  const read = await readRows(path, CSV, USAGE_FIELDS, take, { mayBeSetAside: false });
  return { ...read, usage };
}
