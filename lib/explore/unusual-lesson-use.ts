import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { numbers } from "../log/typed-arrays";
import { requireNumber } from "../stats/require-option";
import { classReading } from "./class-reading";
import type { CohortLessonsOptions } from "./cohort-lessons";
import { cohortSums } from "./cohort-sums";
import { type CohortCell, leftOutTests } from "./left-out-tests";

export interface UnusualLessonUseOptions extends CohortLessonsOptions {
  /** Fewest lesson pages in class of a student who is counted. */
  minStudentPages?: number;
  /** Fewest pages that a cohort would have of a lesson, had it read like the others. */
  minExpected?: number;
  minRatio?: number;
  alpha?: number;
}

/**
 * Whether a cohort read a lesson significantly more than the other cohorts of its program, or less.
 *
 * The unit is the cohort: its students share a teacher and a calendar. Its share of lesson pages
 * is held against what the others' shares, and how much they differ, would have predicted
 * (docs/methods.md), corrected by Benjamini and Hochberg for all pairs. A pair stands out if its
 * corrected p value is below `alpha` and its `ratio` at least `minRatio`, or at most 1 /
 * `minRatio`. With fewer than five others nothing is tested. A cohort that stands out in more than
 * a quarter of its pairs is no reference for others.
 *
 * A cohort is compared if `minExpected` pages were its part, and if half of its class lies in the
 * months in which the program read the lesson (all but the first and the last twentieth of page
 * views). A lesson with less than a quarter of the share in one program that it has in another is
 * the other's. A lesson that no other cohort opened is left out.
 * @returns by `program`, `cohort_id` and `lesson` (or `topic`): `cohort`, `use` (also `not tested`),
 *   `students`, `pages`, `pages_per_student`, `share`, `rest_students`, `rest_share` (the other
 *   cohorts' mean), `ratio` (of both shares), `ratio_low`, `ratio_high` (confidence interval; of
 *   pairs that stand out adjusted for having been selected, of others at 1 - `alpha`), `rank` (the
 *   cohort's by share), `cohorts` (with the lesson), `is_reference`, `p_value`, `adjusted_p_value`;
 *   the last two and the interval are null where nothing is tested
 * @throws if an option is out of range, or a column is missing or of another type
 * @example
 * where(unusualLessonUse(lessonPages(accessLog)), { use: "more than others" });
 */
export function unusualLessonUse(
  lessonPages: pl.DataFrame,
  {
    of = "lesson",
    sections = true,
    minStudentPages = 20,
    minExpected = 10,
    minRatio = 1.5,
    alpha = 0.05,
    ...floors
  }: UnusualLessonUseOptions = {},
): pl.DataFrame {
  requireNumber("unusualLessonUse", { minStudentPages, minExpected, minRatio }, { atLeast: 1 });
  requireNumber("unusualLessonUse", { alpha }, { above: 0, below: 1 });
  const found = classReading("unusualLessonUse", lessonPages, of, floors);
  const sums = cohortSums(found, { of, sections, minStudentPages });
  const tests = leftOutTests(cellsOf(sums, of), { minExpected, alpha, minRatio });
  const counts = ["students", "pages", "pages_per_student", "share", "rest_students"] as const;
  const ratio = ["rest_share", "ratio", "ratio_low", "ratio_high", "rank", "cohorts"] as const;
  return frameOf(
    tests,
    ...(["program", "cohort_id", "cohort"] as const),
    { name: pl.String },
    ...(["use", ...counts, ...ratio, "is_reference", "p_value", "adjusted_p_value"] as const),
  )
    .rename({ name: of })
    .sort(["program", "cohort_id", of]);
}

/** Columns are taken as arrays: rows as objects take ten times as long. */
function cellsOf(sums: pl.DataFrame, of: string): CohortCell[] {
  const texts = (name: string) => sums.getColumn(name).toArray() as string[];
  const [program, cohort, name] = [texts("program"), texts("cohort"), texts(of)];
  const [ids, students] = [numbers(sums, "cohort_id"), numbers(sums, "students")];
  const [pages, all, product] = ["pages", "all", "product"].map((of) => numbers(sums, of));
  const [pagesSquared, allSquared] = [numbers(sums, "pages_squared"), numbers(sums, "all_squared")];
  return program.map((_, i) => ({
    program: program[i]!,
    cohort_id: ids[i]!,
    cohort: cohort[i]!,
    name: name[i]!,
    students: students[i]!,
    pages: pages![i]!,
    all: all![i]!,
    pages_squared: pagesSquared[i]!,
    product: product![i]!,
    all_squared: allSquared[i]!,
  }));
}
