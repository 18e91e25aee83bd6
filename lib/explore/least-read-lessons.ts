import pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { int32Or0 } from "../log/typed-arrays";
import { type ClassesOfRows, classesOfRows, NEVER, type StudentClass } from "./classes-of-rows";

/** There for the cohorts that have finished class last. */
export const CURRENT = "current";
/** There for too few students to say how readily it is read. */
export const FEW_STUDENTS = "few students";
/** First read so late that no cohort, or hardly one, has finished class with it. */
export const NEW = "new";
/** Read by earlier cohorts, and no more, or hardly, by later ones: so it may have been taken away. */
export const RETIRED = "retired";

export interface LeastReadLessonsOptions {
  /** Fewest students of a program who must have opened a lesson in class: fewer may have mistyped another. */
  minReaders?: number;
  /** Fewest students for whom a lesson must have been there to be ranked. */
  minStudents?: number;
  /** A lesson first read less than so many days before the log's end is new. */
  newDays?: number;
  /** A lesson that no student in class has opened for so many days, while a cohort went through all of class, is retired. */
  quietDays?: number;
  /** How many times as readily one program's students must read a lesson for it not to be the other's too. */
  ratio?: number;
}

/**
 * Which lessons are read least, of those that were there to be read: of a program's students
 * for whose class a lesson was there, how many ever opened it in class?
 *
 * Counting rows does not answer that: the rarest paths of a log are slips of the keyboard, pages
 * of a layout that is gone, and lessons of last week. So each lesson is held against the students
 * who could have read it, cohort by cohort:
 *
 * - Only reading in class counts, from a cohort's first to its last day. Staff are left out.
 * - Cohorts count once they have finished class, and if at least three quarters of it lie in the log.
 * - A lesson is there from the first of these cohorts, by their first days, of which a student
 *   opened it, to the last cohort of all; or, where it is retired, to the last before that.
 * - It is **retired** where no student in class has opened it for `quietDays` and a cohort without a
 *   reader has finished since. It is also retired where later cohorts opened it less than a tenth as
 *   readily as earlier ones, and a change is at least a hundred times as likely as none (the
 *   largest ratio of binomial likelihoods over all points of change): an old layout keeps a few
 *   readers. Then no cohort still in class may have `minReaders` readers.
 * - It is **new** where no cohort that has finished opened it, or where it was first opened less
 *   than `newDays` before the log's end. Of a new lesson the cohorts still in class count.
 * - A lesson is a program's if its students open it in class at least a `ratio`-th as readily as
 *   those of the program that opens it most readily. It is nobody's where readers without a cohort
 *   are more than the students in class who opened it: so are lessons of a layout from before a
 *   program's first class.
 *
 * A lesson that nobody opens is in no log: for those, hold the site's table of contents
 * against the answer. Nor does opening a page mean that it was read, or not opening it that the
 * lesson was not taught.
 *
 * @param lessons the log's pages of lessons, as `lessonPages` gives them
 * @returns one row per program and lesson that at least `minReaders` of its students opened in
 *   class, by program, status, share and lesson: `program`, `lesson`, `topic`, `status`
 *   (String: `current`, `few students`, `new` or `retired`), `share` (Float64, `users` by `students`), `users` (Int64,
 *   students who opened it), `students` (Int64, for whose class it was there), `pages` (Int64),
 *   `pages_per_student` (Float64), `cohorts` (Int64, in which those students were),
 *   `cohorts_since` (Int64, cohorts that have finished since the last with a reader),
 *   `first_read`, `last_read` (Date, in class, by any of the program's students)
 * @throws {RangeError} if an option is not an integer above 0, or `ratio` not a number of 1 or more
 * @throws {Error} if a column is missing or of another type
 * @example
 * leastReadLessons(lessonPages(accessLog)).filter(pl.col("status").eq(pl.lit("current")));
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
  requireOptions({ minReaders, minStudents, newDays, quietDays, ratio });
  requireColumns(
    "leastReadLessons",
    lessons,
    "date",
    "user_id",
    "cohort_id",
    "start_date",
    "end_date",
    "program",
    "lesson",
    "topic",
  );
  const { readings, students, names, topics, classes, lastDay } = readInClass(lessons);
  const programs = [...new Set(classes.flatMap((of) => (of ? [of.program] : [])))].sort();
  const ranks = programs.map((program) => rankOf(classes, students, program));
  const allStudents = ranks.map(({ places }) => sum(places.map((place) => students[place]!)));

  const rows = names.flatMap((lesson, at) => {
    const own = readings[at]!;
    const others = own.get(NOBODYS)?.users ?? 0;
    const byProgram = ranks.map(({ places }) => places.map((place) => own.get(place)));
    const readers = byProgram.map((of) => sum(of.map((reading) => reading?.users ?? 0)));
    const rates = readers.map((count, i) => count / Math.max(1, allStudents[i]!));
    const most = Math.max(0, ...rates);
    if (others > sum(readers)) return [];
    return programs.flatMap((program, i) => {
      // A little room, so that a rate of exactly a `ratio`-th is not lost to rounding.
      if (readers[i]! < minReaders || rates[i]! * ratio < most - 1e-12) return [];
      const limits = { minReaders, minStudents, newDays, quietDays, lastDay };
      const facts = factsOf(byProgram[i]!, ranks[i]!, limits);
      return [{ program: program, lesson: lesson, topic: topics[at], ...facts }];
    });
  });
  return frameOf(
    rows,
    "program",
    "lesson",
    "topic",
    "status",
    "share",
    "users",
    "students",
    "pages",
    "pages_per_student",
    "cohorts",
    "cohorts_since",
    { first_read: pl.Int32, last_read: pl.Int32 },
  )
    .withColumns(pl.col("first_read").cast(pl.Date), pl.col("last_read").cast(pl.Date))
    .sort(["program", "status", "share", "lesson"]);
}

function requireOptions({ ratio, ...counts }: Required<LeastReadLessonsOptions>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new RangeError(`leastReadLessons needs ${name} to be an integer above 0, got ${value}`);
    }
  }
  if (!(ratio >= 1 && ratio < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `leastReadLessons needs a ratio of 1 or more, got ${ratio}: it is how many times as readily a program reads its own lessons`,
    );
  }
}

/** How much of a class must lie in the log for its students to be held against its lessons. */
const SEEN = 0.75;

