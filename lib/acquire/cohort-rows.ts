import type pl from "nodejs-polars";
import { COLUMNS } from "../log/columns";
import { frameOf } from "../log/frame-of";
import { formatCount } from "../words/format-words";
import type { FieldProblem } from "./data-file-error";
import { parseDay, parseInteger, parseSecond } from "./parse-fields";
import { EXPECTED_DATE, EXPECTED_INTEGER } from "./read-access-fields";

/** The fields of table `cohorts`, in the order in which every shape has them. */
export const COHORT_FIELDS = [
  ...(["id", "name", "slack", "start_date", "end_date"] as const),
  ...(["created_at", "updated_at", "deleted_at", "program_id"] as const),
] as const;

/** A row of table `cohorts`: days and milliseconds for days and moments, null for what is missing. */
export type CohortRow = (number | string | null)[];

const EXPECTED: Record<string, string> = {
  Int64: EXPECTED_INTEGER,
  Date: EXPECTED_DATE,
  Datetime: "a day and a time as 2016-06-14 19:52:26",
};

/** A cohort's row from the nine fields' texts, or what is wrong with one of them. Only `id` must be there. */
export function parseCohort(texts: readonly string[]): CohortRow | FieldProblem {
  const row: CohortRow = [];
  for (const [at, field] of COHORT_FIELDS.entries()) {
    const text = texts[at] as string;
    const [type] = COLUMNS[field];
    const value = text === "" ? null : type === "String" ? text : parseNumber(type, text);
    if (Number.isNaN(value) || (field === "id" && value === null)) {
      const orNothing = field === "id" ? "" : ", or nothing";
      return { field, expected: EXPECTED[type] + orNothing, found: text };
    }
    row.push(value);
  }
  return row;
}

/** No school has more classes; a table with more is another one. */
export const MOST_COHORTS = 100_000;

/** @throws {RangeError} if there are too many */
export function checkCohorts(count: number): void {
  if (count <= MOST_COHORTS) return;
  throw new RangeError(`a table of cohorts can have up to ${formatCount(MOST_COHORTS)} rows`);
}

/** The rows as table `cohorts`, by id. */
export function cohortsFrame(rows: readonly CohortRow[]): pl.DataFrame {
  const ordered = [...rows].sort((a, b) => (a[0] as number) - (b[0] as number));
  const records = ordered.map((row) =>
    Object.fromEntries(COHORT_FIELDS.map((field, at) => [field, row[at]])),
  );
  return frameOf(records, ...COHORT_FIELDS);
}

function parseNumber(type: string, text: string): number {
  const bytes = Buffer.from(text);
  if (type === "Int64") return parseInteger(bytes, 0, bytes.length);
  if (type === "Date") return parseDay(bytes, 0, bytes.length);
  return parseMoment(text);
}

/** Milliseconds since 1970-01-01 of `2016-06-14 19:52:26`, with or without a fraction; without a time, of midnight. */
function parseMoment(text: string): number {
  const [, day = "", time = "00:00:00", fraction = "0"] =
    /^(\S{10})(?:[ T](\S{8}?)(?:\.(\d{1,9}))?)?$/.exec(text) ?? [];
  const days = parseDay(Buffer.from(day), 0, day.length);
  const seconds = parseSecond(Buffer.from(time), 0, time.length);
  return days * 86_400_000 + seconds * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
}
