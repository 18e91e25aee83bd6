import pl from "nodejs-polars";
import {
  COHORT,
  COHORT_ID,
  DATE,
  END_DATE,
  LAST_ACCESS,
  PAGES,
  PATH,
  PROGRAM,
  TIMESTAMP,
  USER_ID,
} from "../../log/columns";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";

/**
 * Students who open pages after the end of their time at the school: on days
 * after their cohort's last. The last day itself is still class.
 *
 * Staff are left out: their cohort's dates are not dates. The placeholder
 * cohort ends in 2029, so nobody in it can be found here. A user who was in two
 * cohorts is judged by each for the rows logged under it, and may be found twice.
 *
 * @param accessLog access log, as `prepareLogs` gives it
 * @returns one row per user and cohort, by both: `user_id`, `cohort_id`
 *   (Int64), `cohort`, `program` (String), `end_date` (Date), `pages` (Int64,
 *   page views after that day), `last_access` (Datetime ms, the last of them)
 * @throws {Error} if a column is missing or of another type
 */
export function accessAfterGraduation(accessLog: pl.DataFrame): pl.DataFrame {
  requireColumns("accessAfterGraduation", accessLog, {
    [TIMESTAMP]: "Datetime",
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [COHORT]: "String",
    [END_DATE]: "Date",
    [PROGRAM]: "String",
  });
  return accessLog
    .filter(
      pl
        .col(DATE)
        .cast(pl.Date)
        .gt(pl.col(END_DATE).cast(pl.Date))
        .and(pl.col(PATH).isNotNull())
        .and(pl.col(COHORT_ID).neq(pl.lit(STAFF_COHORT_ID))),
    )
    .groupBy([USER_ID, COHORT_ID, COHORT, PROGRAM, END_DATE])
    .agg(
      pl.len().cast(pl.Int64).alias(PAGES),
      pl.col(TIMESTAMP).max().cast(pl.Datetime("ms")).alias(LAST_ACCESS),
    )
    .sort([USER_ID, COHORT_ID])
    .withColumns(pl.col(USER_ID).cast(pl.Int64), pl.col(COHORT_ID).cast(pl.Int64));
}
