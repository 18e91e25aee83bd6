import pl from "nodejs-polars";

const TYPES = {
  Categorical: "string",
  Enum: "string",
  String: "string",
  Utf8: "string",
  Float32: "number",
  Float64: "number",
  Decimal: "number",
  Bool: "boolean",
  Date: "date",
  Datetime: "datetime",
  Time: "time",
} as const;
const AS_TEXT = ["integer", "date", "datetime", "time"];

/** A column's type in [Table Schema](https://specs.frictionlessdata.io/table-schema/)'s words. */
export type FieldType = (typeof TYPES)[keyof typeof TYPES] | "integer" | "any";

export interface TableField {
  name: string;
  type: FieldType;
  /** The frame's own type, as in `Int64` or `Datetime(ms)`. */
  dtype: string;
}

/** A value as JSON holds it: integers beyond 2^53, NaN and infinities are text. */
export type TableValue = string | number | boolean | null;

export interface TableData {
  schema: { fields: TableField[] };
  data: Record<string, TableValue>[];
}

export interface TableInfo {
  title?: string;
  /** Rows of the whole frame. */
  total_rows: number;
  /** Rows among `data`: the first ones. */
  shown_rows: number;
}

const LONGEST = 2_000;

/** A frame's rows as a table resource: all of them, so take its head first. */
export function tableData(frame: pl.DataFrame): TableData {
  const dtypes = frame.dtypes;
  const fields = frame.columns.map((name, place) => fieldOf(name, dtypes[place]));
  // As text: JavaScript's numbers do not hold all integers, nor its dates all days.
  const asText = fields.filter(
    ({ type, dtype }) => AS_TEXT.includes(type) || /^(Categorical|Enum)/.test(dtype),
  );
  const names = asText.map(({ name }) => name);
  const shown = names.length > 0 ? frame.withColumns(pl.col(names).cast(pl.Utf8)) : frame;
  // Polars takes a thousandth of the time for all rows at once that it takes for a series each.
  const rows = shown.toRecords();
  const columns = fields.map((field) => {
    const isOdd = field.type === "any" || field.name === "__proto__";
    const values = isOdd
      ? shown.getColumn(field.name).toArray()
      : rows.map((row) => row[field.name]);
    return valuesOf(values, field);
  });
  const data = rows.map((_, row) =>
    Object.fromEntries(fields.map(({ name }, place) => [name, columns[place]?.[row] ?? null])),
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

function fieldOf(name: string, of: unknown): TableField {
  const dtype = dtypeName(of);
  const variant = dtype.replace(/\(.*/, "");
  const known: FieldType = TYPES[variant as keyof typeof TYPES] ?? "any";
  return { name, type: /^U?Int\d+$/.test(variant) ? "integer" : known, dtype };
}

function valuesOf(values: unknown[], { type }: TableField): TableValue[] {
  const each = (of: (value: unknown) => TableValue) =>
    values.map((value) => (value === null || value === undefined ? null : of(value)));
  if (type === "integer") return each((text) => integer(String(text)));
  if (type === "number") return each((value) => float(Number(value)));
  if (type === "string") return each((text) => cut(String(text)));
  if (type === "datetime") return withoutZeros(each(String));
  if (type === "any") return each((value) => cut(JSON.stringify(value, exactIntegers)));
  return values as TableValue[];
}

/** Times without fractions of a second where all of these are 0. */
function withoutZeros(times: TableValue[]): TableValue[] {
  const wholeSeconds = times.every((text) => text === null || /\.0+$/.test(String(text)));
  if (!wholeSeconds) return times;
  return times.map((text) => (text === null ? null : String(text).replace(/\.0+$/, "")));
}

function integer(text: string): TableValue {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

function float(value: number): TableValue {
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
 * like that is too short: nobody can claim another length for theirs.
 */
export function cutNote(text: string): string {
  const note = /… \([\d,]+ characters\)$/.exec(text);
  return note && Array.from(text.slice(0, note.index)).length === LONGEST ? note[0] : "";
}

function exactIntegers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
