import pl from "nodejs-polars";
import { dtypeName } from "./table-data";

/**
 * What each column of a frame holds, as pandas' `df.info()` says it: one row per column, in the
 * frame's order.
 *
 * `bytes` is what the values need in Arrow's layout, which Polars uses: their width times the rows,
 * a bit per value where some are null, and for text 16 bytes per value plus those of texts longer
 * than 12 bytes. It is null for nested types. Memory that Polars keeps in reserve is not counted.
 *
 * @returns `column`, `type` (String), `non_null`, `nulls`, `distinct` (null counts as a value),
 *   `bytes` (Int64)
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

/** Bytes that a frame's values need, without nested columns; see `describeColumns`. */
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

/** A text is a view of 16 bytes, in which up to 12 bytes of the text itself fit. */
const VIEW_BYTES = 16;
const INLINE_BYTES = 12;

function bytesOf(column: pl.Series): number | null {
  const variant = dtypeName(column.dtype).replace(/\(.*/, "");
  const validity = column.nullCount() > 0 ? Math.ceil(column.length / 8) : 0;
  if (variant === "String") return VIEW_BYTES * column.length + longTextBytes(column) + validity;
  const bits = BITS[variant];
  return bits === undefined ? null : Math.ceil((bits * column.length) / 8) + validity;
}

/** Counted in hexadecimal, because Polars' own length here counts characters. */
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
