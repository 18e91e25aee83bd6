import type { AccessRows } from "./access-rows";
import type { FieldProblem } from "./data-file-error";
import { parseDay, parseInteger, parseSecond } from "./parse-fields";
import type { ReadRow } from "./read-rows";
import { type DataRecord, fieldText } from "./scan-records";
import { EXPECTED } from "./typed-fields";

export const ACCESS_FIELDS = ["date", "time", "path", "user_id", "cohort_id", "ip"] as const;

const EXPECTED_FIELDS = [
  ...[EXPECTED.Date, "a clock time as 09:55:03", "a path"],
  ...[EXPECTED.Int64, `${EXPECTED.Int64}, or nothing`, "an IPv4 or IPv6 address"],
];

/** pandas writes MySQL's clock times as spans of time: `0 days 09:55:03`. */
const ZERO_DAYS = Buffer.from("0 days ");

function accessProblem(at: number, found: string): FieldProblem {
  return { field: ACCESS_FIELDS[at] as string, expected: EXPECTED_FIELDS[at] as string, found };
}

/** Turns six fields from `first` on into a row of `rows`, unless `accept` faults its cohort. */
export function accessFieldReader(
  rows: AccessRows,
  accept?: (cohort: number, record: DataRecord) => FieldProblem | undefined,
): ReadRow {
  return (record, first) => {
    const { bytes, starts, ends } = record;

    const day = parseDay(bytes, starts[first] as number, ends[first] as number);
    if (Number.isNaN(day)) return wrong(record, first, 0);

    const second = parseClock(bytes, starts[first + 1] as number, ends[first + 1] as number);
    if (Number.isNaN(second)) return wrong(record, first, 1);

    const user = parseInteger(bytes, starts[first + 3] as number, ends[first + 3] as number);
    if (Number.isNaN(user)) return wrong(record, first, 3);

    const cohort = parseInteger(bytes, starts[first + 4] as number, ends[first + 4] as number);
    if (Number.isNaN(cohort) && starts[first + 4] !== ends[first + 4])
      return wrong(record, first, 4);

    const [ip, ipEnd] = [starts[first + 5] as number, ends[first + 5] as number];
    const address = rows.addressNumber(bytes, ip, ipEnd);
    if (address < 0) return wrong(record, first, 5);

    const problem = accept?.(cohort, record);
    if (problem) return problem;

    rows.add(day, second, pathNumber(rows, record, first + 2), user, cohort, address);
    return undefined;
  };
}

function wrong(record: DataRecord, first: number, at: number): FieldProblem {
  return accessProblem(at, fieldText(record, first + at));
}

function parseClock(bytes: Buffer, start: number, end: number): number {
  const isSpan = end - start === 15 && bytes.compare(ZERO_DAYS, 0, 7, start, start + 7) === 0;
  return parseSecond(bytes, isSpan ? start + 7 : start, end);
}

function pathNumber(rows: AccessRows, record: DataRecord, field: number): number {
  const { bytes, starts, ends, quoting } = record;
  if (quoting[field] !== 2) return rows.pathNumber(bytes, starts[field], ends[field]);
  const text = bytes.toString("latin1", starts[field], ends[field]);
  return rows.pathNumber(Buffer.from(text.replaceAll('""', '"'), "latin1"));
}
