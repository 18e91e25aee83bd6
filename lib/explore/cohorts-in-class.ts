import pl from "nodejs-polars";
import {
  COHORT,
  COHORT_ID,
  COUNTS,
  END_DATE,
  LESSON,
  PAGES,
  PROGRAM,
  SEEN_SHARE,
  START_DATE,
  USERS,
} from "../log/columns";
import { frameOf } from "../log/frame-of";
import { type ClassFloors, classReading } from "./class-reading";

/**
 * Which cohorts can be compared with others: those whose class the log shows nearly whole, with
 * enough students.
 *
 * @param lessonPages what `lessonPages` gives
 * @returns one row per cohort with lesson pages in class, by `program`, `start_date` and
 *   `cohort_id`: `cohort`, `start_date`, `end_date` (Date), `seen_share` (Float64, part of its
 *   days that lie between the log's first and last), `users` (students with lesson pages in
 *   class), `pages` (Int64), `counts` (Boolean: at least `minStudents` and `minCovered`)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 */
export function cohortsInClass(lessonPages: pl.DataFrame, floors: ClassFloors = {}): pl.DataFrame {
  const { classes } = classReading("cohortsInClass", lessonPages, LESSON, floors);
  return frameOf(
    classes.map((own) => ({
      [PROGRAM]: own.program,
      [START_DATE]: own.start,
      [COHORT_ID]: own.cohortId,
      [COHORT]: own.cohort,
      [END_DATE]: own.end,
      [SEEN_SHARE]: own.covered,
      [USERS]: own.students,
      [PAGES]: own.pages,
      [COUNTS]: own.counts,
    })),
    {
      [PROGRAM]: pl.String,
      [START_DATE]: pl.Int32,
      [COHORT_ID]: pl.Int64,
      [COHORT]: pl.String,
      [END_DATE]: pl.Int32,
      [SEEN_SHARE]: pl.Float64,
      [USERS]: pl.Int64,
      [PAGES]: pl.Int64,
      [COUNTS]: pl.Bool,
    },
  )
    .withColumns(pl.col(START_DATE).cast(pl.Date), pl.col(END_DATE).cast(pl.Date))
    .sort([PROGRAM, START_DATE, COHORT_ID]);
}
