import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { quantile } from "../stats/quantile";
import { classReading, type SchoolClass } from "./class-reading";
import {
  type ClassPages,
  type CohortLessonsOptions,
  pagesByClass,
  ranksOf,
} from "./cohort-lessons";

export interface ConsistentLessonsOptions extends CohortLessonsOptions {
  /** A cohort's most read lessons are so many. */
  first?: number;
}

/**
 * Which lessons attract most traffic in every cohort of a program, not in all together: one busy
 * cohort can make the largest sum.
 *
 * Each cohort has one vote. In it a lesson has the share of all lesson pages that students opened
 * in class, so that neither the size nor the industry nor the length of a class matters. Lessons
 * come in the order of the share that three of four cohorts reach (the lower quartile of their
 * shares, counting those in which nobody opened it as 0), then of the median share. Pages that
 * open a topic, as `javascript-i`, count as lessons: that is what students open; `sections:
 * false` leaves them out.
 *
 * Cohorts count whose class lies within the log (at least `minCovered` of its days) and that had at
 * least `minStudents` readers. With one cohort or two nothing can be called consistent: look at
 * `cohorts`.
 *
 * @param lessonPages what `lessonPages` gives: the access log's columns, `lesson` and `topic`
 * @returns one row per program and lesson (or `topic`) that students of a counted cohort opened in class,
 *   by `program`, `rank` and `lesson`: `rank`, `rank_by_sum` (by page views in class, those of
 *   cohorts that do not count included), `lower_quartile_share`, `median_share`, `lowest_share`
 *   (Float64, 0 to 1), `median_rank` (Float64: its place in a cohort, in that order; a lesson that
 *   nobody opened comes after all that somebody did), `cohorts` (that count), `cohorts_reading`
 *   (with a reader of it), `cohorts_in_first` (where it is among the `first` most read;
 *   Int64), `pages_per_student` (Float64, the median cohort's), `pages` (Int64, of counted cohorts)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 * @example
 * consistentLessons(lessonPages(accessLog)); // in which lesson is every cohort busy?
 */
export function consistentLessons(
  lessonPages: pl.DataFrame,
  { of = "lesson", sections = true, first = 10, ...floors }: ConsistentLessonsOptions = {},
): pl.DataFrame {
  if (!(first >= 1)) {
    throw new RangeError(`consistentLessons needs first to be 1 or more, got ${first}`);
  }
  const reading = classReading("consistentLessons", lessonPages, of, floors);
  const byClass: ClassFound[] = pagesByClass(reading, sections).map(({ pages, total }, i) => ({
    ...reading.classes[i]!,
    pages,
    total,
    ranks: ranksOf(pages),
  }));
  const programs = [...new Set(byClass.map(({ program }) => program))];
  const rows = programs.flatMap((program) => {
    const all = byClass.filter((own) => own.program === program);
    const counted = all.filter(({ counts }) => counts);
    const sums = reading.lessons.map((_, lesson) =>
      all.reduce((sum, { pages }) => sum + pages[lesson]!, 0),
    );
    const bySum = ranksOf(sums);
    const found = reading.lessons.flatMap((name, lesson) => {
      if (!counted.some(({ pages }) => pages[lesson]! > 0)) return [];
      const over = (value: (own: ClassFound) => number) => Float64Array.from(counted, value).sort();
      const shares = over(({ pages, total }) => pages[lesson]! / Math.max(1, total));
      return {
        program: program,
        [of]: name,
        topic: reading.topics[lesson]!,
        rank_by_sum: bySum[lesson]!,
        lower_quartile_share: quantile(shares, 0.25),
        median_share: quantile(shares, 0.5),
        lowest_share: shares[0]!,
        median_rank: quantile(
          over(({ ranks }) => ranks[lesson]!),
          0.5,
        ),
        cohorts: counted.length,
        cohorts_reading: counted.filter(({ pages }) => pages[lesson]! > 0).length,
        cohorts_in_first: counted.filter(
          ({ pages, ranks }) => pages[lesson]! > 0 && ranks[lesson]! <= first,
        ).length,
        pages_per_student: quantile(
          over(({ pages, students }) => pages[lesson]! / students),
          0.5,
        ),
        pages: counted.reduce((sum, { pages }) => sum + pages[lesson]!, 0),
      };
    });
    found.sort(
      (a, b) =>
        b.lower_quartile_share - a.lower_quartile_share ||
        b.median_share - a.median_share ||
        (String(a[of]) < String(b[of]) ? -1 : 1),
    );
    let rank = 0;
    return found.map((row, place) => {
      const above = found[place - 1];
      const isEqual =
        above?.lower_quartile_share === row.lower_quartile_share &&
        above.median_share === row.median_share;
      if (!isEqual) rank = place + 1;
      return { ...row, rank: rank };
    });
  });
  return frameOf(
    rows,
    "program",
    "rank",
    { [of]: pl.String, ...(of === "topic" ? {} : { topic: pl.String }) },
    "rank_by_sum",
    "lower_quartile_share",
    "median_share",
    "lowest_share",
    "median_rank",
    "cohorts",
    "cohorts_reading",
    "cohorts_in_first",
    "pages_per_student",
    "pages",
  ).sort(["program", "rank", of]);
}

/** A class with its page views and the places of its lessons. */
interface ClassFound extends Omit<SchoolClass, "pages">, Omit<ClassPages, "users"> {
  ranks: Int32Array;
}
