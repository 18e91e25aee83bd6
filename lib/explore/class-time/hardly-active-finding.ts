import type { Row } from "../../log/first-row";
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

export function hardlyActiveFinding(student: Row, others: readonly Row[]): string | null {
  const { situation, class_days, course_days } = student;
  if (situation === AS_OTHERS || situation === NOT_SEEN) return null;
  if (situation === HARDLY_SEEN && !(student.score > 1)) return null;
  const words = [read(student), when(student)];
  if (class_days < course_days) {
    words.push(`Of ${counted(course_days, "day")} of class, ${class_days} lie within the log.`);
  }
  for (const other of others) {
    words.push(`Rows of the same user carry ${shown(other)} from ${dayText(other.since)} on.`);
  }
  return words.filter(Boolean).join(" ");
}

function read(student: Row): string {
  const { pages, cohort_pages, share_of_pages } = student;
  const who = `User ${student.user_id} of ${shown(student)}`;
  if (pages === 0) {
    const before = counted(student.pages_before_class, "page");
    const after = counted(student.pages_after_class, "page");
    return `${who} opened no page in class, ${before} before it and ${after} after it.`;
  }
  const own = `${counted(pages, "page")} on ${counted(student.active_days, "day")} in class`;
  if (cohort_pages === null || share_of_pages === null) return `${who} opened ${own}.`;
  const share = formatPercent(share_of_pages);
  return `${who} opened ${own}, ${share} of the cohort's median of ${formatNumber(cohort_pages, 1)}.`;
}

function when(student: Row): string {
  const { first_read: first, last_read: last, situation } = student;
  if (first === null || last === null || situation === NEVER_IN_CLASS) return "";
  const { silent_before: before, silent_after: after } = student;
  const isLate = [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF].includes(situation) && before > 0;
  const hasLeft = situation !== JOINED_LATE && after > 0;
  const from = `${dayText(first)}${isLate ? `, ${counted(before, "day")} after the cohort's first,` : ""}`;
  const to = `${dayText(last)}${hasLeft ? `, ${counted(after, "day")} before the cohort's last` : ""}`;
  const meanwhile = student.cohort_pages_meanwhile;
  const median =
    meanwhile === null ? "" : `; the cohort's median in that time is ${formatNumber(meanwhile, 1)}`;
  return first === last ? `All on ${to}${median}.` : `From ${from} to ${to}${median}.`;
}

export const cohortName = ({ cohort, cohort_id }: Row) => cohort ?? `cohort ${cohort_id}`;

const shown = (student: Row) => visibleText(cohortName(student), { max: 60 });

const dayText = (day: number) => formatDate(new Date(day * 86_400_000));
