import pl from "nodejs-polars";
import { type GroupBy, requireGroups } from "./group-keys";

export interface DailyPageViewsOptions {
  /** Columns that say whose pages are counted; null for the whole site's. */
  by?: GroupBy;
}

// Names for columns on the way that no log has.
const FIRST = "\0first";
const END = "\0end";

/**
 * Pages per day of each user, address, cohort or whatever `by` names, with a 0 for every quiet day
 * from each one's first day to the last.
 *
 * @returns `by`, `date`, `pages`: one row per group and day, in this order. Rows without a path or
 *   without a value in `by` do not count, not even as a first or last day
 * @throws {Error} if a column is missing or of another type, or `by` names `date` or `pages`
 * @example
 * // user 7 opened two pages on 2 March, none on the 3rd, one on the 4th
 * dailyPageViews(accessLog).getColumn("pages").toArray(); // [2, 0, 1]
 */
export function dailyPageViews(
  accessLog: pl.DataFrame,
  { by = "user_id" }: DailyPageViewsOptions = {},
): pl.DataFrame {
  const groups = { by, answer: ["date", "pages"] };
  const keys = requireGroups("dailyPageViews", accessLog, groups, "date", { path: "any" });
  const on = [...keys, "date"];
  const busy = accessLog
    .filter(pl.col("path").isNotNull())
    .select(...keys, pl.col("date").cast(pl.Date))
    .dropNulls()
    .groupBy(on)
    .agg(pl.len().cast(pl.Int64).alias("pages"));
  const day = pl.col("date").cast(pl.Int32);
  const ends = [day.min().alias(FIRST), day.max().add(1).alias(END)];
  const spans = keys.length > 0 ? busy.groupBy(keys).agg(...ends) : busy.select(...ends);
  return spans
    .dropNulls()
    .select(...keys, pl.intRanges(FIRST, END).alias("date") as pl.Expr)
    .explode("date")
    .withColumns(pl.col("date").cast(pl.Int32).cast(pl.Date))
    .join(busy, { on, how: "left" })
    .withColumns(pl.col("pages").fillNull(pl.lit(0)).cast(pl.Int64))
    .sort(on);
}
