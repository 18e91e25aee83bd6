import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { typedColumns } from "../../log/typed-columns";
import { not, where } from "../../log/where";

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
  const columns = ["timestamp", "date", "path", ...keys] as const;
  const rows = typedColumns("accessAfterGraduation", accessLog, ...columns);
  return where(rows, { path: not(null), cohort_id: not([STAFF_COHORT_ID, null]) })
    .filter(pl.col("date").gt(pl.col("end_date")))
    .groupBy(...keys)
    .agg(pl.len().cast(pl.Int64).alias("pages"), pl.col("timestamp").max().alias("last_access"))
    .sort(["user_id", "cohort_id"]);
}
