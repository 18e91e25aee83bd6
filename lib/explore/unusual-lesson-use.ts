import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { benjaminiHochberg } from "../stats/benjamini-hochberg";
import { mannWhitneyTest, midRanks } from "../stats/mann-whitney-test";
import { type ClassReading, classReading, type SchoolClass } from "./class-reading";
import { type CohortLessonsOptions, openingPages } from "./cohort-lessons";

/** A cohort gave a lesson more of its reading than the others did. */
export const MORE_THAN_OTHERS = "more than others";
/** It gave it less: it glossed over it. */
export const LESS_THAN_OTHERS = "less than others";
/** Neither, as far as can be told. */
export const LIKE_OTHERS = "like others";

export interface UnusualLessonUseOptions extends CohortLessonsOptions {
  /** Lesson pages in class below which a student's shares say nothing. */
  minStudentPages?: number;
  /** Pages that a cohort would have had of a lesson, had it read like the others. */
  minExpected?: number;
  /** How many times as much, or as little, as the others stands out. */
  minRatio?: number;
  /** Share of chance findings that is put up with among what stands out. */
  alpha?: number;
}

/**
 * Whether a cohort referred to a lesson significantly more than the other cohorts of its program,
 * or glossed over it.
 *
 * What is compared is the share of a student's lesson pages in class that a lesson has, so that
 * busy cohorts do not stand out in all lessons at once. Page views of one student are not
 * independent of each other, and a test of counts would call nearly everything significant: here
 * each student has one value, and a [rank test](https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test)
 * compares those of the cohort with those of the others. P values are corrected for the number of pairs
 * that are looked at (Benjamini and Hochberg), all programs together. The size of the difference
 * is `ratio`, the cohort's share by that of the others, with a 95 % confidence interval from the
 * differences between students (Taylor linearization of a ratio of sums). A pair stands out if its
 * corrected p value is below `alpha` and its ratio is at least `minRatio`, or at most 1 divided by that.
 *
 * A lesson that was not there cannot be glossed over: a cohort is compared on a lesson only if at
 * least half of its class lies in the time in which the program read it, from the month in which
 * its first twentieth of page views is reached to that of the last.
 *
 * Nor can one of another program: a lesson that has less than a quarter of the share in one
 * program's reading that it has in another's is the other's. And what is expected of a cohort, all pages of
 * the lesson by the cohort's part of all reading, must be `minExpected` or more. None of these
 * floors depends on which cohort of a program read what, so they leave p values as they are.
 *
 * Where students of the sample are dealt to cohorts at random, 4 to 6 of 100 p values are below 0.05, as
 * they should be, and no pair stands out.
 *
 * Students of a class share a teacher and a calendar. The test says that this cohort read
 * otherwise, not why: another order of lessons, one teacher's habit, an exercise of its own.
 *
 * @param lessonPages what `lessonPages` gives: the access log's columns, `lesson` and `topic`
 * @returns one row per pair of cohort and lesson (or `topic`) with enough to compare, by
 *   `program`, `cohort_id` and `lesson`: `cohort`, `use` (`more than others`, `less than others`
 *   or `like others`), `students`, `pages` (Int64), `pages_per_student`, `share` (Float64),
 *   `rest_students` (Int64), `rest_share` (Float64), `ratio`, `ratio_low`, `ratio_high` (Float64; of a
 *   cohort without pages 0 and not 0, as half a page is added for the interval), `rank` (the
 *   cohort's place by share), `cohorts` (compared, itself included; Int64), `p_value`,
 *   `adjusted_p_value` (Float64)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
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
  atLeast("minStudentPages", minStudentPages, 1);
  atLeast("minExpected", minExpected, 1);
  atLeast("minRatio", minRatio, 1);
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`unusualLessonUse needs alpha between 0 and 1, got ${alpha}`);
  }
  const reading = classReading("unusualLessonUse", lessonPages, of, floors);
  const { classes, classOf, pagesOf } = reading;
  const openers = sections ? new Set<string>() : openingPages(reading);
  const periods = readingPeriods(reading);
  const programs = [...new Set(classes.map(({ program }) => program))];
  const programOf = classes.map(({ program }) => programs.indexOf(program));
  const pagesIn = programs.map((_, place) =>
    classes.reduce((sum, { pages }, own) => sum + (programOf[own] === place ? pages : 0), 0),
  );
  // Students who can be compared, class by class.
  const members: number[][] = classes.map(() => []);
  classOf.forEach((own, student) => {
    if (classes[own]!.counts && pagesOf[student]! >= minStudentPages) members[own]!.push(student);
  });
  const views = new Float64Array(classOf.length);
  const rows: (Pair & { lesson: string })[] = [];
  reading.forEachLesson((lesson, students, pages) => {
    const name = reading.lessons[lesson]!;
    if (openers.has(name)) return;
    students.forEach((student, i) => {
      views[student] = pages[i]!;
    });
    const shares = programs.map(() => 0);
    for (const student of students) {
      const own = programOf[classOf[student]!]!;
      shares[own]! += views[student]! / Math.max(1, pagesIn[own]!);
    }
    for (const [place, program] of programs.entries()) {
      if (shares[place]! < OWN * Math.max(...shares)) continue;
      const period = periods(program, lesson);
      const able = classes.flatMap((own, i) =>
        own.program === program && members[i]!.length > 0 && isDuring(own, period) ? [i] : [],
      );
      if (able.length < 2) continue;
      const found = comparedClasses(able, members, classes, views, pagesOf, minExpected);
      for (const pair of found) rows.push({ ...pair, lesson: name });
    }
    for (const student of students) views[student] = 0;
  });
  const corrected = benjaminiHochberg(rows.map(({ pValue }) => pValue));
  return frameOf(
    rows.map((row, i) => ({
      program: row.own.program,
      cohort_id: row.own.cohortId,
      cohort: row.own.cohort,
      [of]: row.lesson,
      use: useOf(row, corrected[i]!, minRatio, alpha),
      students: row.first.students,
      pages: row.first.pages,
      pages_per_student: row.first.pages / row.first.students,
      share: row.first.pages / row.first.all,
      rest_students: row.rest.students,
      rest_share: row.rest.pages / row.rest.all,
      ratio: row.ratio,
      ratio_low: row.low,
      ratio_high: row.high,
      rank: row.rank,
      cohorts: row.cohorts,
      p_value: row.pValue,
      adjusted_p_value: corrected[i]!,
    })),
    "program",
    "cohort_id",
    "cohort",
    { [of]: pl.String },
    "use",
    "students",
    "pages",
    "pages_per_student",
    "share",
    "rest_students",
    "rest_share",
    "ratio",
    "ratio_low",
    "ratio_high",
    "rank",
    "cohorts",
    "p_value",
    "adjusted_p_value",
  ).sort(["program", "cohort_id", of]);
}

/** Part of a lesson's share in another program below which it is that program's lesson. */
const OWN = 0.25;

