import pl from "nodejs-polars";
import { type GroupBy, groupKeys } from "./group-keys";

/**
 * How many rows have each value of a column, or each combination of values of several.
 *
 * @returns `by`, `rows`: most rows first, equal counts by `by`; null is a group of its own
 * @throws {Error} if a column is missing, or is called `rows`
 * @example
 * count(accessLog, ["cohort", "path"]);
 */
export function count(frame: pl.DataFrame, by: GroupBy): pl.DataFrame {
  const keys = groupKeys("count", by, ["rows"]);
  for (const key of keys) {
    if (!frame.columns.includes(key)) {
      throw new Error(`count needs column ${key}; the frame has ${frame.columns.join(", ")}`);
    }
  }
  const rows = pl.len().cast(pl.Int64).alias("rows");
  if (keys.length === 0) return frame.select(rows);
  return frame
    .groupBy([...keys])
    .agg(rows)
    .sort([pl.col("rows").mul(pl.lit(-1)), ...keys.map((key) => pl.col(key))]);
}
