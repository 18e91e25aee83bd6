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
import { wilsonInterval } from "../../stats/exact-tests";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { claimsOf, inOne, rowsOf, sumOf, verb } from "./phrases";

/** Share of the cohort's median meanwhile that counts as reading along. */
const READ_ALONG = 0.5;

/** How far below on the logarithmic scale, in robust standard deviations, nobody is by chance. */
const FAR = 3;
/** Other cuts, as parts of the one that is taken, and what a share must be times the one below it. */
const NEARBY = [0.8, 1.2, 1.6];
const GAP = 1.25;

const { claim, count, digits, whole, orNone, percent, wholePercent } =
  claimsOf("hardlyActiveStudents");

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
  const all = rowsOf(
    "hardlyActiveAnswer",
    students,
    ...(["user_id", "cohort_id", "cohort", "pages", "active_days", "cohort_pages"] as const),
    ...(["cohort_pages_meanwhile", "share_of_pages", "robust_z", "pages_after_class"] as const),
    ...(["address_kind", "situation", "score"] as const),
  );
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
      aroundTheCut(comparable, share),
      notCounted(flagged),
      absentees(inSituation(all, NEVER_IN_CLASS)),
    ]),
    measure: prose`A student's pages on the days of class (the cohort's first to its last day, both included, as far as they lie within the log) beside the median of the cohort: below ${percent("share of the median", share)} of it is hardly reading, where at least ${count("fewest students that make a median", peers, "student")} of the cohort opened pages in class. Who opens nothing for ${count("days of silence", silence, "day")} or more while others of the cohort read on has left early; Staff are left out.`,
    changes: prose`A roster of who was enrolled, and when they left, would change it: the log does not know students who never opened a page, nor why somebody stopped, and pages read on another's screen, in print or under a second account are not in it.`,
    sure: sure(all, comparable, seen),
  };
}

const inSituation = (some: readonly Row[], ...situations: string[]) =>
  some.filter(({ situation }) => situations.includes(situation));

/** Someone may be in two cohorts. */
const usersOf = (some: readonly Row[]) => new Set(some.map(({ user_id }) => user_id)).size;

function headline(hardly: readonly Row[], comparable: readonly Row[], share: number): Prose {
  if (comparable.length === 0) return prose`The log cannot tell who hardly reads while in class`;
  if (hardly.length === 0) return prose`No student in class hardly reads`;
  const [users, left] = [usersOf(hardly), usersOf(inSituation(hardly, LEFT_EARLY))];
  const isLow = ({ pages, cohort_pages }: Row) => pages < share * (cohort_pages ?? 0);
  const again = () => usersOf(hardly.filter(isLow));
  const what = "students who hardly read while in class";
  const head = prose`${count(what, users, "student", "students", { again })} hardly read while in class`;
  if (users === 1) return left > 0 ? prose`${head} and left early` : head;
  if (left === 0) return prose`${head}; none of them left early`;
  const some = left === users ? "all" : claim("of them left early", left);
  return prose`${head}; ${some} of them left early`;
}

function compared(hardly: readonly Row[], comparable: readonly Row[], share: number): Prose {
  if (comparable.length === 0) {
    return prose`There is no cohort with enough students in class within the log to compare them.`;
  }
  const judged = count("students who can be compared", usersOf(comparable), "student");
  const limit = percent("share of the median", share);
  const some =
    hardly.length === 0 ? "nobody who can be judged" : whole("of them below it", usersOf(hardly));
  const few = prose`Of ${judged} with pages in class, ${some} opened less than ${limit} of their cohort's median.`;
  if (hardly.length === 0) return few;
  const [own, all] = [usersOf(hardly), usersOf(comparable)];
  const [low, high] = wilsonInterval(own, all);
  const far = usersOf(hardly.filter(({ robust_z }) => robust_z !== null && robust_z < -FAR));
  const onLogScale = hardly.some(({ robust_z }) => robust_z !== null)
    ? prose`; on the logarithmic scale ${orNone("of them far below", far)} of them ${verb(far, "lies", "lie")} more than ${whole("robust standard deviations that are far", FAR)} robust standard deviations below it`
    : prose``;
  return prose`${few} That is ${percent("their share", own / all)} (${wholePercent("part of such intervals that hold the true share", 0.95)} interval ${percent("lower end of their share", low)} to ${percent("upper end of their share", high)})${onLogScale}.`;
}

