import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";

/**
 * Who broke which rule of access, since when and how often: sums up `accessViolations`.
 * @returns one row per rule, user and cohort, by all three: `rule`, `user_id`, `cohort_id`,
 *   `cohort`, `first_violation`, `last_violation`, `rows`
 * @throws {Error} if a column is missing or of another type
 * @example
 * violationsByUser(accessViolations(accessLog));
 */
export function violationsByUser(violations: pl.DataFrame): pl.DataFrame {
  const keys = ["rule", "user_id", "cohort_id", "cohort"] as const;
  requireColumns("violationsByUser", violations, "timestamp", ...keys);
  return violations
    .groupBy(...keys)
    .agg(
      pl.col("timestamp").min().alias("first_violation"),
      pl.col("timestamp").max().alias("last_violation"),
      pl.len().cast(pl.Int64).alias("rows"),
    )
    .sort([...keys]);
}
