import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { where } from "../log/where";
import { requireInteger, requireNumber } from "../stats/require-option";
import { inClass, ofStudents } from "./class-reading";
import { dayOf, different, rowCount } from "./expressions";
import { lessonFacts } from "./lesson-facts";
import { neededColumns } from "./needed-columns";

export interface LeastReadLessonsOptions {
  /** Fewest students of a program who must have opened a lesson in class. */
  minReaders?: number;
  /** Fewest students for whom a lesson must have been there to be ranked. */
  minStudents?: number;
  /** A lesson first read less than so many days before the log's end is new. */
  newDays?: number;
  /** A lesson that no student in class has opened for so many days is retired. */
  quietDays?: number;
  /** How many times as readily one program reads a lesson that is not the other's too. */
  ratio?: number;
}

/**
 * Which lessons are read least, of those that were there to be read: of a program's students for
 * whose class a lesson was there, how many ever opened it in class? Staff are left out.
 *
 * - Cohorts count once they have finished class, and if at least three quarters of it lie in the log.
 * - A lesson is there from the first of these cohorts of which a student opened it to the last, or,
 *   where it is retired, to the last before that.
 * - It is **retired** where no student in class has opened it for `quietDays` and a cohort without a
 *   reader has finished since; or where later cohorts opened it less than a tenth as readily as
 *   earlier ones and a change is at least a hundred times as likely as none (the largest ratio of
 *   binomial likelihoods). Then no cohort still in class may have `minReaders` readers.
 * - It is **new** where no finished cohort opened it, or where it was first opened less than `newDays`
 *   before the log's end. Of a new lesson the cohorts still in class count.
 * - It is a program's if its students open it at least a `ratio`-th as readily as those of the program
 *   that opens it most readily, and nobody's where more readers have no cohort than have one.
 *
 * A lesson that nobody opens is in no log: hold the site's table of contents against the answer.
 *
 * @param lessons what `lessonPages` gives
 * @returns one row per program and lesson that at least `minReaders` of its students opened in class,
 *   by `program`, `status` (`current`, `few students`, `new` or `retired`), `share` (`users` by
 *   `students`) and `lesson`: `topic`, `users` (students who opened it), `students` (for whose class
 *   it was there), `pages`, `pages_per_student`, `cohorts` (of those students), `cohorts_since` (that
 *   have finished since the last with a reader), `first_read`, `last_read`
 * @throws if an option is out of range, or a column is missing or of another type
 * @example
 * where(leastReadLessons(lessonPages(accessLog)), { status: "current" });
 */
export function leastReadLessons(
  lessons: pl.DataFrame,
  {
    minReaders = 3,
    minStudents = 20,
    newDays = 90,
    quietDays = 180,
    ratio = 4,
  }: LeastReadLessonsOptions = {},
): pl.DataFrame {
  requireInteger("leastReadLessons", { minReaders, minStudents, newDays, quietDays });
  requireNumber("leastReadLessons", { ratio }, { atLeast: 1 });
  const dates = ["start_date", "end_date"] as const;
  const log = neededColumns(
    "leastReadLessons",
    ...([lessons, "date", "lesson", "topic", "user_id", "cohort_id", "program", ...dates] as const),
  ).dropNulls("date");
  const rows = log.dropNulls(["lesson", "user_id"]);
  const inside = inClass(ofStudents(rows));
  const { programs, lastDay } = programsOf(log, inside);
  const strangers = readingsOf(where(rows, { cohort_id: null }));
  const limits = { minReaders, minStudents, newDays, quietDays };
  const found = [...readingsOf(inside)].flatMap(([lesson, byCohort]) => {
    const own = programs.map((program) => {
      const readings = program.cohorts.map((cohort) => byCohort.get(cohort));
      const readers = sum(readings.map((reading) => reading?.users ?? 0));
      return { ...program, readings, readers, rate: readers / Math.max(1, sum(program.students)) };
    });
    const most = Math.max(...own.map(({ rate }) => rate));
    const others: number = strangers.get(lesson)?.get(null)?.users ?? 0;
    if (others > sum(own.map(({ readers }) => readers))) return [];
    return (
      own
        // A little room, so that a rate of exactly a `ratio`-th is not lost to rounding.
        .filter(({ readers, rate }) => readers >= minReaders && rate * ratio >= most - 1e-12)
        .map(({ program, readings, students, finished }) => {
          const { topic } = readings.find(Boolean)!;
          return {
            program,
            lesson,
            topic,
            ...lessonFacts(readings, students, finished, limits, lastDay),
          };
        })
    );
  });
  const counts = ["users", "students", "pages", "pages_per_student", "cohorts"] as const;
  return frameOf(
    found,
    ...(["program", "lesson", "topic", "status", "share", ...counts, "cohorts_since"] as const),
    ...(["first_read", "last_read"] as const),
  ).sort(["program", "status", "share", "lesson"]);
}

/** How much of a class must lie in the log for its students to be held against its lessons. */
const SEEN = 0.75;

/**
 * Each program's `cohorts` by their first days, those that have finished first, with the `students`
 * of each who opened any lesson in class; and how many have `finished`.
 */
function programsOf(log: pl.DataFrame, inside: pl.DataFrame) {
  const days = log.getColumn("date").cast(pl.Int32);
  const [firstDay, lastDay] = [days.min() ?? 0, days.max() ?? 0];
  const students = inside.groupBy("cohort_id").agg(different("user_id").alias("students"));
  const day = (name: string) => pl.col(name).first().cast(pl.Int32);
  const classes = ofStudents(log)
    .groupBy("cohort_id")
    .agg(pl.col("program").first(), day("start_date"), day("end_date"))
    .dropNulls()
    .join(students, { on: "cohort_id", how: "left" })
    .sort(["start_date", "cohort_id"])
    .toRecords() as Row[];
  const isFinished = ({ start_date: start, end_date: end }: Row) => {
    const seen = Math.min(end, lastDay) - Math.max(start, firstDay) + 1;
    return end < lastDay && seen >= SEEN * (end - start + 1);
  };
  const lastEnd = Math.max(0, ...classes.filter(isFinished).map((own) => own.end_date));
  const programs = [...new Set(classes.map(({ program }) => program as string))].sort();
  return {
    lastDay,
    programs: programs.map((program) => {
      const own = classes.filter((one) => one.program === program);
      const finished = own.filter(isFinished);
      // Classes that ended before the log, or of which it saw little, are in neither.
      const others = own.filter((one) => !isFinished(one) && one.end_date > lastEnd);
      const all = [...finished, ...others];
      return {
        program,
        cohorts: all.map(({ cohort_id }) => cohort_id as number),
        students: all.map((one): number => one.students ?? 0),
        finished: finished.length,
      };
    }),
  };
}

/** Who read each lesson, by cohort. */
function readingsOf(inside: pl.DataFrame) {
  const readings = new Map<string, Map<number | null, Row>>();
  const day = dayOf("date");
  const byCohort = inside
    .groupBy(["lesson", "cohort_id"])
    .agg(
      pl.col("topic").first(),
      different("user_id").alias("users"),
      rowCount(),
      day.min().alias("first"),
      day.max().alias("last"),
    );
  for (const { lesson, cohort_id, ...reading } of byCohort.toRecords() as Row[]) {
    const own = readings.get(lesson) ?? new Map<number | null, Row>();
    readings.set(lesson, own.set(cohort_id, reading));
  }
  return readings;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