/** Does another cut nearby flag others? Of those whom the log can judge. */
function aroundTheCut(comparable: readonly Row[], share: number): Prose {
  const judged = comparable.filter(
    ({ situation }) => situation !== CHANGED_COHORT && situation !== ALSO_STAFF,
  );
  const shares = judged.map((row) => Number(row.share_of_pages));
  const highest = Math.max(...shares.filter((own) => own < share));
  const next = Math.min(...shares.filter((own) => own >= share));
  if (!(highest > 0 && next < Infinity)) return prose``;
  const at = (times: number) => {
    const n = usersOf(judged.filter((row) => row.share_of_pages < times * share));
    const cut = percent(`the cut times ${times}`, times * share);
    return prose`${whole(`students below the cut times ${times}`, n)} below ${cut}`;
  };
  const isGap = next / highest >= GAP;
  const words = isGap
    ? "lies in a gap"
    : "lies in no gap, so that who is near it may as well be on its other side";
  return prose`The cut ${words}: the highest below it has ${percent("highest share below the cut", highest)} and the next ${percent("next share above the cut", next)}; there are ${NEARBY.map(at)}.`;
}

function leavers(left: readonly Row[], everyone: readonly Row[]): Prose {
  if (left.length === 0) return prose``;
  const along = left.filter(
    ({ pages, cohort_pages_meanwhile: meanwhile }) =>
      meanwhile !== null && pages >= READ_ALONG * meanwhile,
  );
  return prose`Of these, ${whole("of them left early", usersOf(left))} left early (of ${count("students who left early", usersOf(everyone), "student")} who did, whatever they had read); until then ${orNone("of these read along", usersOf(along))} had read at least ${wholePercent("share that counts as reading along", READ_ALONG)} of their cohort's median in that time.`;
}

function onCampus(hardly: readonly Row[]): Prose {
  if (hardly.every(({ address_kind }) => address_kind === null)) return prose``;
  const campus = usersOf(hardly.filter(({ address_kind }) => address_kind === "campus"));
  return prose`Most of their requests came from campus for ${orNone("of them read mostly from campus", campus)} of them.`;
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
  const n = usersOf(stayed);
  return prose`${whole("of them stayed", n)} ${verb(n, "was", "were")} there to the end, as far as the log goes: ${verb(n, "this is", "fewest pages for their cohort has")} user ${claim("user who stayed and read least", String(user_id))} of ${nameProse(cohort ?? `cohort ${cohort_id}`)}, ${count("that user's pages in class", pages, "page")} on ${count("that user's days with pages", active_days, "day")}, where the cohort's median is ${digits("median of that cohort", cohort_pages, 0)} pages.`;
}

function latecomers(late: readonly Row[]): Prose {
  if (late.length === 0) return prose``;
  return prose`${whole("of them joined late", usersOf(late))} joined weeks after the others.`;
}

const NOT_COUNTED = [
  [CHANGED_COHORT, "changed cohort", "who changed cohort"],
  [ALSO_STAFF, "are also Staff", "whose rows are also labelled as Staff"],
  [HARDLY_SEEN, "too little seen", "in cohorts whose class lies mostly outside the log"],
] as const;

function notCounted(flagged: readonly Row[]): Prose {
  const parts = NOT_COUNTED.flatMap(([situation, what, words]) => {
    const some = inSituation(flagged, situation);
    return some.length > 0 ? [prose`${whole(what, usersOf(some))} ${words}`] : [];
  });
  return parts.length > 0 ? prose`Not counted: ${parts}.` : prose``;
}

function absentees(never: readonly Row[]): Prose {
  if (never.length === 0) return prose``;
  const [n, pages] = [usersOf(never), sumOf(never, "pages_after_class")];
  return prose`${count("accounts never seen in class", n, "more account")} of these cohorts never ${verb(n, "appears", "appear")} in class, only outside it (${count("their pages after class", pages, "page")} after it).`;
}

function sure(all: readonly Row[], comparable: readonly Row[], seen: number): Prose {
  if (comparable.length === 0) return prose`Not at all: there is nothing to compare.`;
  const unseen = usersOf(inSituation(all, NOT_SEEN, HARDLY_SEEN));
  const rest =
    unseen === 0
      ? prose`every cohort's class is well within the log`
      : prose`for ${count("students who cannot be judged", unseen, "student")}, less than ${wholePercent("least share of class within the log", seen)} of the class lies within the log, and nothing is said`;
  return prose`That they opened so few pages is certain; that someone left is inferred from silence, and ${rest}.`;
}
