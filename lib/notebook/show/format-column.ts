import { visibleText } from "../../words/visible-text";
import { cutNote, type TableData, type TableField, type TableValue } from "./table-data";

const LONGEST = 300;

export function columnsOf({ schema, data }: TableData) {
  return schema.fields.map((field) => {
    const values = data.map((row) => row[field.name] ?? null);
    const right = field.type === "integer" || field.type === "number";
    return { field, values, cells: formatColumn(field, values), right };
  });
}

/**
 * Plain text, not yet escaped. Integers get thousands separators (not ids or years); other numbers
 * equal decimals, enough for four digits of a typical value; long text is cut.
 */
export function formatColumn(field: TableField, values: readonly TableValue[]): string[] {
  const format = formatOf(field, values);
  return values.map((value) => (value === null ? "null" : format(value)));
}

type Format = (value: string | number | boolean) => string;

/** Integers that count nothing. */
const NAMES = /(^|_)(ids?|year)$/i;

function formatOf(field: TableField, values: readonly TableValue[]): Format {
  if (field.type === "integer") return NAMES.test(field.name) ? plain : separated;
  return field.type === "number" ? decimalsFor(values) : plain;
}

const plain: Format = (value) => {
  const text = String(value);
  const shown = visibleText(text, { max: LONGEST });
  // Already cut once: its note stays.
  const note = cutNote(text);
  return note === "" ? shown : shown.replace(/… \([\d,]+ characters\)$/, note);
};

const separated: Format = (value) =>
  /^-?\d+$/.test(String(value)) ? BigInt(String(value)).toLocaleString("en-US") : plain(value);

function decimalsFor(values: readonly TableValue[]): Format {
  const numbers = values.filter((value) => typeof value === "number" && value !== 0) as number[];
  const sizes = numbers.map(Math.abs).sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 1;
  const enough = Math.min(6, Math.max(1, 3 - Math.floor(Math.log10(typical))));
  const digits = numbers.reduce((most, number) => Math.max(most, decimalsOf(number)), 0);
  const decimals = Math.min(enough, digits);
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value) => {
    if (typeof value !== "number") return plain(value);
    const isLost = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
    return isLost || Math.abs(value) >= 1e15
      ? value.toPrecision(3)
      : value.toLocaleString("en-US", format);
  };
}

function decimalsOf(number: number): number {
  const [, decimals = "", exponent = "0"] =
    /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}
