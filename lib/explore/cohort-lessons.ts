import pl from "nodejs-polars";
import { where } from "../log/where";
import {
  type ClassFloors,
  classReading,
  type ReadingOf,
  withoutOpeningPages,
} from "./class-reading";
import { rowCount } from "./expressions";

export interface CohortLessonsOptions extends ClassFloors {
  of?: ReadingOf;
  /** Whether the pages that open a topic (`javascript-i`) count as lessons. */
  sections?: boolean;
}

/**
 * How much each cohort that counts (see `cohortsInClass`) read each lesson in class.
 * @returns by `program`, `cohort_id`, `rank` and `lesson` (or `topic`): `cohort`, `pages`, `users`,
 *   `pages_per_student` (of all students of the class), `share` (of the cohort's lesson pages)
 * @throws if an option is out of range, or a column is missing or of another type
 */
export function cohortLessons(
  lessonPages: pl.DataFrame,
  { of = "lesson", sections = true, ...floors }: CohortLessonsOptions = {},
): pl.DataFrame {
  const found = classReading("cohortLessons", lessonPages, of, floors);
  const counted = where(found.classes, { counts: true })
    .select("cohort_id", "cohort", "users")
    .rename({ users: "students" });
  const pages = pl.col("pages").cast(pl.Float64);
  return pagesByClass(sections ? found.reading : withoutOpeningPages(found), of)
    .join(counted, { on: "cohort_id" })
    .withColumns(
      pages.div(pl.col("students")).alias("pages_per_student"),
      pages.div(pages.sum().over("cohort_id")).alias("share"),
      rankOf("pages", "cohort_id").alias("rank"),
    )
    .select(
      ...["program", "cohort_id", "cohort", "rank", of],
      ...["pages", "users", "pages_per_student", "share"],
    )
    .sort(["program", "cohort_id", "rank", of]);
}

export function pagesByClass(reading: pl.DataFrame, of: ReadingOf): pl.DataFrame {
  return reading
    .groupBy(["program", "cohort_id", of])
    .agg(pl.col("pages").sum(), rowCount("users"));
}

/** Place within a group, 1 for the highest; equal ones share the better place. */
export function rankOf(column: string, ...group: [string, ...string[]]): pl.Expr {
  return pl
    .col(column)
    .rank({ method: "min", descending: true })
    .over(...group)
    .cast(pl.Int64);
}
