import type pl from "nodejs-polars";
import {
  HARDLY_ACTIVE,
  type HardlyActiveStudentsOptions,
} from "../../explore/class-time/hardly-active-students";
import {
  ALSO_STAFF,
  CHANGED_COHORT,
  HARDLY_READS,
  HARDLY_SEEN,
  JOINED_LATE,
  LEFT_EARLY,
  NEVER_IN_CLASS,
  NOT_SEEN,
} from "../../explore/class-time/situations";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { formatCount, formatNumber } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { counting, inFullPercent, inOne, inPercent } from "./phrases";

/** Share of the cohort's median meanwhile that counts as reading along. */
const READ_ALONG = 0.5;

const claim = claimsFrom("hardlyActiveStudents");

/**
 * The answer to question 3, from `hardlyActiveStudents`: are there students who, when active,
 * hardly access the curriculum? Counted are flagged students whom the log can judge: not those who
 * changed cohort, are also Staff, or whose class is hardly in the log; these are mentioned beside.
 */
export function hardlyActiveAnswer(
  students: pl.DataFrame,
  options: Omit<HardlyActiveStudentsOptions, "addresses"> = {},
): Answer {
  const { share, silence, seen, peers } = { ...HARDLY_ACTIVE, ...options };
  const caller = "hardlyActiveAnswer";
  requireColumns(caller, students, "user_id", "cohort_id", "cohort", "pages", "active_days");
  requireColumns(caller, students, "cohort_pages", "cohort_pages_meanwhile", "share_of_pages");
  requireColumns(caller, students, "pages_after_class", "address_kind", "situation", "score");
  const all = students.toRecords() as Row[];
  const flagged = all.filter(({ score }) => score > 1);
  const hardly = inSituation(flagged, LEFT_EARLY, JOINED_LATE, HARDLY_READS);
  const comparable = all.filter(
    ({ pages, cohort_pages, situation }) =>
      pages > 0 && cohort_pages !== null && situation !== HARDLY_SEEN,
  );
  return {
    number: 3,
    question: "Are there students who, when active, hardly access the curriculum?",
    headline: headline(hardly, comparable, share),
    details: inOne([
      compared(hardly, comparable, share),
      leavers(inSituation(hardly, LEFT_EARLY), inSituation(all, LEFT_EARLY)),
      onCampus(hardly),
      stayers(inSituation(hardly, HARDLY_READS)),
      latecomers(inSituation(hardly, JOINED_LATE)),
      notCounted(flagged),
      absentees(inSituation(all, NEVER_IN_CLASS)),
    ]),
    measure: prose`A student's pages on the days of class (the cohort's first to its last day, both included, as far as they lie within the log) beside the median of the cohort: below ${claim("share of the median", share, inPercent)} of it is hardly reading, where at least ${claim("fewest students that make a median", peers, counting("student"))} of the cohort opened pages in class. Who opens nothing for ${claim("days of silence", silence, counting("day"))} or more while others of the cohort read on has left early; Staff are left out.`,
    changes: prose`A roster of who was enrolled, and when they left, would change it: the log does not know students who never opened a page, nor why somebody stopped, and pages read on another's screen, in print or under a second account are not in it.`,
    sure: sure(all, comparable, seen),
  };
}

const inSituation = (some: readonly Row[], ...situations: string[]) =>
  some.filter(({ situation }) => situations.includes(situation));

/** Someone may be in two cohorts. */
const usersOf = (some: readonly Row[]) => new Set(some.map(({ user_id }) => user_id)).size;

const users = (what: string, some: readonly Row[]) =>
  claim(what, usersOf(some), { as: formatCount });
const usersOrNone = (what: string, some: readonly Row[]) =>
  claim(what, usersOf(some), { as: (n) => (n === 0 ? "none" : formatCount(n)) });
const plural = (some: readonly Row[], one: string, more: string) =>
  usersOf(some) === 1 ? one : more;

function headline(hardly: readonly Row[], comparable: readonly Row[], share: number): Prose {
  if (comparable.length === 0) return prose`The log cannot tell who hardly reads while in class`;
  if (hardly.length === 0) return prose`No student in class hardly reads`;
  const left = inSituation(hardly, LEFT_EARLY);
  const isLow = ({ pages, cohort_pages }: Row) => pages < share * (cohort_pages ?? 0);
  const head = prose`${claim("students who hardly read while in class", usersOf(hardly), {
    ...counting("student"),
    again: () => usersOf(hardly.filter(isLow)),
  })} hardly read while in class`;
  if (usersOf(hardly) === 1) return left.length > 0 ? prose`${head} and left early` : head;
  if (left.length === 0) return prose`${head}; none of them left early`;
  if (usersOf(left) === usersOf(hardly)) return prose`${head}; all of them left early`;
  return prose`${head}; ${claim("of them left early", usersOf(left))} of them left early`;
}

