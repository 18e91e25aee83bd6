import pl from "nodejs-polars";
import { API_COUNT, DT, TYPE, USER_ID } from "../columns";
import { formatCount } from "../words/format-words";
import type { RowProblem } from "./data-file-error";
import { NumberColumn, TextColumn } from "./growing-columns";
import { parseDay, parseInteger } from "./parse-fields";
import { EXPECTED_DATE, EXPECTED_INTEGER } from "./read-access-fields";
import { readRows } from "./read-rows";
import { fieldText } from "./scan-records";

const USAGE_FIELDS = [DT, USER_ID, TYPE, API_COUNT] as const;

/**
 * Reads `user_api_data.csv`: a header and `dt,user_id,type,api_count`, with or without
 * pandas' unnamed index column before them.
 *
 * @returns `dt` (Date), `user_id` (Int64), `type` (String), `api_count` (Int64), by the
 *   first three
 * @throws {DataFileError} as `readRows`; a second row of a user, API and day is a bad one
 */
export async function readUsageCsv(path: string): Promise<pl.DataFrame> {
  const days = new NumberColumn("index");
  const users = new NumberColumn("number");
  const types = new TextColumn();
  const counts = new NumberColumn("number");

  const lines = new Map<string, number>();

  await readRows(
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
      const key = `${day} ${user} ${type}`;
      const before = lines.get(key);
      if (before !== undefined) {
        return {
          field: "line",
          expected: `one row per user, API and day, which line ${formatCount(before)} has`,
          found: record.bytes.toString("utf8", record.start, record.end).trimEnd(),
        };
      }
      lines.set(key, record.line);

      days.push(day);
      users.push(user);
      types.push(types.numberOf(Buffer.from(type).toString("latin1")));
      counts.push(calls);
      return undefined;
    },
    { mayBeSetAside: false },
  );

  return pl
    .DataFrame({
      [DT]: days.toSeries(DT).cast(pl.Date),
      [USER_ID]: users.toSeries(USER_ID).cast(pl.Int64),
      [TYPE]: types.toSeries(TYPE),
      [API_COUNT]: counts.toSeries(API_COUNT).cast(pl.Int64),
    })
    .sort({ by: [DT, USER_ID, TYPE], maintainOrder: true });
}
