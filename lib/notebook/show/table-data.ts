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
  const fields = frame.columns.map((name) => fieldOf(name, frame.getColumn(name)));
  const columns = fields.map((field) => valuesOf(frame.getColumn(field.name), field));
  const data = Array.from({ length: frame.height }, (_, row) =>
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

function fieldOf(name: string, column: pl.Series): TableField {
  const dtype = dtypeName(column.dtype);
  const variant = dtype.replace(/\(.*/, "");
  return { name, type: /^U?Int\d+$/.test(variant) ? "integer" : (TYPES[variant] ?? "any"), dtype };
}

function valuesOf(column: pl.Series, { type }: TableField): TableValue[] {
  switch (type) {
    case "integer":
      return texts(column).map(integer);
    case "number":
      return (column.cast(pl.Float64).toArray() as (number | null)[]).map(float);
    case "boolean":
      return column.toArray() as (boolean | null)[];
    case "date":
    case "time":
      return texts(column);
    case "datetime": {
      const all = texts(column);
      const wholeSeconds = all.every((text) => text === null || /\.0+$/.test(text));
      return wholeSeconds ? all.map((text) => text?.replace(/\.0+$/, "") ?? null) : all;
    }
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
  return `${kept}… (${text.length.toLocaleString("en-US")} characters)`;
}

function exactIntegers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
