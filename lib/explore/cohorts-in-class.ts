import pl from "nodejs-polars";
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
  const { classes } = classReading("cohortsInClass", lessonPages, "lesson", floors);
  return frameOf(
    classes.map((own) => ({
      program: own.program,
      start_date: own.start,
      cohort_id: own.cohortId,
      cohort: own.cohort,
      end_date: own.end,
      seen_share: own.covered,
      users: own.students,
      pages: own.pages,
      counts: own.counts,
    })),
    "program",
    { start_date: pl.Int32 },
    "cohort_id",
    "cohort",
    { end_date: pl.Int32 },
    "seen_share",
    "users",
    "pages",
    "counts",
  )
    .withColumns(pl.col("start_date").cast(pl.Date), pl.col("end_date").cast(pl.Date))
    .sort(["program", "start_date", "cohort_id"]);
}
