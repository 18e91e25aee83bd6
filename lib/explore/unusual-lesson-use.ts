import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { numbers } from "../log/typed-arrays";
import { benjaminiHochberg } from "../stats/exact-tests";
import { mannWhitneyTest, midRanks } from "../stats/rank-tests";
import { requireNumber } from "../stats/require-option";
import { classReading } from "./class-reading";
import type { CohortLessonsOptions } from "./cohort-lessons";
import { comparableStudents } from "./comparable-students";
import { rowCount } from "./expressions";

export const MORE_THAN_OTHERS = "more than others";
export const LESS_THAN_OTHERS = "less than others";
export const LIKE_OTHERS = "like others";

export interface UnusualLessonUseOptions extends CohortLessonsOptions {
  /** Fewest lesson pages in class of a student who is compared. */
  minStudentPages?: number;
  /** Fewest pages that a cohort would have of a lesson, had it read like the others. */
  minExpected?: number;
  minRatio?: number;
  alpha?: number;
}

/**
 * Whether a cohort read a lesson significantly more than the other cohorts of its program, or less.
 *
 * Students' shares of lesson pages in class are compared by a [rank
 * test](https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test), corrected by Benjamini and
 * Hochberg. A pair stands out if its corrected p value is below `alpha` and its `ratio` at least
 * `minRatio`, or at most 1 / `minRatio`. A cohort is compared if `minExpected` pages were its part,
 * and if half of its class lies in the months in which the program read the lesson (all but the
 * first and the last twentieth of page views). A lesson with less than a quarter of the share in
 * one program that it has in another is the other's.
 * @returns by `program`, `cohort_id` and `lesson` (or `topic`): `cohort`, `use`, `students`,
 *   `pages`, `pages_per_student`, `share`, `rest_students`, `rest_share`, `ratio` (of both shares),
 *   `ratio_low`, `ratio_high` (95 % confidence interval, Taylor linearization), `rank` (the
 *   cohort's by share), `cohorts` (compared), `p_value`, `adjusted_p_value`
 * @throws if an option is out of range, or a column is missing or of another type
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
  const students = comparableStudents(found, { of, sections, minStudentPages });
  const pairs = pairsOf(students, of, minExpected);
  const corrected = benjaminiHochberg(pairs.map(({ p_value }) => p_value));
  const rows = pairs.map((pair, i) => ({
    ...pair,
    adjusted_p_value: corrected[i]!,
    use: !(corrected[i]! < alpha) ? LIKE_OTHERS : useOf(pair.ratio, minRatio),
  }));
  const counts = ["students", "pages", "pages_per_student", "share", "rest_students"] as const;
  const ratio = ["rest_share", "ratio", "ratio_low", "ratio_high", "rank", "cohorts"] as const;
  return frameOf(
    rows,
    ...(["program", "cohort_id", "cohort", of, "use", ...counts, ...ratio] as const),
    ...(["p_value", "adjusted_p_value"] as const),
  ).sort(["program", "cohort_id", of]);
}

function useOf(ratio: number, minRatio: number): string {
  if (ratio >= minRatio && ratio > 1) return MORE_THAN_OTHERS;
  return ratio <= 1 / minRatio && ratio < 1 ? LESS_THAN_OTHERS : LIKE_OTHERS;
}

const SUMS = ["students", "pages", "all", "pages_squared", "all_squared", "product"] as const;
type Sums = Record<(typeof SUMS)[number], number>;
const sums = (of: (name: keyof Sums) => number) =>
  Object.fromEntries(SUMS.map((name) => [name, of(name)])) as Sums;

type ClassSums = Sums & { program: string; cohort_id: number; cohort: string | null };

function pairsOf(students: pl.DataFrame, of: "lesson" | "topic", minExpected: number) {
  const [pages, all] = [pl.col("pages"), pl.col("all")];
  const byClass = students
    .groupBy(["program", of, "cohort_id"])
    .agg(
      pl.col("cohort").first(),
      rowCount("students"),
      pages.sum(),
      all.sum(),
      pages.mul(pages).sum().alias("pages_squared"),
      all.mul(all).sum().alias("all_squared"),
      pages.mul(all).sum().alias("product"),
    )
    .sort(["program", of, "cohort_id"])
    .toRecords() as (ClassSums & Record<typeof of, string>)[];
  const shares = numbers(students, "share");
  const pairs: ReturnType<typeof comparedClasses> = [];
  let [begin, read] = [0, 0];
  byClass.forEach((one, i) => {
    const next = byClass[i + 1];
    if (next?.program === one.program && next[of] === one[of]) return;
    const classes = byClass.slice(begin, i + 1);
    const count = classes.reduce((sum, own) => sum + own.students, 0);
    pairs.push(...comparedClasses(classes, shares.subarray(read, read + count), minExpected));
    [begin, read] = [i + 1, read + count];
  });
  return pairs;
}

/** @param values the lesson's share of each student's pages, class by class */
function comparedClasses(classes: readonly ClassSums[], values: Float64Array, minExpected: number) {
  const total = sums((name) => classes.reduce((sum, own) => sum + own[name], 0));
  // What is expected depends on all together only: floors must not depend on the answer.
  const isEnough = ({ all }: Sums) => (total.pages * all) / total.all >= minExpected;
  if (!classes.some(isEnough)) return [];
  const ranked = midRanks(values);
  const shareOf = ({ pages, all }: Sums) => pages / all;
  let end = 0;
  return classes.flatMap((own) => {
    const begin = end;
    end += own.students;
    const rest = sums((name) => total[name] - own[name]);
    if (!isEnough(own) || rest.pages === 0) return [];
    return {
      ...own,
      pages_per_student: own.pages / own.students,
      share: shareOf(own),
      rest_students: rest.students,
      rest_share: shareOf(rest),
      ...ratioOf(own, rest),
      rank: 1 + classes.filter((other) => shareOf(other) > shareOf(own)).length,
      cohorts: classes.length,
      p_value: mannWhitneyTest(ranked, begin, end),
    };
  });
}

function ratioOf(own: Sums, rest: Sums) {
  const restShare = rest.pages / rest.all;
  const spread = Math.exp(1.96 * Math.sqrt(logVariance(own) + logVariance(rest)));
  // Half a page more, so that a cohort with none has an interval too.
  const centre = (own.pages > 0 ? own.pages : 0.5) / own.all / restShare;
  return {
    ratio: own.pages / own.all / restShare,
    ratio_low: own.pages > 0 ? centre / spread : 0,
    ratio_high: centre * spread,
  };
}

/** Variance of the logarithm of a share: between students, and never below that of mere counts. */
function logVariance({ students, pages, all, pages_squared, all_squared, product }: Sums): number {
  const counts = 1 / Math.max(0.5, pages);
  if (students < 2 || pages === 0) return counts;
  const share = pages / all;
  const squares = pages_squared - 2 * share * product + share * share * all_squared;
  return Math.max(counts, ((students / (students - 1)) * squares) / (pages * pages));
}
