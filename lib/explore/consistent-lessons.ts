import pl from "nodejs-polars";
import {
  COHORTS,
  COHORTS_IN_FIRST,
  COHORTS_READING,
  LESSON,
  LOWER_QUARTILE_SHARE,
  LOWEST_SHARE,
  MEDIAN_RANK,
  MEDIAN_SHARE,
  PAGES,
  PAGES_PER_STUDENT,
  PROGRAM,
  RANK,
  RANK_BY_SUM,
  TOPIC,
} from "../log/columns";
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
  { of = LESSON, sections = true, first = 10, ...floors }: ConsistentLessonsOptions = {},
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
        [PROGRAM]: program,
        [of]: name,
        [TOPIC]: reading.topics[lesson]!,
        [RANK_BY_SUM]: bySum[lesson]!,
        [LOWER_QUARTILE_SHARE]: quantile(shares, 0.25),
        [MEDIAN_SHARE]: quantile(shares, 0.5),
        [LOWEST_SHARE]: shares[0]!,
        [MEDIAN_RANK]: quantile(
          over(({ ranks }) => ranks[lesson]!),
          0.5,
        ),
        [COHORTS]: counted.length,
        [COHORTS_READING]: counted.filter(({ pages }) => pages[lesson]! > 0).length,
        [COHORTS_IN_FIRST]: counted.filter(
          ({ pages, ranks }) => pages[lesson]! > 0 && ranks[lesson]! <= first,
        ).length,
        [PAGES_PER_STUDENT]: quantile(
          over(({ pages, students }) => pages[lesson]! / students),
          0.5,
        ),
        [PAGES]: counted.reduce((sum, { pages }) => sum + pages[lesson]!, 0),
      };
    });
    found.sort(
      (a, b) =>
        b[LOWER_QUARTILE_SHARE] - a[LOWER_QUARTILE_SHARE] ||
        b[MEDIAN_SHARE] - a[MEDIAN_SHARE] ||
        (String(a[of]) < String(b[of]) ? -1 : 1),
    );
    let rank = 0;
    return found.map((row, place) => {
      const above = found[place - 1];
      const isEqual =
        above?.[LOWER_QUARTILE_SHARE] === row[LOWER_QUARTILE_SHARE] &&
        above[MEDIAN_SHARE] === row[MEDIAN_SHARE];
      if (!isEqual) rank = place + 1;
      return { ...row, [RANK]: rank };
    });
  });
  return frameOf(rows, {
    [PROGRAM]: pl.String,
    [RANK]: pl.Int64,
    [of]: pl.String,
    ...(of === TOPIC ? {} : { [TOPIC]: pl.String }),
    [RANK_BY_SUM]: pl.Int64,
    [LOWER_QUARTILE_SHARE]: pl.Float64,
    [MEDIAN_SHARE]: pl.Float64,
    [LOWEST_SHARE]: pl.Float64,
    [MEDIAN_RANK]: pl.Float64,
    [COHORTS]: pl.Int64,
    [COHORTS_READING]: pl.Int64,
    [COHORTS_IN_FIRST]: pl.Int64,
    [PAGES_PER_STUDENT]: pl.Float64,
    [PAGES]: pl.Int64,
  }).sort([PROGRAM, RANK, of]);
}

/** A class with its page views and the places of its lessons. */
interface ClassFound extends Omit<SchoolClass, "pages">, Omit<ClassPages, "users"> {
  ranks: Int32Array;
}
