import {
  ACTIVE_DAYS,
  CLASS_DAYS,
  COHORT_PAGES,
  COHORT_PAGES_MEANWHILE,
  FIRST_READ,
  LAST_READ,
  PAGES,
  PAGES_AFTER_CLASS,
  PAGES_BEFORE_CLASS,
  SCORE,
  SHARE_OF_PAGES,
  SILENT_AFTER,
  SILENT_BEFORE,
  SITUATION,
  USER_ID,
} from "../../log/columns";
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
  [USER_ID]: number;
  [PAGES]: number;
  [ACTIVE_DAYS]: number;
  [CLASS_DAYS]: number;
  [FIRST_READ]: number | null;
  [LAST_READ]: number | null;
  [SILENT_BEFORE]: number | null;
  [SILENT_AFTER]: number | null;
  [COHORT_PAGES]: number | null;
  [SHARE_OF_PAGES]: number | null;
  [COHORT_PAGES_MEANWHILE]: number | null;
  [PAGES_BEFORE_CLASS]: number;
  [PAGES_AFTER_CLASS]: number;
  [SITUATION]: string;
  [SCORE]: number | null;
  /** Name of the cohort. */
  shown: string;
  /** Days of class, within the log or not. */
  courseDays: number;
  otherSince: readonly { cohort: string; since: number }[];
}

/** What was found, in a sentence or more; null where there is nothing to say. */
export function hardlyActiveFinding(student: StudentInClass): string | null {
  const situation = student[SITUATION];
  const isFlagged = student[SCORE] !== null && student[SCORE] > 1;
  if ([AS_OTHERS, NOT_SEEN].includes(situation)) return null;
  if (situation === HARDLY_SEEN && !isFlagged) return null;
  const words = [read(student), when(student)];
  if (student[CLASS_DAYS] < student.courseDays) {
    words.push(
      `Of ${counted(student.courseDays, "day")} of class, ${student[CLASS_DAYS]} lie within the log.`,
    );
  }
  for (const { cohort, since } of student.otherSince) {
    words.push(`Rows of the same user carry ${name(cohort)} from ${dayText(since)} on.`);
  }
  return words.filter(Boolean).join(" ");
}

function read(student: StudentInClass): string {
  const who = `User ${student[USER_ID]} of ${name(student.shown)}`;
  if (student[PAGES] === 0) {
    const before = counted(student[PAGES_BEFORE_CLASS], "page");
    const after = counted(student[PAGES_AFTER_CLASS], "page");
    return `${who} opened no page in class, ${before} before it and ${after} after it.`;
  }
  const own = `${counted(student[PAGES], "page")} on ${counted(student[ACTIVE_DAYS], "day")} in class`;
  if (student[COHORT_PAGES] === null || student[SHARE_OF_PAGES] === null) {
    return `${who} opened ${own}.`;
  }
  const share = formatPercent(student[SHARE_OF_PAGES]);
  return `${who} opened ${own}, ${share} of the cohort's median of ${formatNumber(student[COHORT_PAGES], 1)}.`;
}

function when(student: StudentInClass): string {
  const [first, last] = [student[FIRST_READ], student[LAST_READ]];
  if (first === null || last === null || student[SITUATION] === NEVER_IN_CLASS) return "";
  const [before, after] = [student[SILENT_BEFORE] ?? 0, student[SILENT_AFTER] ?? 0];
  const meanwhile = student[COHORT_PAGES_MEANWHILE];
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

function isLate({ [SITUATION]: situation }: StudentInClass): boolean {
  return situation === JOINED_LATE;
}

function isLateOrMoved({ [SITUATION]: situation }: StudentInClass): boolean {
  return [JOINED_LATE, CHANGED_COHORT, ALSO_STAFF].includes(situation);
}

function name(cohort: string): string {
  return visibleText(cohort, { max: 60 });
}

function dayText(day: number): string {
  return formatDate(new Date(day * 86_400_000));
}
