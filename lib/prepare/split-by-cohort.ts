import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";

/**
 * Sets the rows without a cohort apart, rather than drop them: they are no
 * less a record of someone reading.
 *
 * @param accessLog any frame with `cohort_id`
 * @returns `withCohort` and `withoutCohort`, rows in their order; together all of them
 * @throws {Error} if `cohort_id` is missing or holds no numbers
 */
export function splitByCohort(accessLog: pl.DataFrame): {
  withCohort: pl.DataFrame;
  withoutCohort: pl.DataFrame;
} {
  requireColumns("splitByCohort", accessLog, "cohort_id");
  return {
    withCohort: accessLog.filter(pl.col("cohort_id").isNotNull()),
    withoutCohort: accessLog.filter(pl.col("cohort_id").isNull()),
  };
}