function atLeast(name: string, value: number, least: number): void {
  if (!(value >= least)) {
    throw new RangeError(`unusualLessonUse needs ${name} to be ${least} or more, got ${value}`);
  }
}

/** A cohort's reading of a lesson against that of the others. */
interface Pair {
  own: SchoolClass;
  first: Sums;
  rest: Sums;
  ratio: number;
  low: number;
  high: number;
  rank: number;
  cohorts: number;
  pValue: number;
}

/** Sums over students: their page views of a lesson and of all, and what the interval needs. */
interface Sums {
  students: number;
  pages: number;
  all: number;
  pagesSquared: number;
  allSquared: number;
  product: number;
}

function comparedClasses(
  able: readonly number[],
  members: readonly number[][],
  classes: readonly SchoolClass[],
  views: Float64Array,
  pagesOf: Int32Array,
  minExpected: number,
): Pair[] {
  const sums = able.map((own) => sumsOf(members[own]!, views, pagesOf));
  const total = sums.reduce((sum, own) => added(sum, own), NONE);
  // What is expected depends on all together only: floors must not depend on the answer.
  const enough = sums.map(({ all }) => (total.pages * all) / total.all >= minExpected);
  if (!enough.includes(true)) return [];
  const shares = new Float64Array(total.students);
  let place = 0;
  for (const own of able) {
    for (const student of members[own]!) shares[place++] = views[student]! / pagesOf[student]!;
  }
  const ranked = midRanks(shares);
  let end = 0;
  return able.flatMap((own, i): Pair[] => {
    const first = sums[i]!;
    const begin = end;
    end += first.students;
    const rest = added(total, first, -1);
    if (!enough[i] || rest.pages === 0) return [];
    const share = first.pages / first.all;
    const ratio = share / (rest.pages / rest.all);
    // Half a page more, so that a cohort with none has an interval too.
    const spread = Math.exp(1.96 * Math.sqrt(logVariance(first) + logVariance(rest)));
    const centre =
      (first.pages + (first.pages > 0 ? 0 : 0.5)) / first.all / (rest.pages / rest.all);
    return [
      {
        own: classes[own]!,
        first,
        rest,
        ratio,
        low: first.pages > 0 ? centre / spread : 0,
        high: centre * spread,
        rank: 1 + sums.filter((other) => other.pages / other.all > share).length,
        cohorts: able.length,
        pValue: mannWhitneyTest(ranked, begin, end),
      },
    ];
  });
}

