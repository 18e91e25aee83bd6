import type pl from "nodejs-polars";
import { COLUMNS, type Column } from "../log/columns";
import { frameOf } from "../log/frame-of";
import type { FieldProblem } from "./data-file-error";
import { parseDay, parseInteger, parseSecond } from "./parse-fields";

/** Days since 1970, or milliseconds; null where missing. */
export type Value = number | string | null;

export const EXPECTED = {
  Int64: "an integer below 2^53",
  Date: "a calendar day as 2018-01-26",
  Datetime: "a day and a time as 2016-06-14 19:52:26",
  String: "text",
};
type Type = keyof typeof EXPECTED;

/** A row's values, or what is wrong with a field; those in `required` must be there. */
export function parseRow(
  fields: readonly Column[],
  texts: readonly string[],
  required: readonly Column[],
): Value[] | FieldProblem {
  const row: Value[] = [];
  for (const [at, field] of fields.entries()) {
    const type = COLUMNS[field][0] as Type;
    const found = texts[at] as string;
    const value = found === "" ? null : type === "String" ? found : parseNumber(type, found);
    const isRequired = required.includes(field);
    if (Number.isNaN(value) || (isRequired && value === null)) {
      return { field, expected: EXPECTED[type] + (isRequired ? "" : ", or nothing"), found };
    }
    row.push(value);
  }
  return row;
}

export function framed(rows: readonly Value[][], fields: readonly Column[]): pl.DataFrame {
  const record = (row: Value[]) => Object.fromEntries(fields.map((field, at) => [field, row[at]]));
  return frameOf(rows.map(record), ...fields);
}

function parseNumber(type: Type, text: string): number {
  const bytes = Buffer.from(text);
  if (type === "Int64") return parseInteger(bytes, 0, bytes.length);
  if (type === "Date") return parseDay(bytes, 0, bytes.length);
  return parseMoment(text);
}

/** Milliseconds since 1970 of `2016-06-14 19:52:26`, with or without a fraction or a time. */
function parseMoment(text: string): number {
  const [, day = "", time = "00:00:00", fraction = "0"] =
    /^(\S{10})(?:[ T](\S{8}?)(?:\.(\d{1,9}))?)?$/.exec(text) ?? [];
  const days = parseDay(Buffer.from(day), 0, day.length);
  const seconds = parseSecond(Buffer.from(time), 0, time.length);
  return days * 86_400_000 + seconds * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
}
