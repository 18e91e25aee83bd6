import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { not, where } from "../log/where";
import { orZero, rowCount } from "./expressions";

/**
 * Page views by weekday and hour: when a week's reading happens.
 *
 * @param accessLog access log: `timestamp`, `path`
 * @returns `weekday` (Int64, 1 Monday to 7 Sunday), `hour` (Int64, 0 to 23,
 *   school's local time), `pages` (Int64): all 168 of them, 0 where nobody read.
 *   Rows without a path are not counted.
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
