import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { HeapUse } from "./memory";
import { type RowsRead, readRows } from "./read-rows";
import { CSV, type DataRecord, fieldText, recordText } from "./scan-records";
import { framed, parseRow, type Value } from "./typed-fields";

const USAGE_FIELDS = ["dt", "user_id", "type", "api_count"] as const;

/** Reads `user_api_data.csv`, with or without an index column; a repeated row is an error. */
export async function readUsageCsv(path: string): Promise<RowsRead & { usage: pl.DataFrame }> {
  const { usage, ...read } = await readUsageRows(path);
  const frame = framed(usage, USAGE_FIELDS).sort(["dt", "user_id", "type"]);
  return { ...read, usage: frame };
}

export async function readUsageRows(path: string): Promise<RowsRead & { usage: Value[][] }> {
  const usage: Value[][] = [];
  const lines = new Map<string, number>();
  const heap = new HeapUse();
  const takeRow = (record: DataRecord, first: number) => {
    const texts = USAGE_FIELDS.map((_, field) => fieldText(record, first + field));
    const row = parseRow(USAGE_FIELDS, texts, USAGE_FIELDS);
    if (!Array.isArray(row)) return row;
    const [day, user, type, calls] = row as [number, number, string, number];
    if (calls < 0) {
      const expected = "an integer from 0 to below 2^53";
      return { field: "api_count", expected, found: texts[3] as string };
    }
    const key = `${day} ${user} ${type}`;
    const before = lines.get(key);
    if (before !== undefined) {
      const expected = `one row per user, API and day, which line ${formatCount(before)} has`;
      return { field: "line", expected, found: recordText(record) };
    }
    // a Map entry takes four times the memory of a log's text
    heap.addText(150 + 2 * key.length);
    lines.set(key, record.line);
    usage.push(row);
    return undefined;
  };
  const read = await readRows(path, CSV, USAGE_FIELDS, takeRow, { mayBeSetAside: false });
  return { ...read, usage };
}
