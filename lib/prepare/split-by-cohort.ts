import pl from "nodejs-polars";
import { COHORT_ID } from "../log/columns";
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
  requireColumns("splitByCohort", accessLog, { [COHORT_ID]: "integer" });
  return {
    withCohort: accessLog.filter(pl.col(COHORT_ID).isNotNull()),
    withoutCohort: accessLog.filter(pl.col(COHORT_ID).isNull()),
  };
}
