import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { type ClassFloors, type ClassReading, classReading, type ReadingOf } from "./class-reading";

export interface CohortLessonsOptions extends ClassFloors {
  /** What is counted: single lessons, or the topics that they belong to. */
  of?: ReadingOf;
  /** Whether the pages that open a topic (`javascript-i`) count as lessons. */
  sections?: boolean;
}

/**
 * How much each cohort read each lesson while in class, allowing for how large and how busy the
 * cohort was: pages per student, and the lesson's share of all lesson pages of the cohort.
 *
 * Only cohorts whose class lies within the log count; see `cohortsInClass`.
 *
 * @param lessonPages what `lessonPages` gives: the access log's columns, `lesson` and `topic`
 * @returns one row per cohort and lesson that its students opened, by `program`, `cohort_id`,
 *   `rank` and `lesson` (or `topic`): `cohort`, `pages`, `users` (students with any; Int64),
 *   `pages_per_student` (of all students of the class; Float64), `share` (Float64), `rank` (Int64)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 */
export function cohortLessons(
  lessonPages: pl.DataFrame,
  { of = "lesson", sections = true, ...floors }: CohortLessonsOptions = {},
): pl.DataFrame {
  const reading = classReading("cohortLessons", lessonPages, of, floors);
  const { classes, lessons } = reading;
  const rows = pagesByClass(reading, sections).flatMap(({ pages, users, total }, i) => {
    const { cohortId, cohort, program, students, counts } = classes[i]!;
    if (!counts) return [];
    const read = [...pages.keys()].filter((lesson) => pages[lesson]! > 0);
    const ranks = ranksOf(pages);
    return read.map((lesson) => ({
      program: program,
      cohort_id: cohortId,
      cohort: cohort,
      rank: ranks[lesson]!,
      [of]: lessons[lesson]!,
      pages: pages[lesson]!,
      users: users[lesson]!,
      pages_per_student: pages[lesson]! / students,
      share: pages[lesson]! / total,
    }));
  });
  return frameOf(
    rows,
    "program",
    "cohort_id",
    "cohort",
    "rank",
    { [of]: pl.String },
    "pages",
    "users",
    "pages_per_student",
    "share",
  ).sort(["program", "cohort_id", "rank", of]);
}

/** Page views and readers of each lesson in a class, by the lesson's place; 0 where nobody read it. */
export interface ClassPages {
  pages: Int32Array;
  users: Int32Array;
  total: number;
}

/** The same for all classes. Pages that open a topic are left out where they shall not count. */
export function pagesByClass(reading: ClassReading, sections: boolean): ClassPages[] {
  const { classes, classOf, lessons } = reading;
  const found = classes.map(() => ({
    pages: new Int32Array(lessons.length),
    users: new Int32Array(lessons.length),
    total: 0,
  }));
  const openers = sections ? new Set<string>() : openingPages(reading);
  reading.forEachLesson((lesson, students, pages) => {
    if (openers.has(lessons[lesson]!)) return;
    students.forEach((student, i) => {
      const own = found[classOf[student]!]!;
      own.pages[lesson]! += pages[i]!;
      own.users[lesson]!++;
      own.total += pages[i]!;
    });
  });
  return found;
}

/** Lessons that are a topic's own page, with others below them. */
export function openingPages({
  lessons,
  topics,
}: Pick<ClassReading, "lessons" | "topics">): Set<string> {
  const below = new Set(topics.filter((topic, i) => topic !== lessons[i]));
  return new Set(lessons.filter((lesson, i) => lesson === topics[i] && below.has(lesson)));
}

/** Each value's place from the highest, 1 for the first; equal ones share the better place. */
export function ranksOf(values: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  order.sort((a, b) => values[b]! - values[a]!);
  const ranks = new Int32Array(values.length);
  order.forEach((item, place) => {
    const before = order[place - 1];
    ranks[item] =
      before !== undefined && values[before] === values[item] ? ranks[before]! : place + 1;
  });
  return ranks;
}
