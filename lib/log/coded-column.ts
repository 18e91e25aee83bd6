import pl, { type DataType } from "nodejs-polars";
import { remembered } from "./remembered";
import { int32 } from "./typed-arrays";

/** A column's values as integers, for plain loops. */
export interface CodedColumn {
  /** Place of each row's value in `values`; -1 where the row has none. */
  codes: Int32Array;
  /** The different values, in order. */
  values: pl.Series;
}

/**
 * The same of a frame's column, numbered once however often it is asked for: what comes back is
 * shared, so write into none of it.
 *
 * @param type what the column is cast to first, such as the type of a column that is null throughout
 */
export function codesOf(frame: pl.DataFrame, name: string, type?: DataType): CodedColumn {
  return remembered(frame, [name], `codes ${type ?? ""}`, () => {
    const column = frame.getColumn(name);
    return codedColumn(type ? column.cast(type) : column);
  });
}

/** Numbers a column's values in their order: nothing depends on the order of rows. */
export function codedColumn(column: pl.Series): CodedColumn {
  const marks = marksOf(column);
  const isNull =
    column.nullCount() > 0
      ? (column.isNull().cast(pl.UInt8).toTypedArray() as Uint8Array)
      : undefined;
  // Ids and categories are small integers as a rule: a table is faster than a map.
  const small = new Int32Array(TABLE).fill(-1);
  const others = new Map<number, number>();
  const firstRows: number[] = [];
  const codes = new Int32Array(marks.length);
  for (let row = 0; row < marks.length; row++) {
    const mark = marks[row]!;
    if ((isNull !== undefined && isNull[row] === 1) || Number.isNaN(mark)) {
      codes[row] = -1;
      continue;
    }
    const isSmall = mark >= 0 && mark < TABLE && Math.trunc(mark) === mark;
    let code = isSmall ? small[mark]! : (others.get(mark) ?? -1);
    if (code < 0) {
      code = firstRows.push(row) - 1;
      if (isSmall) small[mark] = code;
      else others.set(mark, code);
    }
    codes[row] = code;
  }

  const values = (firstRows.length > 0 ? column.gather(firstRows) : column.head(0)).alias(VALUE);
  const places = pl.Series(
    CODE,
    Int32Array.from(firstRows, (_, code) => code),
  );
  const sorted = pl.DataFrame([values, places]).sort(VALUE);
  const ranks = new Int32Array(firstRows.length);
  int32(sorted, CODE).forEach((code, rank) => {
    ranks[code] = rank;
  });
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! >= 0) codes[row] = ranks[codes[row]!]!;
  }
  return { codes, values: sorted.getColumn(VALUE).alias(column.name) };
}

/** A number for each value, another one for each other value; anything for null. */
function marksOf(column: pl.Series): Uint32Array | Int32Array | Float64Array {
  const isText = String(column.dtype) === String(pl.String);
  if (isText) {
    // Polars numbers categories in a third of the time of a join with the different texts.
    const places = column.cast(pl.Categorical).cast(pl.UInt32);
    return (
      places.nullCount() > 0 ? places.fillNull("zero") : places
    ).toTypedArray() as Uint32Array;
  }
  const values = column.dtype.equals(pl.Date) ? column.cast(pl.Int32) : column;
  const whole = String(values.dtype).includes("Int") ? values.cast(pl.Int32) : undefined;
  // What does not fit into 32 bits became null.
  const fits = whole && whole.nullCount() === column.nullCount();
  const marks = fits ? whole : values.cast(pl.Float64);
  return (marks.nullCount() > 0 ? marks.fillNull("zero") : marks).toTypedArray() as
    | Int32Array
    | Float64Array;
}

/** Groups of rows that have the same values in several columns, for plain loops. */
export interface CodedGroups {
  /** Place of each row's group; -1 where a value is missing. */
  codes: Int32Array;
  /** How many groups there are. */
  count: number;
  /** The groups' values, a series per column, in the order of the groups. */
  keys: pl.Series[];
}

/** Numbers the different combinations of columns' values, in their order; without columns all rows are one group. */
export function codedGroups(frame: pl.DataFrame, names: readonly string[]): CodedGroups {
  const [first, ...others] = names.map((name) => codedColumn(frame.getColumn(name)));
  if (!first) {
    return { codes: new Int32Array(frame.height), count: Math.min(1, frame.height), keys: [] };
  }
  if (others.length === 0) {
    return { codes: first.codes, count: first.values.length, keys: [first.values] };
  }
  // One number for each combination, in the order of combinations: below 2^53 for any real log.
  const mixed = Float64Array.from(first.codes, (code) => (code < 0 ? Number.NaN : code));
  for (const { codes, values } of others) {
    for (let row = 0; row < mixed.length; row++) {
      mixed[row] = codes[row]! < 0 ? Number.NaN : mixed[row]! * values.length + codes[row]!;
    }
  }
  const { codes, values } = codedColumn(pl.Series("", mixed).cast(pl.Float64));
  let left = values.toTypedArray() as Float64Array;
  const keys: pl.Series[] = [];
  for (const { values: own } of [first, ...others].reverse()) {
    keys.unshift(own.gather(Array.from(left, (value) => value % own.length)));
    left = left.map((value) => Math.floor(value / own.length));
  }
  return { codes, count: values.length, keys };
}

const TABLE = 1 << 16;
const VALUE = "value";
const CODE = "code";