const NONE: Sums = {
  students: 0,
  pages: 0,
  all: 0,
  pagesSquared: 0,
  allSquared: 0,
  product: 0,
};

function sumsOf(students: readonly number[], views: Float64Array, pagesOf: Int32Array): Sums {
  const sums = { ...NONE, students: students.length };
  for (const student of students) {
    const [pages, all] = [views[student]!, pagesOf[student]!];
    sums.pages += pages;
    sums.all += all;
    sums.pagesSquared += pages * pages;
    sums.allSquared += all * all;
    sums.product += pages * all;
  }
  return sums;
}

function added(a: Sums, b: Sums, sign = 1): Sums {
  return {
    students: a.students + sign * b.students,
    pages: a.pages + sign * b.pages,
    all: a.all + sign * b.all,
    pagesSquared: a.pagesSquared + sign * b.pagesSquared,
    allSquared: a.allSquared + sign * b.allSquared,
    product: a.product + sign * b.product,
  };
}

/** Variance of the logarithm of a share: between students, and never below that of mere counts. */
function logVariance({ students, pages, all, pagesSquared, allSquared, product }: Sums): number {
  const counts = 1 / Math.max(0.5, pages);
  if (students < 2 || pages === 0) return counts;
  const share = pages / all;
  const squares = pagesSquared - 2 * share * product + share * share * allSquared;
  return Math.max(counts, ((students / (students - 1)) * squares) / (pages * pages));
}

function useOf(
  { ratio }: { ratio: number },
  corrected: number,
  minRatio: number,
  alpha: number,
): string {
  if (!(corrected < alpha)) return LIKE_OTHERS;
  if (ratio >= minRatio && ratio > 1) return MORE_THAN_OTHERS;
  return ratio <= 1 / minRatio && ratio < 1 ? LESS_THAN_OTHERS : LIKE_OTHERS;
}

interface Period {
  from: number;
  to: number;
}

/** Whether at least half of a class lies within a period. */
function isDuring({ start, end }: SchoolClass, { from, to }: Period): boolean {
  return 2 * (Math.min(end, to) - Math.max(start, from) + 1) >= end - start + 1;
}

/** Days in a month of the counting. */
const MONTH = 30;

/** Part of a program's page views of a lesson that come before its period, and after it. */
const OUTSIDE = 0.05;

/** When a program read a lesson: the months between its first twentieth of page views and its last. */
function readingPeriods({
  lessons,
  classes,
  days,
  lessonOf,
  programOf,
}: ClassReading): (program: string, lesson: number) => Period {
  const programs = [...new Set(classes.map(({ program }) => program))];
  let [firstDay, lastDay] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  // Months are counted from the first class on, but only those of the log: dates of a class may
  // stand for none.
  let first = classes.reduce(
    (least, { start }) => Math.min(least, start),
    Number.POSITIVE_INFINITY,
  );
  first += MONTH * Math.max(0, Math.floor((firstDay - first) / MONTH));
  const months = programs.length === 0 ? 0 : Math.max(0, Math.floor((lastDay - first) / MONTH) + 1);
  const counts = new Int32Array(programs.length * lessons.length * months);
  const places = new Map<string | null, number>(programs.map((program, i) => [program, i]));
  for (let row = 0; row < days.length; row++) {
    const place = places.get(programOf(row));
    if (place === undefined || lessonOf[row]! < 0 || days[row]! < first) continue;
    const month = Math.floor((days[row]! - first) / MONTH);
    counts[(place * lessons.length + lessonOf[row]!) * months + month]!++;
  }
  return (program, lesson) => {
    const at = (programs.indexOf(program) * lessons.length + lesson) * months;
    const own = counts.subarray(at, at + months);
    const all = own.reduce((sum, n) => sum + n, 0);
    let [sum, from, to] = [0, 0, -1];
    for (let month = 0; month < months; month++) {
      if (sum <= OUTSIDE * all) from = month;
      if (sum < (1 - OUTSIDE) * all) to = month;
      sum += own[month]!;
    }
    return { from: first + from * MONTH, to: first + (to + 1) * MONTH - 1 };
  };
}
