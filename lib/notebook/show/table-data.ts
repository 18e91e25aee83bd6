import pl from "nodejs-polars";

/** A column's type in [Table Schema](https://specs.frictionlessdata.io/table-schema/)'s words. */
export type FieldType =
  | "integer"
  | "number"
  | "string"
  | "date"
  | "datetime"
  | "time"
  | "boolean"
  | "any";

export interface TableField {
  name: string;
  type: FieldType;
  /** The frame's own type, as in `Int64` or `Datetime(ms)`. */
  dtype: string;
}

/** A value as JSON holds it: integers beyond 2^53, NaN and infinities are text. */
export type TableValue = string | number | boolean | null;

/** What `application/vnd.dataresource+json` holds. */
export interface TableData {
  schema: { fields: TableField[] };
  data: Record<string, TableValue>[];
}

/** What the same type's metadata holds. */
export interface TableInfo {
  title?: string;
  /** Rows of the whole frame. */
  total_rows: number;
  /** Rows among `data`: the first ones. */
  shown_rows: number;
}

/** Longest text that a table carries whole, in characters. */
const LONGEST = 2_000;

/** A frame's rows as a table resource: all of them, so take its head first. */
export function tableData(frame: pl.DataFrame): TableData {
  const dtypes = frame.dtypes;
  const fields = frame.columns.map((name, place) => fieldOf(name, dtypes[place]));
  // Polars needs a thousandth of the time for all rows at once that it needs for a series each.
  const rows = frame.toRecords();
  const columns = fields.map((field) => {
    const isThere = rows.every((row) => Object.hasOwn(row, field.name));
    const values =
      isThere &&
      plainValues(
        rows.map((row) => row[field.name]),
        field,
      );
    return values || seriesValues(frame.getColumn(field.name), field);
  });
  const data = rows.map((_, row) =>
    Object.fromEntries(fields.map((field, index) => [field.name, columns[index]?.[row] ?? null])),
  );
  return { schema: { fields }, data };
}

/** A data type as people write it: `Int64`, `Datetime(ms)`, `List(Float64)`. */
export function dtypeName(dtype: unknown): string {
  return String(dtype)
    .replace(/DataType\(/g, "(")
    .replace(/^\((.*)\)$/, "$1")
    .replace(/\(\(/g, "(")
    .replace(/\)\)/g, ")")
    .replace(/,\)/g, ")");
}

const TYPES: Record<string, FieldType> = {
  Float32: "number",
  Float64: "number",
  Decimal: "number",
  Bool: "boolean",
  Date: "date",
  Datetime: "datetime",
  Time: "time",
  String: "string",
  Utf8: "string",
  Categorical: "string",
};

function fieldOf(name: string, of: unknown): TableField {
  const dtype = dtypeName(of);
  const variant = dtype.replace(/\(.*/, "");
  return { name, type: /^U?Int\d+$/.test(variant) ? "integer" : (TYPES[variant] ?? "any"), dtype };
}

/** A column's values from what JavaScript makes of them; nothing where it cannot hold them all. */
function plainValues(values: unknown[], { type, dtype }: TableField): TableValue[] | undefined {
  const missing = (value: unknown) => value === null || value === undefined;
  const each = (of: (value: unknown) => TableValue) =>
    values.map((value) => (missing(value) ? null : of(value)));
  const all = (is: (value: unknown) => boolean) =>
    values.every((value) => missing(value) || is(value));
  switch (type) {
    case "integer":
      return all(Number.isSafeInteger) ? (values as TableValue[]) : undefined;
    case "number":
      return all((value) => typeof value === "number")
        ? each((value) => float(value as number))
        : undefined;
    case "boolean":
      return values as TableValue[];
    case "string":
      return all((value) => typeof value === "string")
        ? each((value) => cut(value as string))
        : undefined;
    case "date":
      return all(hasFourDigitYear) ? each((value) => isoText(value).slice(0, 10)) : undefined;
    case "datetime":
      if (!dtype.includes("(ms") || !all(hasFourDigitYear)) return undefined;
      return withoutZeros(each((value) => isoText(value).slice(0, -1).replace("T", " ")));
    default:
      return undefined;
  }
}

function hasFourDigitYear(value: unknown): boolean {
  return value instanceof Date && value.getUTCFullYear() >= 0 && value.getUTCFullYear() <= 9999;
}

const isoText = (value: unknown) => (value as Date).toISOString();

/** Times without their fractions of a second where none has any. */
function withoutZeros(times: TableValue[]): TableValue[] {
  const wholeSeconds = times.every((text) => text === null || /\.0+$/.test(String(text)));
  if (!wholeSeconds) return times;
  return times.map((text) => (text === null ? null : String(text).replace(/\.0+$/, "")));
}

function seriesValues(column: pl.Series, { type }: TableField): TableValue[] {
  switch (type) {
    case "integer":
      return texts(column).map(integer);
    case "number":
      return (column.cast(pl.Float64).toArray() as (number | null)[]).map(float);
    case "date":
    case "time":
      return texts(column);
    case "datetime":
      return withoutZeros(texts(column));
    case "string":
      return texts(column).map((text) => (text === null ? null : cut(text)));
    default:
      return (column.toArray() as unknown[]).map((value) =>
        value === null || value === undefined ? null : cut(JSON.stringify(value, exactIntegers)),
      );
  }
}

/** Polars writes every value exactly; JavaScript's numbers would not hold all 64-bit integers. */
function texts(column: pl.Series): (string | null)[] {
  return column.cast(pl.Utf8).toArray() as (string | null)[];
}

function integer(text: string | null): TableValue {
  if (text === null) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

function float(value: number | null): TableValue {
  if (value === null || value === undefined) return null;
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const kept = Array.from(text.slice(0, 2 * LONGEST))
    .slice(0, LONGEST)
    .join("");
  if (kept.length === text.length) return text;
  return `${kept}… (${text.length.toLocaleString("en-US")} characters)`;
}

/**
 * What a text that was cut here says of its length; empty where it is whole. A whole text that ends
 * so is too short: nobody can claim another length for theirs.
 */
export function cutNote(text: string): string {
  const note = /… \([\d,]+ characters\)$/.exec(text);
  return note && Array.from(text.slice(0, note.index)).length === LONGEST ? note[0] : "";
}

function exactIntegers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
