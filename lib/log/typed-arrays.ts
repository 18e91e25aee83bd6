import pl from "nodejs-polars";

/** A column's values, without nulls. */
export function numbers(frame: pl.DataFrame, name: string): Float64Array {
  return frame.getColumn(name).cast(pl.Float64).toTypedArray() as Float64Array;
}

/** The same as integers; days since 1970 for a Date column. */
export function int32(frame: pl.DataFrame, name: string): Int32Array {
  return frame.getColumn(name).cast(pl.Int32).toTypedArray() as Int32Array;
}

/** Where each group's rows end, in a frame sorted by `keys`. */
export function groupEnds(sorted: pl.DataFrame, keys: string[]): Int32Array {
  if (sorted.height === 0) return new Int32Array(0);
  if (keys.length === 0) return Int32Array.of(sorted.height);
  const rows = "\0rows"; // a name that no column has
  const groups = sorted.groupBy(keys).agg(pl.len().alias(rows)).sort(keys);
  return groups.getColumn(rows).cumSum().cast(pl.Int32).toTypedArray() as Int32Array;
}
