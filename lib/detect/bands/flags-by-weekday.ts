import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { int32 } from "../../log/typed-arrays";

/**
 * What a weekly rhythm does to the bands: how many days of each day of the week lie above the
 * upper band. A mean over all days lies between busy weekdays and quiet weekends, so that
 * ordinary Mondays come near the upper band and a busy Sunday stays below it; robust bands hold
 * a weekend day against weekend days alone.
 *
 * @param banded what `bollingerBands` gives, of one user, many, or the whole site
 * @returns seven rows: `weekday` (Int64, 1 Monday to 7 Sunday), `days` (Int64, those with a
 *   place between bands), `flags` (Int64, those above the upper band), `share` (Float64, flags
 *   of days; null without days)
 * @throws {Error} if a column is missing or of another type, or a row has no `date`
 * @example
 * flagsByWeekday(bollingerBands(daily));
 * flagsByWeekday(bollingerBands(daily, { method: "robust" }));
 */
export function flagsByWeekday(banded: pl.DataFrame): pl.DataFrame {
  requireColumns("flagsByWeekday", banded, "date", "pct_b");
  const placed = banded.filter(pl.col("pct_b").isNotNull());
  const nulls = placed.getColumn("date").nullCount();
  if (nulls > 0) {
    throw new Error(`flagsByWeekday needs date in every row; ${nulls} rows have none`);
  }
  const dates = int32(placed, "date");
  const places = placed.getColumn("pct_b").cast(pl.Float64).toTypedArray() as Float64Array;
  const days = new Array<number>(7).fill(0);
  const flags = new Array<number>(7).fill(0);
  dates.forEach((date, row) => {
    const weekday = (((date + 3) % 7) + 7) % 7; // day 0 of 1970 was a Thursday
    days[weekday]!++;
    if (places[row]! > 1) flags[weekday]!++;
  });
  return pl.DataFrame([
    pl.Series("weekday", [1, 2, 3, 4, 5, 6, 7], pl.Int64),
    pl.Series("days", days, pl.Int64),
    pl.Series("flags", flags, pl.Int64),
    pl.Series(
      "share",
      days.map((count, i) => (count > 0 ? flags[i]! / count : null)),
      pl.Float64,
    ),
  ]);
}
