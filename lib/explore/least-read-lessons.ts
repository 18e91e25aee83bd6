import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { typedColumns } from "../log/typed-columns";
import { not, where } from "../log/where";
import { requireInteger, requireNumber } from "../stats/require-option";
import { classTimes, isInClass, isStudent } from "./class-reading";
import { dayOf, different, rowCount } from "./expressions";
import { lessonFacts, sum } from "./lesson-facts";

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
 * Which lessons are read least of those that were there: of a program's students for whose class a
 * lesson was there, how many ever opened it in class. Staff are left out.
 *
 * - Cohorts count once they have finished class, if at least three quarters of it lie in the log.
 * - A lesson is there from the first of these with a reader to the last, or until it is retired.
 * - It is `retired` where nobody opened it in class for `quietDays` and a cohort without a reader
 *   has finished since, or where later cohorts opened it less than a tenth as readily (100 times as
 *   likely as no change); never where cohorts still in class have `minReaders` readers.
 * - It is `new` where no finished cohort opened it, or it was first opened less than `newDays`
 *   before the log's end. Then cohorts still in class count too.
 * - A cohort's name among the words of its path makes it that cohort's alone, if most of its readers
 *   in class are of that cohort.
 * - It is a program's if its students open it at least a `ratio`-th as readily as any other's, and
 *   nobody's where more readers have no cohort than have one.
 * @param lessons what `lessonPages` gives
 * @returns for at least `minReaders` readers in class, by `program`, `status` (`current`, `few
 *   students`, `new` or `retired`), `share` (`users` by `students`) and `lesson`: `topic`, `users`,
 *   `students` (of cohorts with a reader, while it was there), `pages`, `pages_per_student`, `cohorts`
 *   (of those students), `cohorts_since` (finished, without a reader), `first_read`, `last_read`
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
  const log = typedColumns(
    "leastReadLessons",
    ...([lessons, "date", "lesson", "topic", "user_id", "cohort_id", "cohort"] as const),
    ...(["program", ...dates] as const),
  );
  const rows = log.filter(pl.col("lesson").isNotNull().and(pl.col("user_id").isNotNull()));
  const inside = rows.filter(isStudent().and(isInClass()));
  const { programs, names, lastDay } = programsOf(log, inside);
  const strangers = readingsOf(where(rows, { cohort_id: null, date: not(null) }));
  const limits = { minReaders, minStudents, newDays, quietDays };
  const found = [...readingsOf(inside)].flatMap(([lesson, byCohort]) => {
    const named = namedCohort(lesson, byCohort, names);
    const own = programs.map((all) => {
      const program = named === undefined ? all : onlyOf(all, named);
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

const SEEN = 0.75;

/** Each program's cohorts by first day, finished ones first, with their readers of any lesson. */
function programsOf(log: pl.DataFrame, inside: pl.DataFrame) {
  const days = log.getColumn("date").cast(pl.Int32);
  const lastDay = days.max() ?? 0;
  const students = inside.groupBy("cohort_id").agg(different("user_id").alias("students"));
  const dated = log.filter(isStudent().and(pl.col("date").isNotNull()));
  const classes = classTimes(dated, log, pl.col("cohort").first())
    .select("cohort_id", "program", dayOf("start_date"), dayOf("end_date"), "seen_share", "cohort")
    .dropNulls(["cohort_id", "program", "start_date", "end_date", "seen_share"])
    .join(students, { on: "cohort_id", how: "left" })
    .sort(["start_date", "cohort_id"])
    .toRecords() as Row[];
  const isFinished = ({ end_date, seen_share }: Row) => end_date < lastDay && seen_share >= SEEN;
  const lastEnd = Math.max(0, ...classes.filter(isFinished).map((own) => own.end_date));
  const programs = [...new Set(classes.map(({ program }) => program as string))].sort();
  return {
    lastDay,
    names: new Map(classes.map((own) => [own.cohort_id, own.cohort?.toLowerCase()])),
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

type ReadingsByCohort = ReadonlyMap<number | null, Row>;

/** The cohort that a lesson is for alone: so called, and with most of its readers. */
function namedCohort(lesson: string, byCohort: ReadingsByCohort, names: Map<number, string>) {
  const words: string[] = lesson.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const readers = sum(Array.from(byCohort.values(), ({ users }) => users));
  const isNamed = ([id, { users }]: [number | null, Row]) =>
    2 * users > readers && words.includes(names.get(id!)!);
  return [...byCohort].find(isNamed)?.[0];
}

type Program = ReturnType<typeof programsOf>["programs"][number];

function onlyOf({ program, cohorts, students, finished }: Program, cohort: number | null): Program {
  const at = cohorts.indexOf(cohort!);
  if (at < 0) return { program, cohorts: [], students: [], finished: 0 };
  return {
    program,
    cohorts: [cohort!],
    students: [students[at]!],
    finished: at < finished ? 1 : 0,
  };
}

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
