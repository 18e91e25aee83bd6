import { isUtf8 } from "node:buffer";
import { isIP } from "node:net";
import type { AccessRows } from "../access-rows";
import type { RowProblem } from "../data-file-error";
import { parseDay, parseInteger, parseSecond } from "../parse-fields";
import { ACCESS_FIELDS, EXPECTED_ACCESS } from "../read-access-fields";
import type { DatabaseRow } from "./connection";

type Value = DatabaseRow[number];
type Problem = Omit<RowProblem, "line">;

export const EXPECTED_UTF8 = "text in UTF-8";

/**
 * What takes a row of table `logs` (its six columns in order) into `rows`, or says what is wrong
 * with its first bad field. Days, times and addresses come back again and again: each is parsed once.
 */
export function logRowReader(rows: AccessRows): (row: DatabaseRow) => Problem | undefined {
  const days = remembering((text) => parseDay(Buffer.from(text), 0, text.length));
  const seconds = remembering((text) => {
    // TIME(6) writes a fraction; the log has whole seconds
    const whole = text.replace(/\.0+$/, "");
    return parseSecond(Buffer.from(whole), 0, whole.length);
  });
  const addresses = remembering((text) =>
    isIP(text) === 0 ? Number.NaN : rows.addresses.numberOf(latin1(text)),
  );

  return (row) => {
    const [date = null, time = null, path = null, userId = null, cohortId = null, ip = null] = row;
    const day = date === null ? Number.NaN : days(String(date));
    if (Number.isNaN(day)) return problemIn(row, 0);
    const second = time === null ? Number.NaN : seconds(String(time));
    if (Number.isNaN(second)) return problemIn(row, 1);
    const pathText = textOf(path);
    if (pathText === undefined) return { ...problemIn(row, 2), expected: EXPECTED_UTF8 };
    const user = integerOf(userId);
    if (Number.isNaN(user)) return problemIn(row, 3);
    const cohort = cohortId === null ? Number.NaN : integerOf(cohortId);
    if (cohortId !== null && Number.isNaN(cohort)) return problemIn(row, 4);
    const address = addresses(textOf(ip) ?? "");
    if (Number.isNaN(address)) return problemIn(row, 5);
    rows.add(
      day,
      second,
      pathText === "" ? -1 : rows.pathNumber(latin1(pathText)),
      user,
      cohort,
      address,
    );
    return undefined;
  };
}

/** A field's text; empty for NULL, undefined for bytes that are not UTF-8. */
export function textOf(value: Value): string | undefined {
  if (!Buffer.isBuffer(value)) return value === null ? "" : String(value);
  return isUtf8(value) ? value.toString() : undefined;
}

/** A field as messages show it: bytes that are no text as hexadecimal digits. */
export function shownValue(value: Value): string {
  return textOf(value) ?? `bytes ${(value as Buffer).toString("hex")}`;
}

function integerOf(value: Value): number {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : Number.NaN;
  const bytes = Buffer.from(textOf(value) ?? "");
  return parseInteger(bytes, 0, bytes.length);
}

function problemIn(row: DatabaseRow, field: number): Problem {
  const name = ACCESS_FIELDS[field] as (typeof ACCESS_FIELDS)[number];
  return { field: name, expected: EXPECTED_ACCESS[name], found: shownValue(row[field] ?? null) };
}

/** A text's bytes in UTF-8, one character each: those of most texts are the text itself. */
function latin1(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString("latin1");
}

const ASCII = /^[\0-\x7f]*$/;

/** Most texts come in runs, so the last one is asked first; those without a value are not kept. */
function remembering(parse: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  let lastText: string | undefined;
  let lastValue = Number.NaN;
  return (text) => {
    if (text === lastText) return lastValue;
    let value = known.get(text);
    if (value === undefined) {
      value = parse(text);
      if (!Number.isNaN(value)) known.set(text, value);
    }
    lastText = text;
    lastValue = value;
    return value;
  };
}
