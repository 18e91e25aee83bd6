import pl from "nodejs-polars";
import { monthsBetween } from "../log/months-between";
import { requireOneOf } from "../log/require-option";
import { int32 } from "../log/typed-arrays";
import { inClass, ofStudents, type ReadingOf } from "./class-reading";
import { neededColumns } from "./needed-columns";

/** What students of cohorts that have ended read, in class and after it. */
export interface PagesOfGraduates {
  /** `program`, `by`, `user_id`, `days_after_end` and `months_after_end`: a row per page after the end. */
  after: pl.DataFrame;
  /** `program`, `by` and `pages`: what the same cohorts read in class. */
  inClass: pl.DataFrame;
  /** `cohort_id`, `program` and `end_date` of the cohorts that ended before the log did. */
  cohorts: pl.DataFrame;
  /** First and last day of the log, as days since 1970; 0 where it is empty. */
  firstDay: number;
  lastDay: number;
}

/**
 * The pages of students whose cohort ended before the log did, each judged by the dates of the
 * cohort it was logged under: after its last day, or in class from the first to the last.
 *
 * @throws if `by` is neither `topic` nor `lesson`, or a column is missing or of another type
 */
export function pagesOfGraduates(
  caller: string,
  lessons: pl.DataFrame,
  by: ReadingOf,
): PagesOfGraduates {
  requireOneOf(caller, { by }, ["topic", "lesson"]);
  const dates = ["date", "start_date", "end_date"] as const;
  const log = neededColumns(caller, lessons, ...dates, by, "user_id", "cohort_id", "program");
  const days = log.getColumn("date").cast(pl.Int32);
  const [firstDay, lastDay] = [Number(days.min() ?? 0), Number(days.max() ?? 0)];
  const [date, end] = [pl.col("date"), pl.col("end_date")];
  const rows = ofStudents(log).filter(end.cast(pl.Int32).lt(pl.lit(lastDay)));
  const read = rows.dropNulls(by);
  return {
    after: withMonths(read.filter(date.gt(end)).dropNulls("user_id")).select(
      ...["program", by, "user_id", "days_after_end", "months_after_end"],
    ),
    inClass: inClass(read).groupBy(["program", by]).agg(pl.len().cast(pl.Int64).alias("pages")),
    cohorts: rows.select("cohort_id", "program", "end_date").unique({ subset: ["cohort_id"] }),
    firstDay,
    lastDay,
  };
}

/** Adds days and months since the end. A class has many pages on a day: each pair of days is counted once. */
function withMonths(after: pl.DataFrame): pl.DataFrame {
  const pairs = after.select("end_date", "date").unique();
  const [ends, days] = [int32(pairs, "end_date"), int32(pairs, "date")];
  const counted = pairs.withColumns(
    pl.Series(
      "days_after_end",
      ends.map((end, i) => days[i]! - end),
    ),
    pl.Series(
      "months_after_end",
      ends.map((end, i) => monthsBetween(end, days[i]!)),
    ),
  );
  return after.join(counted, { on: ["end_date", "date"] });
}
