import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { not, where } from "../log/where";
import { orZero, rowCount } from "./expressions";

/**
 * Page views by weekday and hour, local time of the school: when a week's reading happens.
 * @returns all 168 of `weekday`, `hour`, with `pages`; rows without a path do not count
 * @throws {Error} if a column is missing or of another type
 */
export function hourlyPageViews(accessLog: pl.DataFrame): pl.DataFrame {
  requireColumns("hourlyPageViews", accessLog, "timestamp", { path: "any" });
  const time = pl.col("timestamp").cast(pl.Datetime("ms")); // null throughout, it has any type
  const counts = where(accessLog.select("timestamp", "path"), { path: not(null) })
    .select(
      time.date.weekday().cast(pl.Int64).alias("weekday"),
      time.date.hour().cast(pl.Int64).alias("hour"),
    )
    .groupBy(["weekday", "hour"])
    .agg(rowCount());
  const hours = Array.from({ length: 7 * 24 }, (_, i) => ({
    weekday: 1 + Math.floor(i / 24),
    hour: i % 24,
  }));
  return frameOf(hours, "weekday", "hour")
    .join(counts, { on: ["weekday", "hour"], how: "left" })
    .withColumns(orZero("pages"))
    .sort(["weekday", "hour"]);
}
