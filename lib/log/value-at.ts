import type pl from "nodejs-polars";

/** A series' value at a place. Polars' own `get` leaves of integers only the last 32 bits. */
export function valueAt(series: pl.Series, place: number): unknown {
  return series.gather([place]).toArray()[0];
}
