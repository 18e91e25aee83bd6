import { isUtf8 } from "node:buffer";
import { isIP } from "node:net";
import type { AccessRows } from "../access-rows";
import type { FieldProblem } from "../data-file-error";
import { parseDay, parseInteger, parseSecond } from "../parse-fields";
import { accessProblem } from "../read-access-fields";
import type { DatabaseRow } from "./connection";

type Value = DatabaseRow[number];

export const EXPECTED_UTF8 = "text in UTF-8";

/** Takes a row of table `logs` into `rows`, or says what is wrong with it. */
export function logRowReader(rows: AccessRows): (row: DatabaseRow) => FieldProblem | undefined {
  const days = remembering((text) => parseDay(Buffer.from(text), 0, text.length));
  const seconds = remembering((text) => {
    const whole = text.replace(/\.0+$/, "");
    return parseSecond(Buffer.from(whole), 0, whole.length);
  });
  const addresses = remembering((text) =>
    isIP(text) === 0 ? Number.NaN : rows.addresses.numberOf(latin1(text)),
  );

  return (row) => {
    const [date = null, time = null, path = null, userId = null, cohortId = null, ip = null] = row;
    const day = days(String(date ?? ""));
    if (Number.isNaN(day)) return wrong(row, 0);
    const second = seconds(String(time ?? ""));
    if (Number.isNaN(second)) return wrong(row, 1);
    const pathText = textOf(path);
    if (pathText === undefined) return { ...wrong(row, 2), expected: EXPECTED_UTF8 };
    const user = integerOf(userId);
    if (Number.isNaN(user)) return wrong(row, 3);
    const cohort = cohortId === null ? Number.NaN : integerOf(cohortId);
    if (cohortId !== null && Number.isNaN(cohort)) return wrong(row, 4);
    const address = addresses(textOf(ip) ?? "");
    if (Number.isNaN(address)) return wrong(row, 5);
    const pathNumber = pathText === "" ? -1 : rows.pathNumber(latin1(pathText));
    rows.add(day, second, pathNumber, user, cohort, address);
    return undefined;
  };
}

function wrong(row: DatabaseRow, at: number): FieldProblem {
  return accessProblem(at, shownValue(row[at] ?? null));
}

/** Empty for NULL, undefined for bytes that are not UTF-8. */
export function textOf(value: Value): string | undefined {
  if (!Buffer.isBuffer(value)) return value === null ? "" : String(value);
  return isUtf8(value) ? value.toString() : undefined;
}

export function shownValue(value: Value): string {
  return textOf(value) ?? `bytes ${(value as Buffer).toString("hex")}`;
}

function integerOf(value: Value): number {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : Number.NaN;
  const bytes = Buffer.from(textOf(value) ?? "");
  return parseInteger(bytes, 0, bytes.length);
}

const ASCII = /^[\0-\x7f]*$/;

/** Bytes in UTF-8, one character each. */
function latin1(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString("latin1");
}

/** Most texts come in runs: the last is compared first. NaN is not kept. */
function remembering(parse: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  let lastText: string | undefined;
  let lastValue = Number.NaN;
  return (text) => {
    if (text === lastText) return lastValue;
    lastText = text;
    const value = known.get(text);
    lastValue = value ?? parse(text);
    if (value === undefined && !Number.isNaN(lastValue)) known.set(text, lastValue);
    return lastValue;
  };
}
