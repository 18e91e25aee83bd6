import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { not, where } from "../log/where";

/**
 * Sets the rows without a cohort apart.
 *
 * @returns `withCohort` and `withoutCohort`, rows in their order
 * @throws {Error} if `cohort_id` is missing or holds no numbers
 */
export function splitByCohort(accessLog: pl.DataFrame): {
  withCohort: pl.DataFrame;
  withoutCohort: pl.DataFrame;
} {
  requireColumns("splitByCohort", accessLog, "cohort_id");
  return {
    withCohort: where(accessLog, { cohort_id: not(null) }),
    withoutCohort: where(accessLog, { cohort_id: null }),
  };
}
