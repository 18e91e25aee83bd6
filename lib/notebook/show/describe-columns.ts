import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { dtypeName } from "./table-data";

/**
 * One row per column, in the frame's order, as pandas' `df.info()`.
 *
 * @returns `column`, `type`, `non_null`, `nulls`, `distinct` (null counts as a value), `bytes` (in
 *   Arrow's layout; null for nested types)
 */
export function describeColumns(frame: pl.DataFrame): pl.DataFrame {
  const rows = frame.columns.map((column) => ({ column, ...factsOf(frame.getColumn(column)) }));
  const { String: text, Int64: count } = pl;
  const counts = { non_null: count, nulls: count, distinct: count, bytes: count };
  return frameOf(rows, { column: text, type: text, ...counts });
}

/** In Arrow's layout, without nested columns. */
export function estimatedBytes(frame: pl.DataFrame): number {
  return frame.columns.reduce((sum, name) => sum + (factsOf(frame.getColumn(name)).bytes ?? 0), 0);
}

const BITS: Record<string, number> = {
  Bool: 1,
  Int8: 8,
  UInt8: 8,
  Int16: 16,
  UInt16: 16,
  Int32: 32,
  UInt32: 32,
  Float32: 32,
  Date: 32,
  Categorical: 32,
  Int64: 64,
  UInt64: 64,
  Float64: 64,
  Datetime: 64,
  Duration: 64,
  Time: 64,
};

/** Up to 12 bytes of text fit into a view of 16. */
const VIEW_BYTES = 16;
const INLINE_BYTES = 12;

function factsOf(column: pl.Series) {
  const type = dtypeName(column.dtype);
  const nulls = column.nullCount();
  const facts = { type, nulls, non_null: column.length - nulls };
  const validity = nulls > 0 ? Math.ceil(column.length / 8) : 0;
  if (type === "String") {
    const { distinct, longBytes } = textsOf(column);
    return { ...facts, distinct, bytes: VIEW_BYTES * column.length + longBytes + validity };
  }
  const bits = BITS[type.replace(/\(.*/, "")];
  if (bits === undefined) return { ...facts, distinct: distinctOf(column), bytes: null };
  const bytes = Math.ceil((bits * column.length) / 8) + validity;
  return { ...facts, distinct: column.nUnique(), bytes };
}

/** Each text is looked at once. In hexadecimal, because Polars' own length counts characters. */
function textsOf(column: pl.Series): { distinct: number; longBytes: number } {
  const texts = pl.DataFrame({ text: column }).groupBy("text").agg(pl.len().alias("rows"));
  const bytes = pl.col("text").str.encode("hex").str.lengths().cast(pl.Int64).div(2);
  const sum = texts
    .filter(bytes.gt(INLINE_BYTES))
    .select(bytes.mul(pl.col("rows")).alias("bytes"))
    .getColumn("bytes")
    .sum();
  return { distinct: texts.height, longBytes: Number(sum ?? 0) };
}

function distinctOf(column: pl.Series): number | null {
  try {
    return column.nUnique();
  } catch {
    return null; // nested types
  }
}
