import pl, { type DataType } from "nodejs-polars";
import { COLUMNS, type Column } from "./columns";

const NEEDS = {
  Date: "days (pl.Date)",
  Time: "clock times (pl.Time)",
  Datetime: "points in time (pl.Datetime)",
  String: "text (pl.String)",
  Bool: "true or false (pl.Bool)",
  integer: "integers (pl.Int64)",
  number: "numbers",
  any: "single values",
} as const;

/** `"integer"` takes any integer type; `"any"` all but lists and structs. */
export type ColumnKind = keyof typeof NEEDS;

const INTEGERS = new Set(
  [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64].map(String),
);
const NESTED = /^(?:List|Array|Struct|Object)/;
const FLOATS = new Set([pl.Float32, pl.Float64].map(String));
const KINDS: Partial<Record<string, ColumnKind>> = { Int64: "integer", Float64: "number" };

/**
 * Refuses a frame that lacks a column or holds it in another type. Integers pass in a floating
 * type; a column that is null throughout passes.
 *
 * @param needs names for types as in `COLUMNS`, objects of names and kinds for others
 * @throws {TypeError} if `frame` is not an eager frame, or a column is of another type
 * @throws {Error} if columns are missing
 */
export function requireColumns(
  caller: string,
  frame: pl.DataFrame,
  ...needs: readonly (Column | Readonly<Record<string, ColumnKind>>)[]
): void {
  const kinds = Object.fromEntries(needs.flatMap(kindsOf));
  if (!pl.DataFrame.isDataFrame(frame)) {
    throw new TypeError(
      `${caller} needs an eager pl.DataFrame, got ${describe(frame)}: collect a lazy frame first`,
    );
  }
  const missing = Object.keys(kinds).filter((name) => !frame.columns.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `${caller} needs column ${missing.join(", ")}; the frame has ${frame.columns.join(", ") || "no columns"}`,
    );
  }
  const { columns, dtypes } = frame;
  for (const [name, kind] of Object.entries(kinds)) {
    const type = dtypes[columns.indexOf(name)]!;
    // The values take a series, and Polars a millisecond for each.
    if (suits(type, kind) || holds(frame.getColumn(name), kind)) continue;
    throw new TypeError(
      `${caller} needs column ${name} to hold ${NEEDS[kind]}; it holds ${found(type, kind)}${HINTS[kind] ?? ""}`,
    );
  }
}

function kindsOf(need: Column | Readonly<Record<string, ColumnKind>>): [string, ColumnKind][] {
  if (typeof need === "object") return Object.entries(need);
  const [type] = COLUMNS[need];
  return [[need, KINDS[type] ?? (type as ColumnKind)]];
}

/** @throws {Error} if a row has no value in one of the columns, which are there */
export function requireValues(caller: string, frame: pl.DataFrame, names: readonly string[]): void {
  for (const name of names) {
    const nulls = frame.getColumn(name).nullCount();
    if (nulls === 0) continue;
    throw new Error(
      `${caller} needs ${name} in every row; ${nulls} of ${frame.height} rows have none`,
    );
  }
}

const HINTS: Partial<Record<ColumnKind, string>> = {
  Date: ': cast it, or read ISO text with .str.strptime(pl.Date, "%Y-%m-%d")',
  integer: ": cast it once every value is an integer",
};

function suits(type: DataType, kind: ColumnKind): boolean {
  const name = typeName(type);
  if (kind === "any") return !NESTED.test(name);
  if (INTEGERS.has(String(type))) return kind === "integer" || kind === "number";
  if (FLOATS.has(String(type))) return kind === "number";
  // A Datetime is not a Date, although its name begins in the same way.
  return name === kind || name.startsWith(`${kind}(`);
}

/** Whether the values do for a type that does not. */
function holds(column: pl.Series, kind: ColumnKind): boolean {
  if (column.nullCount() === column.length) return true;
  if (kind !== "integer" || !FLOATS.has(String(column.dtype))) return false;
  return (column.dropNulls().cast(pl.Float64).toTypedArray() as Float64Array).every(
    Number.isInteger,
  );
}

function found(type: DataType, kind: ColumnKind): string {
  const name = typeName(type);
  return kind === "integer" && FLOATS.has(String(type)) ? `fractions (${name})` : name;
}

/** `Int64`, `Datetime(ms)` */
export function typeName(type: DataType): string {
  return String(type)
    .replace(/^DataType\((.*)\)$/, "$1")
    .replace(",)", ")");
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}
