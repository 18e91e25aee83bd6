import type pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireColumns } from "../log/require-columns";
import { int32Or0 } from "../log/typed-arrays";

/** Which classes count. */
export interface ClassFloors {
  /** Students with pages in class that a class needs. */
  minStudents?: number;
  /** Part of a class's days that must lie within the log, 0 to 1. */
  minCovered?: number;
}

/** What is counted: single lessons, or the sections that they belong to. */
export type ReadingOf = "lesson" | "topic";

/** A cohort while it is in class. */
export interface SchoolClass {
  cohortId: number;
  cohort: string | null;
  program: string;
  /** First and last day, in days since 1970. */
  start: number;
  end: number;
  /** Its days that lie within the log, as a part of all. */
  covered: number;
  students: number;
  pages: number;
  counts: boolean;
}

/** Students' pages in class, by lesson. */
export interface ClassReading {
  classes: readonly SchoolClass[];
  /** The class of each student; a user in two classes is two students. */
  classOf: Int32Array;
  /** All pages of each student. */
  pagesOf: Int32Array;
  /** Lessons, or topics, in order; their topics. */
  lessons: readonly string[];
  topics: readonly string[];
  /** Of each row: its day, the place of its lesson (-1 without), and its cohort's program. */
  days: Int32Array;
  lessonOf: Int32Array;
  programOf(row: number): string | null;
  /** Calls `use` for each lesson with the students who read it and their pages. */
  forEachLesson(use: (lesson: number, students: Int32Array, pages: Int32Array) => void): void;
}

/**
 * The part of lessons' pages that students opened while in class: on days from their cohort's
 * first to its last, both counted. Staff, rows without a cohort, and cohorts without a program or
 * without both dates are left out.
 *
 * A class counts if at least `minStudents` opened pages in it and at least `minCovered` of its
 * days lie between the log's first day and its last: of a class that had begun before, or that still
 * goes on, only some lessons were due.
 */
export function classReading(
  caller: string,
  lessonPages: pl.DataFrame,
  of: ReadingOf,
  { minStudents = 5, minCovered = 0.9 }: ClassFloors = {},
): ClassReading {
  if (of !== "lesson" && of !== "topic") {
    throw new RangeError(`${caller} needs of to be lesson or topic, got ${of}`);
  }
  if (!(minStudents >= 1)) {
    throw new RangeError(`${caller} needs minStudents to be 1 or more, got ${minStudents}`);
  }
  if (!(minCovered >= 0 && minCovered <= 1)) {
    throw new RangeError(`${caller} needs minCovered to be 0 to 1, got ${minCovered}`);
  }
  requireColumns(
    caller,
    lessonPages,
    "date",
    "lesson",
    "topic",
    "user_id",
    "cohort_id",
    "cohort",
    "start_date",
    "end_date",
    "program",
  );
  const cohorts = codedColumn(lessonPages.getColumn("cohort_id"));
  const users = codedColumn(lessonPages.getColumn("user_id"));
  const lessons = codedColumn(lessonPages.getColumn(of));
  const days = int32Or0(lessonPages, "date");
  const dated = hasValue(lessonPages, "date");
  const classes = classesOf(lessonPages, cohorts, days, dated);

  const rows = lessonPages.height;
  const studentOf = new Int32Array(rows).fill(-1);
  const students = new Pairs(cohorts.values.length, users.values.length);
  const classOf: number[] = [];
  const ends = new Int32Array(lessons.values.length + 1);
  for (let row = 0; row < rows; row++) {
    const [cohort, user, lesson] = [cohorts.codes[row]!, users.codes[row]!, lessons.codes[row]!];
    const own = cohort < 0 ? null : classes[cohort]!;
    if (own === null || user < 0 || lesson < 0 || !dated(row)) continue;
    if (days[row]! < own.start || days[row]! > own.end) continue;
    let student = students.get(cohort, user);
    if (student < 0) {
      student = classOf.push(cohort) - 1;
      students.set(cohort, user, student);
      own.students++;
    }
    own.pages++;
    studentOf[row] = student;
    ends[lesson + 1]!++;
  }
  for (const own of classes) {
    if (own) own.counts = own.students >= minStudents && own.covered >= minCovered;
  }

  // A counting sort: the rows of a lesson stand together.
  for (let i = 1; i < ends.length; i++) ends[i]! += ends[i - 1]!;
  const next = ends.slice();
  const byLesson = new Int32Array(ends.at(-1) ?? 0);
  const pagesOf = new Int32Array(classOf.length);
  for (let row = 0; row < rows; row++) {
    const student = studentOf[row]!;
    if (student < 0) continue;
    byLesson[next[lessons.codes[row]!]!++] = student;
    pagesOf[student]!++;
  }
  const kept = classes.flatMap((own) => (own && own.students > 0 ? [own] : []));
  const place = new Map(kept.map((own, i) => [own, i]));
  const names = lessons.values.toArray() as string[];
  const counts = new Int32Array(classOf.length);
  return {
    classes: kept,
    classOf: Int32Array.from(classOf, (code) => place.get(classes[code]!)!),
    pagesOf,
    lessons: names,
    days,
    lessonOf: lessons.codes,
    programOf: (row) => classes[cohorts.codes[row]!]?.program ?? null,
    topics: of === "topic" ? names : topicsOf(lessonPages, lessons.codes, names.length),
    forEachLesson(use) {
      for (let lesson = 0; lesson < names.length; lesson++) {
        const own = byLesson.subarray(ends[lesson]!, ends[lesson + 1]!);
        if (own.length === 0) continue;
        const seen: number[] = [];
        for (const student of own) if (counts[student]!++ === 0) seen.push(student);
        const who = Int32Array.from(seen).sort();
        const pages = who.map((student) => counts[student]!);
        for (const student of who) counts[student] = 0;
        use(lesson, who, pages);
      }
    },
  };
}

