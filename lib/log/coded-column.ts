import pl, { type DataType } from "nodejs-polars";
import { remembered } from "./remembered";
import { int32 } from "./typed-arrays";

export interface CodedColumn {
  /** Place of each row's value in `values`; -1 for null. */
  codes: Int32Array;
  /** The different values, in order. */
  values: pl.Series;
}

/** A frame's column, cast to `type` first, numbered once and shared: write into none of it. */
export function codesOf(frame: pl.DataFrame, name: string, type?: DataType): CodedColumn {
  return remembered(frame, [name], `codes ${type ?? ""}`, () => {
    const column = frame.getColumn(name);
    return codedColumn(type ? column.cast(type) : column);
  });
}

/** Numbers a column's values in their order, so that the order of rows does not matter. */
export function codedColumn(column: pl.Series): CodedColumn {
  const marks = marksOf(column);
  const isNull = column.nullCount() > 0 && column.isNull().cast(pl.UInt8).toTypedArray();
  // Ids and categories are small integers as a rule: a table is faster than a map.
  const small = new Int32Array(TABLE).fill(-1);
  const others = new Map<number, number>();
  const firstRows: number[] = [];
  const codes = new Int32Array(marks.length).fill(-1);
  for (let row = 0; row < marks.length; row++) {
    const mark = marks[row]!;
    if ((isNull && isNull[row] === 1) || Number.isNaN(mark)) continue;
    const isSmall = mark >= 0 && mark < TABLE && Math.trunc(mark) === mark;
    let code = isSmall ? small[mark]! : (others.get(mark) ?? -1);
    if (code < 0) {
      code = firstRows.push(row) - 1;
      if (isSmall) small[mark] = code;
      else others.set(mark, code);
    }
    codes[row] = code;
  }
  const values = (firstRows.length > 0 ? column.gather(firstRows) : column.head(0)).alias("value");
  const places = pl.Series("code", Int32Array.from(firstRows.keys()));
  const sorted = pl.DataFrame([values, places]).sort("value");
  const ranks = new Int32Array(firstRows.length);
  int32(sorted, "code").forEach((code, rank) => {
    ranks[code] = rank;
  });
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! >= 0) codes[row] = ranks[codes[row]!]!;
  }
  return { codes, values: sorted.getColumn("value").alias(column.name) };
}

const TABLE = 1 << 16;

/** A number for each different value; anything for null. */
function marksOf(column: pl.Series): Uint32Array | Int32Array | Float64Array {
  if (String(column.dtype) === String(pl.String)) {
    // Polars numbers categories in a third of the time of a join.
    return filled(column.cast(pl.Categorical).cast(pl.UInt32)) as Uint32Array;
  }
  const values = column.dtype.equals(pl.Date) ? column.cast(pl.Int32) : column;
  const whole = String(values.dtype).includes("Int") ? values.cast(pl.Int32) : undefined;
  // What does not fit into 32 bits became null.
  const fits = whole && whole.nullCount() === column.nullCount();
  return filled(fits ? whole : values.cast(pl.Float64)) as Int32Array | Float64Array;
}

const filled = (series: pl.Series) =>
  (series.nullCount() > 0 ? series.fillNull("zero") : series).toTypedArray();
