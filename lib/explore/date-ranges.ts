import pl from "nodejs-polars";
import { groupKeys } from "../log/group-keys";
import { requireColumns } from "../log/require-columns";
import { rowCount } from "./expressions";

/**
 * From when to when each group was there.
 * @param by column whose values make the groups; rows without a value are left out
 * @returns `by`, `rows`, `first_access`, `last_access`, by `by`
 * @throws {Error} if a column is missing or of another type
 */
export function dateRanges(accessLog: pl.DataFrame, by: string): pl.DataFrame {
  groupKeys("dateRanges", by, ["rows", "first_access", "last_access"]);
  requireColumns("dateRanges", accessLog, { [by]: "any" }, "timestamp");
  return accessLog
    .select(by, pl.col("timestamp").cast(pl.Datetime("ms")))
    .filter(pl.col(by).isNotNull())
    .groupBy(by)
    .agg(
      rowCount("rows"),
      pl.col("timestamp").min().alias("first_access"),
      pl.col("timestamp").max().alias("last_access"),
    )
    .sort(by);
}
