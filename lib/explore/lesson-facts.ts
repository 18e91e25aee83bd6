import type { Row } from "../log/first-row";

/** There for the cohorts that have finished class last. */
export const CURRENT = "current";
/** There for too few students to say how readily it is read. */
export const FEW_STUDENTS = "few students";
/** First read so late that no cohort, or hardly one, has finished class with it. */
export const NEW = "new";
/** Read by earlier cohorts, and no more, or hardly, by later ones: so it may have been taken away. */
export const RETIRED = "retired";

/** Limits of `leastReadLessons`. */
type Limits = Record<"minReaders" | "minStudents" | "newDays" | "quietDays", number>;

/**
 * For whom of a program a lesson was there, and who of them opened it; see `leastReadLessons`.
 *
 * @param readings by cohort, in the order of their first days: `users`, `pages`, `first` and `last`
 *   day of those who opened the lesson in class
 * @param students who opened any lesson in class, by cohort
 * @param finished how many of the cohorts have finished; the others come after them
 */
export function lessonFacts(
  readings: readonly (Row | undefined)[],
  students: readonly number[],
  finished: number,
  { minReaders, minStudents, newDays, quietDays }: Limits,
  lastDay: number,
) {
  const counts = readings.map((reading) => reading?.users ?? 0);
  const firstRead = Math.min(...readings.map((reading) => reading?.first ?? Infinity));
  const lastRead = Math.max(...readings.map((reading) => reading?.last ?? -Infinity));
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
    ...{ share: users / there, users, students: there, pages, pages_per_student: pages / there },
    ...{ cohorts: last - first + 1, cohorts_since: since },
    ...{ first_read: firstRead, last_read: lastRead },
  };
}

/** How many times as likely a change must be as none. */
const LIKELIHOOD_RATIO = 100;
/** How much less readily a retired lesson is opened. */
const RETIRED_SHARE = 0.1;

/** Place of the first cohort after a lesson was taken away; -1 where it was not. */
function changeAt(readers: readonly number[], students: readonly number[]): number {
  const all = logLikelihood(sum(readers), sum(students));
  let [best, place] = [Math.log(LIKELIHOOD_RATIO), -1];
  for (let at = 1; at < readers.length; at++) {
    const [before, of] = [sum(readers.slice(0, at)), sum(students.slice(0, at))];
    const [after, ofLater] = [sum(readers.slice(at)), sum(students.slice(at))];
    const gain = logLikelihood(before, of) + logLikelihood(after, ofLater) - all;
    const isLess = after / ofLater <= (RETIRED_SHARE * before) / of;
    if (isLess && gain >= best) [best, place] = [gain, at];
  }
  return place;
}

/** The highest that the log-likelihood of `readers` of `students` can be. */
function logLikelihood(readers: number, students: number): number {
  const part = (count: number) => (count > 0 ? count * Math.log(count / students) : 0);
  return part(readers) + part(students - readers);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
