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
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";

/** Share of what the cohort's middle student opened meanwhile that counts as reading along. */
const READ_ALONG = 0.5;

const claim = claimsFrom("hardlyActiveStudents");

/**
 * The board's third question in words: are there students who, when active, hardly access the
 * curriculum, and what is known about them?
 *
 * Counted are those flagged of whom the log can tell: not those whose rows moved on to another
 * cohort or to Staff, nor those whose cohort's class is hardly in the log. These are named beside.
 *
 * @param students as `hardlyActiveStudents` gives them
 * @param options those that the students were found with
 * @throws {Error} if a column is missing or of another type
 */
export function hardlyActiveAnswer(
  students: pl.DataFrame,
  {
    share = HARDLY_ACTIVE.share,
    silence = HARDLY_ACTIVE.silence,
    seen = HARDLY_ACTIVE.seen,
    peers = HARDLY_ACTIVE.peers,
  }: Omit<HardlyActiveStudentsOptions, "addresses"> = {},
): Answer {
  requireColumns(
    "hardlyActiveAnswer",
    students,
    "user_id",
    "cohort_id",
    "cohort",
    "pages",
    "active_days",
    "cohort_pages",
    "cohort_pages_meanwhile",
    "share_of_pages",
    "pages_after_class",
    "address_kind",
    "situation",
    "score",
  );
  const all = studentsOf(students);
  const flagged = all.filter(({ score }) => score !== null && score > 1);
  const of = (some: readonly Student[], ...situations: string[]) =>
    some.filter(({ situation }) => situations.includes(situation));
  const hardly = of(flagged, LEFT_EARLY, JOINED_LATE, HARDLY_READS);
  const left = of(hardly, LEFT_EARLY);
  const comparable = all.filter(
    ({ pages, middle, situation }) => pages > 0 && middle !== null && situation !== HARDLY_SEEN,
  );
  const known = { all, flagged, hardly, left, of, comparable };
  return {
    number: 3,
    question: "Are there students who, when active, hardly access the curriculum?",
    headline: headline(known, share),
    details: details(known, share),
    measure: prose`A student's pages on the days of class (the cohort's first to its last day, both included, as far as they lie within the log) beside the median of the cohort: below ${claim("share of the median", share, { as: formatPercent })} of it is hardly reading, where at least ${claim("fewest students that make a median", peers, { as: (n) => counted(n, "student") })} of the cohort opened pages in class. Who opens nothing for ${claim("days of silence", silence, { as: (n) => counted(n, "day") })} or more while others of the cohort read on has left early; Staff are left out.`,
    changes: prose`A roster of who was enrolled, and when they left, would change it: the log does not know students who never opened a page, nor why somebody stopped, and pages read on another's screen, in print or under a second account are not in it.`,
    sure: sure(known, seen),
  };
}

interface Student {
  user: number;
  cohort: string;
  cohortId: number;
  pages: number;
  days: number;
  middle: number | null;
  meanwhile: number | null;
  /** Kind of address that most requests in class came from. */
  address: string | null;
  share: number | null;
  after: number;
  situation: string;
  score: number | null;
}

interface Known {
  all: readonly Student[];
  flagged: readonly Student[];
  hardly: readonly Student[];
  left: readonly Student[];
  of: (some: readonly Student[], ...situations: string[]) => Student[];
  comparable: readonly Student[];
}

function headline({ hardly, left, comparable }: Known, share: number): Prose {
  if (comparable.length === 0) return prose`The log cannot tell who hardly reads while in class`;
  if (hardly.length === 0) return prose`No student in class hardly reads`;
  const isLow = (student: Student) => student.pages < share * (student.middle ?? 0);
  const head = prose`${claim("students who hardly read while in class", usersOf(hardly), {
    as: (n) => counted(n, "student"),
    again: () => usersOf(hardly.filter(isLow)),
  })} hardly read while in class`;
  if (usersOf(hardly) === 1) {
    return left.length > 0 ? prose`${head} and left early` : prose`${head}`;
  }
  if (left.length === 0) return prose`${head}; none of them left early`;
  if (usersOf(left) === usersOf(hardly)) return prose`${head}; all of them left early`;
  return prose`${head}; ${claim("of them left early", usersOf(left))} of them left early`;
}

function details(known: Known, share: number): Prose {
  const { all, hardly, left, of, flagged, comparable } = known;
  const parts: Prose[] = [];
  if (comparable.length === 0) {
    parts.push(
      prose`There is no cohort with enough students in class within the log to compare them.`,
    );
  } else {
    const judged = claim("students who can be compared", usersOf(comparable), {
      as: (n) => counted(n, "student"),
    });
    const limit = claim("share of the median", share, { as: formatPercent });
    parts.push(
      hardly.length === 0
        ? prose`Of ${judged} with pages in class, nobody who can be judged opened less than ${limit} of their cohort's median.`
        : prose`Of ${judged} with pages in class, ${claim("of them below it", usersOf(hardly), { as: formatCount })} opened less than ${limit} of their cohort's median.`,
    );
  }
  if (left.length > 0) parts.push(leavers(left, of(all, LEFT_EARLY)));
  const campus = hardly.filter(({ address }) => address === "campus");
  if (hardly.some(({ address }) => address !== null)) {
    parts.push(
      prose`Most of their requests came from campus for ${claim("of them read mostly from campus", usersOf(campus), { as: (n) => (n === 0 ? "none" : formatCount(n)) })} of them.`,
    );
  }
  const stayed = of(hardly, HARDLY_READS);
  if (stayed.length > 0) parts.push(stayers(stayed));
  const late = of(hardly, JOINED_LATE);
  if (late.length > 0) {
    parts.push(
      prose`${claim("of them joined late", usersOf(late), { as: formatCount })} joined weeks after the others.`,
    );
  }
  const others = explained(
    of(flagged, CHANGED_COHORT),
    of(flagged, ALSO_STAFF),
    of(flagged, HARDLY_SEEN),
  );
  if (others) parts.push(others);
  const never = of(all, NEVER_IN_CLASS);
  if (never.length > 0) {
    const pages = never.reduce((sum, { after }) => sum + after, 0);
    parts.push(
      prose`${claim("accounts never seen in class", usersOf(never), { as: (n) => counted(n, "more account", "more accounts") })} of these cohorts never ${plural(never, "appears", "appear")} in class, only outside it (${claim("their pages after class", pages, { as: (n) => counted(n, "page") })} after it).`,
    );
  }
  return inOne(parts);
}

