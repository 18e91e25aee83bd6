import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";

/**
 * Students who open pages after their cohort's last day, which itself is still class. Staff are
 * left out. A user of two cohorts is judged by each for the rows logged under it.
 * @returns one row per user and cohort, by both: `user_id`, `cohort_id`, `cohort`, `program`,
 *   `end_date`, `pages` (after that day), `last_access`
 * @throws {Error} if a column is missing or of another type
 * @example
 * accessAfterGraduation(accessLog).sort("pages", true).head(10);
 */
export function accessAfterGraduation(accessLog: pl.DataFrame): pl.DataFrame {
  const keys = ["user_id", "cohort_id", "cohort", "program", "end_date"] as const;
  requireColumns("accessAfterGraduation", accessLog, "timestamp", "date", "path", ...keys);
  return accessLog
    .filter(
      pl
        .col("date")
        .cast(pl.Date)
        .gt(pl.col("end_date").cast(pl.Date))
        .and(pl.col("path").isNotNull())
        .and(pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID))),
    )
    .groupBy(...keys)
    .agg(
      pl.len().cast(pl.Int64).alias("pages"),
      pl.col("timestamp").max().cast(pl.Datetime("ms")).alias("last_access"),
    )
    .sort(["user_id", "cohort_id"])
    .withColumns(pl.col("user_id").cast(pl.Int64), pl.col("cohort_id").cast(pl.Int64));
}