interface Class extends StudentClass {
  /** Whether it is over, and the log saw most of it. */
  isFinished: boolean;
}

/** Adds which classes can be held against their lessons; those without a first day are left out. */
function judged(
  classes: ClassesOfRows["classes"],
  firstDay: number,
  lastDay: number,
): (Class | undefined)[] {
  return classes.map((of) => {
    if (!of || of.start === NEVER) return undefined;
    const seen = Math.min(of.end, lastDay) - Math.max(of.start, firstDay) + 1;
    const isSeen = seen >= SEEN * (of.end - of.start + 1);
    return { ...of, isFinished: of.end < lastDay && isSeen };
  });
}

/** A program's classes by their first days: those that have finished, then those still at it. */
interface Rank {
  places: number[];
  students: number[];
  finished: number;
}

function rankOf(classes: (Class | undefined)[], students: Int32Array, program: string): Rank {
  const places = classes.flatMap((of, place) => (of?.program === program ? [place] : []));
  const byStart = (a: number, b: number) => classes[a]!.start - classes[b]!.start || a - b;
  const lastDay = Math.max(0, ...classes.map((of) => (of?.isFinished ? of.end : 0)));
  const finished = places.filter((place) => classes[place]!.isFinished).sort(byStart);
  // Classes that ended before the log, or of which it saw little, are in neither.
  const others = places
    .filter((place) => !classes[place]!.isFinished && classes[place]!.end > lastDay)
    .sort(byStart);
  const all = [...finished, ...others];
  return {
    places: all,
    students: all.map((place) => students[place]!),
    finished: finished.length,
  };
}

/** Who of a class opened a lesson. */
interface Reading {
  users: number;
  pages: number;
  first: number;
  last: number;
}

/** Place of those without a cohort. */
const NOBODYS = -1;

interface ReadInClass {
  /** By lesson, then by place of the class. */
  readings: Map<number, Reading>[];
  /** Students of each class who opened any lesson in class. */
  students: Int32Array;
  names: string[];
  topics: (string | null)[];
  classes: (Class | undefined)[];
  lastDay: number;
}