function leavers(left: readonly Student[], everyone: readonly Student[]): Prose {
  const along = left.filter(
    ({ pages, meanwhile }) => meanwhile !== null && pages >= READ_ALONG * meanwhile,
  );
  const half = claim("share that counts as reading along", READ_ALONG, {
    as: (x) => formatPercent(x, 0),
  });
  const number = claim("of these read along", usersOf(along), {
    as: (n) => (n === 0 ? "none" : formatCount(n)),
  });
  return prose`Of these, ${claim("of them left early", usersOf(left), { as: formatCount })} left early (of ${claim("students who left early", usersOf(everyone), { as: (n) => counted(n, "student") })} who did, whatever they had read); until then ${number} had read at least ${half} of their cohort's median in that time.`;
}

function stayers(stayed: readonly Student[]): Prose {
  const [least] = [...stayed].sort(
    (a, b) => (a.share ?? 0) - (b.share ?? 0) || a.user - b.user || a.cohortId - b.cohortId,
  );
  const { user, cohort, pages, days, middle } = least!;
  return prose`${claim("of them stayed", usersOf(stayed), { as: formatCount })} ${plural(stayed, "was", "were")} there to the end, as far as the log goes: ${plural(stayed, "this is", "fewest pages for their cohort has")} user ${claim("user who stayed and read least", String(user))} of ${nameProse(cohort)}, ${claim("that user's pages in class", pages, { as: (n) => counted(n, "page") })} on ${claim("that user's days with pages", days, { as: (n) => counted(n, "day") })}, where the cohort's median is ${claim("median of that cohort", middle, { as: (n) => formatNumber(n, 0) })} pages.`;
}

/** Those flagged who are not counted, and why; null without any. */
function explained(
  changed: readonly Student[],
  staff: readonly Student[],
  hardlySeen: readonly Student[],
): Prose | null {
  const parts: Prose[] = [];
  const who = (what: string, some: readonly Student[]) =>
    claim(what, usersOf(some), { as: formatCount });
  if (changed.length > 0) {
    parts.push(prose`${who("changed cohort", changed)} who changed cohort`);
  }
  if (staff.length > 0) {
    parts.push(prose`${who("are also Staff", staff)} whose rows are also labelled as Staff`);
  }
  if (hardlySeen.length > 0) {
    parts.push(
      prose`${who("too little seen", hardlySeen)} in cohorts whose class lies mostly outside the log`,
    );
  }
  return parts.length > 0 ? prose`Not counted: ${parts}.` : null;
}

function sure({ all, of, comparable }: Known, seen: number): Prose {
  if (comparable.length === 0) return prose`Not at all: there is nothing to compare.`;
  const unseen = usersOf(of(all, NOT_SEEN, HARDLY_SEEN));
  const rest =
    unseen === 0
      ? prose`every cohort's class is well within the log`
      : prose`of ${claim("students who cannot be judged", unseen, { as: (n) => counted(n, "student") })} less than ${claim("least share of class within the log", seen, { as: (x) => formatPercent(x, 0) })} of the class lies within the log, and nothing is said`;
  return prose`That they opened so few pages is certain; that someone left is inferred from silence, and ${rest}.`;
}

function plural(some: readonly Student[], one: string, more: string): string {
  return usersOf(some) === 1 ? one : more;
}

/** Different users: someone may be in two cohorts. */
function usersOf(some: readonly Student[]): number {
  return new Set(some.map(({ user }) => user)).size;
}

function inOne(parts: readonly Prose[]): Prose {
  return parts.reduce((text, part) => prose`${text} ${part}`);
}

function studentsOf(frame: pl.DataFrame): Student[] {
  const column = (name: string) => frame.getColumn(name).toArray() as unknown[];
  const number = (name: string) =>
    column(name).map((value) => (value === null ? null : Number(value)));
  const [users, ids, pages, days] = ["user_id", "cohort_id", "pages", "active_days"].map(number);
  const [middles, meanwhiles] = ["cohort_pages", "cohort_pages_meanwhile"].map(number);
  const [shares, after, scores] = ["share_of_pages", "pages_after_class", "score"].map(number);
  const [names, situations, kinds] = ["cohort", "situation", "address_kind"].map(column);
  return users!.map((user, i) => ({
    user: user!,
    cohort: String(names![i] ?? `cohort ${ids![i]}`),
    cohortId: ids![i]!,
    pages: pages![i]!,
    days: days![i]!,
    middle: middles![i]!,
    meanwhile: meanwhiles![i]!,
    address: kinds![i] as string | null,
    share: shares![i]!,
    after: after![i]!,
    situation: String(situations![i]),
    score: scores![i]!,
  }));
}
