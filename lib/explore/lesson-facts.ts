import type { Row } from "../log/first-row";

export const CURRENT = "current";
const FEW_STUDENTS = "few students";
export const NEW = "new";
export const RETIRED = "retired";

type Limits = Record<"minReaders" | "minStudents" | "newDays" | "quietDays", number>;

/** When a lesson was there, and for whom (cohorts with a reader); all by cohort, `finished` ones first. */
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
  const withReader = counts.map((count, i) => count > 0 && i <= last);
  const there = sum(students.filter((_, i) => withReader[i]));
  const users = sum(counts.slice(first, last + 1));
  const pages = sum(readings.slice(first, last + 1).map((reading) => reading?.pages ?? 0));
  return {
    status: status === CURRENT && there < minStudents ? FEW_STUDENTS : status,
    ...{ share: users / there, users, students: there, pages, pages_per_student: pages / there },
    ...{ cohorts: withReader.filter(Boolean).length, cohorts_since: since },
    ...{ first_read: firstRead, last_read: lastRead },
  };
}

const LIKELIHOOD_RATIO = 100;
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

function logLikelihood(readers: number, students: number): number {
  const part = (count: number) => (count > 0 ? count * Math.log(count / students) : 0);
  return part(readers) + part(students - readers);
}

export const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
