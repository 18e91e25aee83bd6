import pl from "nodejs-polars";
import { requireColumns, requireValues } from "../../log/require-columns";
import { not, where } from "../../log/where";

/**
 * How many days of each day of the week lie above the upper band: what a weekly rhythm does to it.
 * @returns seven rows: `weekday` (1 Monday to 7 Sunday), `days` (with a place between bands),
 *   `flags`, `share` (flags of days; null without days)
 * @throws {Error} if a column is missing or of another type, or a row has no `date`
 * @example
 * flagsByWeekday(bollingerBands(daily, { method: "robust" }));
 */
export function flagsByWeekday(banded: pl.DataFrame): pl.DataFrame {
  requireColumns("flagsByWeekday", banded, "date", "pct_b");
  const placed = where(banded, { pct_b: not(null) });
  requireValues("flagsByWeekday", placed, ["date"]);
  const weekday = pl.col("date").cast(pl.Date).date.weekday().cast(pl.Int64).alias("weekday");
  const counted = placed
    .withColumns(weekday)
    .groupBy("weekday")
    .agg(pl.len().alias("days"), pl.col("pct_b").gt(1).sum().alias("flags"));
  const integer = (name: string) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64);
  return pl
    .DataFrame([pl.Series("weekday", [1, 2, 3, 4, 5, 6, 7], pl.Int64)])
    .join(counted, { on: "weekday", how: "left" })
    .select(
      pl.col("weekday"),
      integer("days"),
      integer("flags"),
      pl.col("flags").cast(pl.Float64).div(pl.col("days")).alias("share"),
    );
}
