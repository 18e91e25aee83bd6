import type pl from "nodejs-polars";
import { type ClassFloors, classReading } from "./class-reading";

/**
 * Which cohorts can be compared: with enough students, and nearly the whole class in the log.
 * @returns by `program`, `start_date` and `cohort_id`: `cohort`, `end_date`, `seen_share`, `users`,
 *   `pages` (in class), `counts` (enough of both)
 * @throws if an option is out of range, or a column is missing or of another type
 */
export function cohortsInClass(lessonPages: pl.DataFrame, floors: ClassFloors = {}): pl.DataFrame {
  const columns = ["program", "start_date", "cohort_id", "cohort", "end_date"];
  return classReading("cohortsInClass", lessonPages, "lesson", floors)
    .classes.select(...columns, "seen_share", "users", "pages", "counts")
    .sort(["program", "start_date", "cohort_id"]);
}
