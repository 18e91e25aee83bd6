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

/** In the words of [Table Schema](https://specs.frictionlessdata.io/table-schema/). */
export type FieldType = (typeof TYPES)[keyof typeof TYPES] | "integer" | "any";

export interface TableField {
  name: string;
  type: FieldType;
  /** As in `Int64` or `Datetime(ms)`. */
  dtype: string;
}

/** As in JSON: integers beyond 2^53, NaN and infinities are text. */
export type TableValue = string | number | boolean | null;

export interface TableData {
  schema: { fields: TableField[] };
  data: Record<string, TableValue>[];
}

export interface TableInfo {
  title?: string;
  total_rows: number;
  shown_rows: number;
}

const LONGEST = 2_000;

/** All rows, so take the head first. */
export function tableData(frame: pl.DataFrame): TableData {
  const dtypes = frame.dtypes;
  const fields = frame.columns.map((name, place) => fieldOf(name, dtypes[place]));
  // As text: JavaScript's numbers and dates do not hold all values.
  const asText = fields.filter(
    ({ type, dtype }) => AS_TEXT.includes(type) || /^(Categorical|Enum)/.test(dtype),
  );
  const names = asText.map(({ name }) => name);
  const shown = names.length > 0 ? frame.withColumns(pl.col(names).cast(pl.Utf8)) : frame;
  // A thousand times faster than a series for each row.
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

/** As in `Int64`, `Datetime(ms)`, `List(Float64)`. */
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

/** The note of a text that was cut here, else empty; a stranger's text with a note is too short. */
export function cutNote(text: string): string {
  const note = /… \([\d,]+ characters\)$/.exec(text);
  return note && Array.from(text.slice(0, note.index)).length === LONGEST ? note[0] : "";
}

function exactIntegers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
