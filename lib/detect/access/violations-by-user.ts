import pl from "nodejs-polars";
import {
  COHORT,
  COHORT_ID,
  FIRST_VIOLATION,
  LAST_VIOLATION,
  ROWS,
  RULE,
  TIMESTAMP,
  USER_ID,
} from "../../log/columns";
import { requireColumns } from "../../log/require-columns";

/**
 * Who broke which rule of access, since when and how often.
 *
 * @param violations requests that break a rule, as `accessViolations` gives them
 * @returns one row per rule, user and cohort, by all three: `rule` (String), `user_id`,
 *   `cohort_id` (Int64), `cohort` (String; both null without a cohort), `first_violation`,
 *   `last_violation` (Datetime ms), `rows` (Int64)
 * @throws {Error} if a column is missing or of another type
 * @example
 * violationsByUser(accessViolations(accessLog));
 */
export function violationsByUser(violations: pl.DataFrame): pl.DataFrame {
  requireColumns("violationsByUser", violations, {
    [TIMESTAMP]: "Datetime",
    [RULE]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [COHORT]: "String",
  });
  return violations
    .groupBy(RULE, USER_ID, COHORT_ID, COHORT)
    .agg(
      pl.col(TIMESTAMP).min().alias(FIRST_VIOLATION),
      pl.col(TIMESTAMP).max().alias(LAST_VIOLATION),
      pl.len().cast(pl.Int64).alias(ROWS),
    )
    .sort([RULE, USER_ID, COHORT_ID]);
}