function compared(hardly: readonly Row[], comparable: readonly Row[], share: number): Prose {
  if (comparable.length === 0) {
    return prose`There is no cohort with enough students in class within the log to compare them.`;
  }
  const judged = claim("students who can be compared", usersOf(comparable), counting("student"));
  const limit = claim("share of the median", share, inPercent);
  return hardly.length === 0
    ? prose`Of ${judged} with pages in class, nobody who can be judged opened less than ${limit} of their cohort's median.`
    : prose`Of ${judged} with pages in class, ${users("of them below it", hardly)} opened less than ${limit} of their cohort's median.`;
}

function leavers(left: readonly Row[], everyone: readonly Row[]): Prose {
  if (left.length === 0) return prose``;
  const along = left.filter(
    ({ pages, cohort_pages_meanwhile: meanwhile }) =>
      meanwhile !== null && pages >= READ_ALONG * meanwhile,
  );
  const half = claim("share that counts as reading along", READ_ALONG, inFullPercent);
  return prose`Of these, ${users("of them left early", left)} left early (of ${claim("students who left early", usersOf(everyone), counting("student"))} who did, whatever they had read); until then ${usersOrNone("of these read along", along)} had read at least ${half} of their cohort's median in that time.`;
}

function onCampus(hardly: readonly Row[]): Prose {
  if (hardly.every(({ address_kind }) => address_kind === null)) return prose``;
  const campus = hardly.filter(({ address_kind }) => address_kind === "campus");
  return prose`Most of their requests came from campus for ${usersOrNone("of them read mostly from campus", campus)} of them.`;
}

function stayers(stayed: readonly Row[]): Prose {
  const [least] = [...stayed].sort(
    (a, b) =>
      (a.share_of_pages ?? 0) - (b.share_of_pages ?? 0) ||
      a.user_id - b.user_id ||
      a.cohort_id - b.cohort_id,
  );
  if (!least) return prose``;
  const { user_id, cohort_id, cohort, pages, active_days, cohort_pages } = least;
  return prose`${users("of them stayed", stayed)} ${plural(stayed, "was", "were")} there to the end, as far as the log goes: ${plural(stayed, "this is", "fewest pages for their cohort has")} user ${claim("user who stayed and read least", String(user_id))} of ${nameProse(cohort ?? `cohort ${cohort_id}`)}, ${claim("that user's pages in class", Number(pages), counting("page"))} on ${claim("that user's days with pages", Number(active_days), counting("day"))}, where the cohort's median is ${claim("median of that cohort", cohort_pages as number | null, { as: (n) => formatNumber(n, 0) })} pages.`;
}

function latecomers(late: readonly Row[]): Prose {
  if (late.length === 0) return prose``;
  return prose`${users("of them joined late", late)} joined weeks after the others.`;
}

function notCounted(flagged: readonly Row[]): Prose {
  const reasons = [
    [CHANGED_COHORT, "changed cohort", "who changed cohort"],
    [ALSO_STAFF, "are also Staff", "whose rows are also labelled as Staff"],
    [HARDLY_SEEN, "too little seen", "in cohorts whose class lies mostly outside the log"],
  ] as const;
  const parts = reasons.flatMap(([situation, what, words]) => {
    const some = inSituation(flagged, situation);
    return some.length > 0 ? [prose`${users(what, some)} ${words}`] : [];
  });
  return parts.length > 0 ? prose`Not counted: ${parts}.` : prose``;
}

function absentees(never: readonly Row[]): Prose {
  if (never.length === 0) return prose``;
  const pages = never.reduce((sum, row) => sum + Number(row.pages_after_class), 0);
  return prose`${claim("accounts never seen in class", usersOf(never), counting("more account"))} of these cohorts never ${plural(never, "appears", "appear")} in class, only outside it (${claim("their pages after class", pages, counting("page"))} after it).`;
}

function sure(all: readonly Row[], comparable: readonly Row[], seen: number): Prose {
  if (comparable.length === 0) return prose`Not at all: there is nothing to compare.`;
  const unseen = usersOf(inSituation(all, NOT_SEEN, HARDLY_SEEN));
  const rest =
    unseen === 0
      ? prose`every cohort's class is well within the log`
      : prose`for ${claim("students who cannot be judged", unseen, counting("student"))}, less than ${claim("least share of class within the log", seen, inFullPercent)} of the class lies within the log, and nothing is said`;
  return prose`That they opened so few pages is certain; that someone left is inferred from silence, and ${rest}.`;
}
