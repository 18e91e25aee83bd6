import pl from "nodejs-polars";
import { dtypeName } from "./table-data";

/**
 * One row per column, in the frame's order, as pandas' `df.info()`.
 *
 * @returns `column`, `type`, `non_null`, `nulls`, `distinct` (null counts as a value), `bytes` (in
 *   Arrow's layout; null for nested types)
 */
export function describeColumns(frame: pl.DataFrame): pl.DataFrame {
  const columns = frame.columns.map((name) => frame.getColumn(name));
  const counts = (count: (column: pl.Series) => number | null) =>
    pl.Series("", columns.map(count), pl.Float64).cast(pl.Int64);
  return pl.DataFrame({
    column: pl.Series("column", frame.columns, pl.Utf8),
    type: pl.Series(
      "type",
      columns.map((column) => dtypeName(column.dtype)),
      pl.Utf8,
    ),
    non_null: counts((column) => column.length - column.nullCount()),
    nulls: counts((column) => column.nullCount()),
    distinct: counts(distinctOf),
    bytes: counts(bytesOf),
  });
}

/** In Arrow's layout, without nested columns. */
export function estimatedBytes(frame: pl.DataFrame): number {
  return frame.columns.reduce((sum, name) => sum + (bytesOf(frame.getColumn(name)) ?? 0), 0);
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

function bytesOf(column: pl.Series): number | null {
  const variant = dtypeName(column.dtype).replace(/\(.*/, "");
  const validity = column.nullCount() > 0 ? Math.ceil(column.length / 8) : 0;
  if (variant === "String") return VIEW_BYTES * column.length + longTextBytes(column) + validity;
  const bits = BITS[variant];
  return bits === undefined ? null : Math.ceil((bits * column.length) / 8) + validity;
}

/** In hexadecimal, because Polars' own length counts characters. */
function longTextBytes(column: pl.Series): number {
  const bytes = pl.col("text").str.encode("hex").str.lengths().cast(pl.Int64).div(2);
  const sum = pl
    .DataFrame({ text: column })
    .select(bytes.alias("bytes"))
    .filter(pl.col("bytes").gt(INLINE_BYTES))
    .getColumn("bytes")
    .sum();
  return Number(sum ?? 0);
}

function distinctOf(column: pl.Series): number | null {
  try {
    return column.nUnique();
  } catch {
    return null; // nested types
  }
}
