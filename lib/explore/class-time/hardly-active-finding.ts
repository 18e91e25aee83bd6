import { counted, formatDate, formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import {
  ALSO_STAFF,
  AS_OTHERS,
  CHANGED_COHORT,
  HARDLY_SEEN,
  JOINED_LATE,
  NEVER_IN_CLASS,
  NOT_SEEN,
} from "./situations";

/** A student in class, as far as the sentence needs it; days since 1970. */
export interface StudentInClass {
  user_id: number;
  pages: number;
  active_days: number;
  class_days: number;
  first_read: number | null;
  last_read: number | null;
  silent_before: number | null;
  silent_after: number | null;
  cohort_pages: number | null;
  share_of_pages: number | null;
  cohort_pages_meanwhile: number | null;
  pages_before_class: number;
  pages_after_class: number;
  situation: string;
  score: number | null;
  /** Name of the cohort. */
  shown: string;
  /** Days of class, within the log or not. */
  courseDays: number;
  otherSince: readonly { cohort: string; since: number }[];
}

/** What was found, in a sentence or more; null where there is nothing to say. */
export function hardlyActiveFinding(student: StudentInClass): string | null {
  const situation = student.situation;
  const isFlagged = student.score !== null && student.score > 1;
  if ([AS_OTHERS, NOT_SEEN].includes(situation)) return null;
  if (situation === HARDLY_SEEN && !isFlagged) return null;
  const words = [read(student), when(student)];
  if (student.class_days < student.courseDays) {
    words.push(
      `Of ${counted(student.courseDays, "day")} of class, ${student.class_days} lie within the log.`,
    );
  }
  for (const { cohort, since } of student.otherSince) {
    words.push(`Rows of the same user carry ${name(cohort)} from ${dayText(since)} on.`);
  }
  return words.filter(Boolean).join(" ");
}

function read(student: StudentInClass): string {
  const who = `User ${student.user_id} of ${name(student.shown)}`;
  if (student.pages === 0) {
    const before = counted(student.pages_before_class, "page");
    const after = counted(student.pages_after_class, "page");
    return `${who} opened no page in class, ${before} before it and ${after} after it.`;
  }
  const own = `${counted(student.pages, "page")} on ${counted(student.active_days, "day")} in class`;
  if (student.cohort_pages === null || student.share_of_pages === null) {
    return `${who} opened ${own}.`;
  }
  const share = formatPercent(student.share_of_pages);
  return `${who} opened ${own}, ${share} of the cohort's median of ${formatNumber(student.cohort_pages, 1)}.`;
}

function when(student: StudentInClass): string {
  const [first, last] = [student.first_read, student.last_read];
  if (first === null || last === null || student.situation === NEVER_IN_CLASS) return "";
  const [before, after] = [student.silent_before ?? 0, student.silent_after ?? 0];
  const meanwhile = student.cohort_pages_meanwhile;
  const from =
    isLateOrMoved(student) && before > 0
      ? `${dayText(first)}, ${counted(before, "day")} after the cohort's first,`
      : dayText(first);
  const to =
    !isLate(student) && after > 0
      ? `${dayText(last)}, ${counted(after, "day")} before the cohort's last`
      : dayText(last);
  const middle =
    meanwhile === null ? "" : `; the cohort's median in that time is ${formatNumber(meanwhile, 1)}`;
  return first === last ? `All on ${to}${middle}.` : `From ${from} to ${to}${middle}.`;
}

function isLate({ situation }: StudentInClass): boolean {
  return situation === JOINED_LATE;
}

function isLateOrMoved({ situation }: StudentInClass): boolean {
  return [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF].includes(situation);
}

function name(cohort: string): string {
  return visibleText(cohort, { max: 60 });
}

function dayText(day: number): string {
  return formatDate(new Date(day * 86_400_000));
}
