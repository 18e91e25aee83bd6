import pl from "nodejs-polars";
import { remembered } from "./remembered";
import { int32, numbers } from "./typed-arrays";

/** Stands for no day; further back than any. */
export const NO_DAY = -1_000_000;

/** Each row's day since 1970. Shared: write into none of it. */
export function daysOf(accessLog: pl.DataFrame): Int32Array {
  return remembered(accessLog, ["date"], "days", () => {
    const days = pl.col("date").cast(pl.Date).cast(pl.Int32).fillNull(pl.lit(NO_DAY));
    return int32(accessLog.select(days), "date");
  });
}

/** Local time of rows in milliseconds since 1970; NaN for null. Shared: write into none of it. */
export function timesOf(accessLog: pl.DataFrame): Float64Array {
  return remembered(accessLog, ["timestamp"], "times", () => {
    const times = pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Int64).cast(pl.Float64);
    return numbers(accessLog.select(times.fillNull(pl.lit(Number.NaN))), "timestamp");
  });
}

/** Values of rows. The iterators of typed arrays take ten times as long. */
export function picked<T extends Int32Array | Float64Array>(from: T, rows: Int32Array, into: T): T {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]!]!;
  return into;
}
