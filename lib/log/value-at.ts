import type pl from "nodejs-polars";

/**
 * A series' value at a place. Polars' own `get` and `series[place]` leave of integers only
 * the last 32 bits, so that one user's id becomes another's.
 */
export function valueAt(series: pl.Series, place: number): unknown {
  return series.gather([place]).toArray()[0];
}