function readInClass(lessons: pl.DataFrame): ReadInClass {
  const { codes: cohort, classes: all } = classesOfRows(lessons);
  const { codes: lesson, values: names } = codedColumn(lessons.getColumn("lesson"));
  const { codes: user, values: users } = codedColumn(lessons.getColumn("user_id"));
  const days = int32Or0(lessons, "date"); // of rows without a day 0
  let [firstDay, lastDay] = [NEVER, 0];
  for (const day of days) {
    if (day !== 0 && day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  const classes = judged(all, firstDay, lastDay);
  const starts = Int32Array.from(classes, (of) => of?.start ?? NEVER);
  const ends = Int32Array.from(classes, (of) => of?.end ?? -NEVER);

  // Rows by class, then by lesson: so one note per user of the last group tells who is new in it.
  const place = new Int32Array(days.length).fill(-1); // 0 is for those of no class
  for (let row = 0; row < days.length; row++) {
    const at = cohort[row]!;
    const day = days[row]!;
    if (lesson[row]! < 0 || user[row]! < 0 || day === 0) continue;
    if (at < 0) place[row] = 0;
    else if (day >= starts[at]! && day <= ends[at]!) place[row] = at + 1;
  }
  const byClass = rowsBy(place, classes.length + 1);
  const students = new Int32Array(classes.length);
  const noted = new Int32Array(users.length).fill(-1);
  for (const row of byClass) {
    const at = place[row]!;
    if (at === 0 || noted[user[row]!] === at) continue;
    noted[user[row]!] = at;
    students[at - 1]!++;
  }
  noted.fill(-1);
  const readings = Array.from({ length: names.length }, () => new Map<number, Reading>());
  const firstRows = new Array<number>(names.length).fill(0);
  let [group, of, at] = [-1, -1, -1];
  let reading: Reading | undefined;
  for (const row of rowsBy(lesson, names.length, byClass)) {
    if (!reading || lesson[row] !== of || place[row] !== at) {
      [of, at] = [lesson[row]!, place[row]!];
      group++;
      reading = { users: 0, pages: 0, first: NEVER, last: -NEVER };
      readings[of]!.set(at - 1, reading);
      firstRows[of] = row;
    }
    reading.pages++;
    if (days[row]! < reading.first) reading.first = days[row]!;
    if (days[row]! > reading.last) reading.last = days[row]!;
    if (noted[user[row]!] === group) continue;
    noted[user[row]!] = group;
    reading.users++;
  }
  const topics = lessons.height > 0 ? lessons.getColumn("topic").gather(firstRows).toArray() : [];
  return {
    readings,
    students,
    names: names.toArray() as string[],
    topics: topics as (string | null)[],
    classes,
    lastDay,
  };
}

/** Rows that have a key, those of the first key first; of one key in the order in which they come. */
function rowsBy(key: Int32Array, keys: number, rows?: Int32Array): Int32Array {
  const next = new Int32Array(keys + 1);
  const length = rows?.length ?? key.length;
  for (let i = 0; i < length; i++) {
    const at = key[rows ? rows[i]! : i]!;
    if (at >= 0) next[at + 1]!++;
  }
  for (let at = 0; at < keys; at++) next[at + 1]! += next[at]!;
  const sorted = new Int32Array(next[keys]!);
  for (let i = 0; i < length; i++) {
    const row = rows ? rows[i]! : i;
    if (key[row]! >= 0) sorted[next[key[row]!]!++] = row;
  }
  return sorted;
}

interface Limits {
  minReaders: number;
  minStudents: number;
  newDays: number;
  quietDays: number;
  lastDay: number;
}

/** What a lesson's readings by a program's classes, in their order, come to. */
function factsOf(
  readings: readonly (Reading | undefined)[],
  { students, finished }: Rank,
  { minReaders, minStudents, newDays, quietDays, lastDay }: Limits,
) {
  const counts = readings.map((reading) => reading?.users ?? 0);
  const read = readings.filter((reading) => reading !== undefined) as Reading[];
  const firstRead = read.reduce((day, { first }) => Math.min(day, first), NEVER);
  const lastRead = read.reduce((day, { last }) => Math.max(day, last), -NEVER);
  const first = counts.findIndex((count) => count > 0);
  const lastReader = counts.slice(0, finished).reduce((at, count, i) => (count > 0 ? i : at), -1);
  const since = lastReader < 0 ? 0 : finished - 1 - lastReader;

  let [status, last] = [CURRENT, finished - 1];
  if (first >= finished || firstRead > lastDay - newDays) {
    [status, last] = [NEW, counts.length - 1];
  } else if (sum(counts.slice(finished)) < minReaders) {
    const change = changeAt(counts.slice(first, finished), students.slice(first, finished));
    const isQuiet = since > 0 && lastRead < lastDay - quietDays;
    if (change > 0) [status, last] = [RETIRED, first + change - 1];
    else if (isQuiet) [status, last] = [RETIRED, lastReader];
  }
  const there = sum(students.slice(first, last + 1));
  const users = sum(counts.slice(first, last + 1));
  const pages = sum(readings.slice(first, last + 1).map((reading) => reading?.pages ?? 0));
  return {
    status: status === CURRENT && there < minStudents ? FEW_STUDENTS : status,
    share: users / there,
    users: users,
    students: there,
    pages: pages,
    pages_per_student: pages / there,
    cohorts: last - first + 1,
    cohorts_since: since,
    first_read: firstRead,
    last_read: lastRead,
  };
}

/** How many times as likely a change must be as none. */
const LIKELIHOOD_RATIO = 100;
/** How much less readily a retired lesson is opened. */
const RETIRED_SHARE = 0.1;

/** Place of the first class after a lesson was taken away; -1 where it was not. */
function changeAt(readers: readonly number[], students: readonly number[]): number {
  const all = logLikelihood(sum(readers), sum(students));
  let [best, place] = [Math.log(LIKELIHOOD_RATIO), -1];
  for (let at = 1; at < readers.length; at++) {
    const [before, after] = [
      [sum(readers.slice(0, at)), sum(students.slice(0, at))],
      [sum(readers.slice(at)), sum(students.slice(at))],
    ] as [[number, number], [number, number]];
    const gain = logLikelihood(...before) + logLikelihood(...after) - all;
    const isLess = after[0] / after[1] <= (RETIRED_SHARE * before[0]) / before[1];
    if (isLess && gain >= best) [best, place] = [gain, at];
  }
  return place;
}

/** The highest that the log-likelihood of `readers` of `students` can be. */
function logLikelihood(readers: number, students: number): number {
  const part = (count: number) => (count > 0 ? count * Math.log(count / students) : 0);
  return part(readers) + part(students - readers);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