/** Numbers of pairs of a cohort and a user; -1 for those without. */
class Pairs {
  readonly #users: number;
  // A table is several times faster than a map; logs with room for neither are not known.
  readonly #table: Int32Array | null;
  readonly #map = new Map<number, number>();

  constructor(cohorts: number, users: number) {
    this.#users = users;
    this.#table = cohorts * users <= 1e7 ? new Int32Array(cohorts * users).fill(-1) : null;
  }

  get(cohort: number, user: number): number {
    const pair = cohort * this.#users + user;
    return this.#table ? this.#table[pair]! : (this.#map.get(pair) ?? -1);
  }

  set(cohort: number, user: number, student: number): void {
    const pair = cohort * this.#users + user;
    if (this.#table) this.#table[pair] = student;
    else this.#map.set(pair, student);
  }
}

/** Each cohort's class, by the cohort's code; null where it is none. */
function classesOf(
  frame: pl.DataFrame,
  cohorts: ReturnType<typeof codedColumn>,
  days: Int32Array,
  dated: (row: number) => boolean,
): (SchoolClass | null)[] {
  const firstRows = new Array<number>(cohorts.values.length).fill(-1);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < days.length; row++) {
    const code = cohorts.codes[row]!;
    if (code >= 0 && firstRows[code]! < 0) firstRows[code] = row;
    if (!dated(row)) continue;
    if (days[row]! < first) first = days[row]!;
    if (days[row]! > last) last = days[row]!;
  }
  const sample = frame
    .select("cohort_id", "cohort", "program", "start_date", "end_date")
    .getColumns()
    .map((column) => (firstRows.length > 0 ? column.gather(firstRows).toArray() : []));
  const [ids, names, programs, starts, ends] = sample as unknown[][];
  return firstRows.map((_, i) => {
    const [start, end] = [starts![i], ends![i]].map(dayOf);
    const cohortId = Number(ids![i]);
    if (cohortId === STAFF_COHORT_ID || programs![i] === null) return null;
    if (start === null || end === null || end! < start!) return null;
    const inLog = Math.min(end!, last) - Math.max(start!, first) + 1;
    return {
      cohortId,
      cohort: names![i] as string | null,
      program: programs![i] as string,
      start: start!,
      end: end!,
      covered: Math.max(0, inLog / (end! - start! + 1)),
      students: 0,
      pages: 0,
      counts: false,
    };
  });
}

/** A Date as days since 1970. */
function dayOf(date: unknown): number | null {
  return date instanceof Date ? Math.round(date.getTime() / 86_400_000) : null;
}

function hasValue(frame: pl.DataFrame, name: string): (row: number) => boolean {
  const column = frame.getColumn(name);
  if (column.nullCount() === 0) return () => true;
  const missing = column.isNull().toArray() as unknown as boolean[];
  return (row) => !missing[row];
}

/** The topic of each lesson, by the lesson's code. */
function topicsOf(frame: pl.DataFrame, codes: Int32Array, count: number): string[] {
  const rows = new Array<number>(count).fill(0);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) rows[codes[row]!] = row;
  if (count === 0) return [];
  return (frame.getColumn("topic").gather(rows).toArray() as (string | null)[]).map(
    (topic) => topic ?? "",
  );
}
