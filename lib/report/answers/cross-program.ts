import type pl from "nodejs-polars";
import { DATA_ON_WEB, WEB_ON_DATA } from "../../detect/access/cross-program-by-month";
import { EITHER_DIRECTION } from "../../detect/access/cross-program-shut-off";
import { firstRow, type Row } from "../../log/first-row";
import { gathered } from "../../log/gathered";
import { requireColumns } from "../../log/require-columns";
import { above, where } from "../../log/where";
import { signTest } from "../../stats/exact-tests";
import { formatCount, formatNumber } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { chanceInWords, claimsOf, inOne, rowsOf, sumOf } from "./phrases";

export interface CrossProgramAnswerOptions {
  /** Year in which access should have been shut off. */
  year?: number;
  /** What `earlierShutOff`, `crossProgramDays`, `shutOffReaders` and `shutOffBreaks` give. */
  earlier?: pl.DataFrame;
  days?: pl.DataFrame;
  readers?: pl.DataFrame;
  breaks?: pl.DataFrame;
}

/**
 * The answer to question 5, from `crossProgramByMonth` and `crossProgramShutOff` in all three
 * directions: from when on students hardly read the other program's curriculum, how much they read
 * next to that day, whether the same students read less, and whether it had stopped before. That
 * access was shut off is not in a log; the words say what else would look the same.
 */
export function crossProgramAnswer(
  byMonth: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { year = 2019, earlier, days, readers, breaks }: CrossProgramAnswerOptions = {},
): Answer {
  requireColumns("crossProgramAnswer", byMonth, "period", "direction", "pages", "all_pages");
  requireColumns("crossProgramAnswer", shutOffs, "direction", "shut_off");
  if (earlier) requireColumns("crossProgramAnswer (earlier)", earlier, "direction", "shut_off");
  if (days) requireColumns("crossProgramAnswer (days)", days, "score");
  const compared = comparedReaders(readers);
  const found = directionOf(shutOffs, EITHER_DIRECTION);
  const isFound = found !== undefined && isDay(found.shut_off);
  return {
    number: 5,
    question: "Was access to the other program's curriculum shut off?",
    headline: isFound
      ? headline(found, year, compared)
      : prose`No, no end of reading the other program's lessons is found`,
    details: isFound
      ? inOne([
          beforeAndAfter(found),
          ...[WEB_ON_DATA, DATA_ON_WEB].map((direction) => inDirection(shutOffs, direction)),
          sameReaders(compared),
          inBreak(breaks),
          everRead(found, byMonth),
          strays(found, days),
          began(byMonth),
          ...(earlier ? [stoppedBefore(found, earlier)] : []),
        ])
      : nothingFound(byMonth),
    measure: prose`Of all pages of either curriculum that students open, the share that are the other program's, week by week, cut where it changes; which curriculum a page belongs to is learned from who reads it. The day is that of the largest fall from which the share never came back. Then each student is compared with themselves: the last pages before that day with as many after it.`,
    changes: prose`A list of which pages belong to which curriculum, and the day on which the setting was changed, would confirm or refute it.`,
    sure: isFound
      ? sureOf(found, compared)
      : prose`Fairly: where few students read the other program's lessons, an end of it would hardly show.`,
  };
}

const isDay = (value: unknown): value is Date => value instanceof Date;

const directionOf = (frame: pl.DataFrame, direction: string): Row | undefined =>
  firstRow(where(frame, { direction }));

const { claim, count, day, digits } = claimsOf("crossProgramShutOff");
const ofReaders = claimsOf("shutOffReaders");
const ofMonths = claimsOf("crossProgramByMonth");

const as = (rate: number) => `${formatNumber(1000 * rate)} in ${formatCount(1000)}`;
const rate = (what: string, value: unknown, own = claim) => own(what, Number(value), { as });

const readBefore = ({ users_before }: Row) =>
  count("students who read them before", users_before, "student");
const pagesBefore = ({ pages_before }: Row, again?: () => number) =>
  count("pages of the other program before", pages_before, "page", "pages", { again });

function headline(found: Row, year: number, compared: Compared | undefined): Prose {
  const since = day("day from which the other program's lessons were hardly read", found.shut_off);
  const words = prose`from ${since} on students hardly read the other program's lessons`;
  if (found.shut_off.getUTCFullYear() !== year) {
    return prose`Not in ${claim("year asked about", String(year))}: ${words}`;
  }
  if (!compared || !readLess(compared)) {
    return prose`Perhaps: ${words}, too few of the same students to say more`;
  }
  return prose`Yes, it looks so: from ${since} on ${compared.readLess()} of ${compared.all()} read less of the other program's lessons than before, ${compared.readMore()} more`;
}

/** Levels of the sign tests: of students, and as classmates may be alike, of cohorts as well. */
const SURE = 0.01;
const SURE_BY_COHORT = 0.05;

const readLess = ({ less, more, cohorts }: Compared): boolean =>
  less > more &&
  signTest(less, more) <= SURE &&
  signTest(cohorts.less, cohorts.more) <= SURE_BY_COHORT;

function beforeAndAfter(found: Row): Prose {
  const last = claim("time of the last such page before", found.last_before as Date);
  return prose`From ${day("first day of the stretch before", found.rate_from)} until then, ${rate("share of the other program's pages before", found.rate_before)} of the lesson pages that students read were the other program's, the last at ${last}; from then until ${day("last day of the stretch after", found.rate_until)} it is ${rate("share of the other program's pages after", found.rate_after)}.`;
}

type Compared = NonNullable<ReturnType<typeof comparedReaders>>;

/** Fewest pages of the other program that a cohort must have read before, to tell whether it fell. */
const COHORT_PAGES = 5;

function comparedReaders(readers: pl.DataFrame | undefined) {
  if (!readers) return undefined;
  const columns = ["user_id", "cohort", "compared", "other_before", "other_after"] as const;
  const rows = rowsOf("crossProgramAnswer (readers)", readers, ...columns);
  if (rows.length === 0) return undefined;
  const split = (all: readonly Row[]) => ({
    less: all.filter((row) => row.other_after < row.other_before).length,
    more: all.filter((row) => row.other_after > row.other_before).length,
  });
  const inCohort = rows.filter(({ cohort }) => cohort !== null);
  const cohorts = [...gathered(inCohort, ({ cohort }) => cohort).values()].map((own) => ({
    other_before: sumOf(own, "other_before"),
    other_after: sumOf(own, "other_after"),
  }));
  const judged = cohorts.filter((cohort) => cohort.other_before >= COHORT_PAGES);
  const { less, more } = split(rows);
  const { orNone } = ofReaders;
  return {
    ...{ rows, less, more, cohorts: { all: judged.length, ...split(judged) } },
    all: () => ofReaders.count("students with pages enough on both sides", rows.length, "student"),
    readLess: () => orNone("students who read less of the other program", less),
    readMore: () => orNone("students who read more of the other program", more),
  };
}

function sameReaders(compared: Compared | undefined): Prose {
  if (!compared) return prose`No student read enough on both sides of that day to be compared.`;
  const { rows, cohorts } = compared;
  const { count, whole, orNone } = ofReaders;
  const before = whole("pages of the other program before, of these", sumOf(rows, "other_before"));
  const after = whole("pages of the other program after, of these", sumOf(rows, "other_after"));
  const pages = count("pages compared on either side", sumOf(rows, "compared"), "page");
  const students = prose`Compared with themselves, on as many pages before as after, ${compared.readLess()} of ${compared.all()} with pages enough on both sides read less of the other program, ${compared.readMore()} more: together ${before} of ${pages} before and ${after} after.`;
  if (cohorts.all === 0) return students;
  const fell = orNone("cohorts that read less of it", cohorts.less);
  return prose`${students} Of ${count("cohorts that read it before", cohorts.all, "cohort")} with five such pages or more before, ${fell} fell.`;
}

function inBreak(breaks: pl.DataFrame | undefined): Prose {
  if (!breaks) return prose``;
  const columns = ["all_pages", "expected_pages", "cross_pages"] as const;
  const days = { from: "Date", to: "Date" } as const;
  const [row] = rowsOf("crossProgramAnswer (breaks)", breaks, days, ...columns);
  if (!row || row.all_pages === 0) return prose``;
  const { count, day, orNone, digits } = claimsOf("shutOffBreaks");
  return prose`In the break from ${day("first day of the break", row.from)} to ${day("last day of the break", row.to)} students opened ${count("pages of either curriculum in the break", row.all_pages, "page")}; at the rate before some ${digits("pages of the other program expected in the break", row.expected_pages, 1)} would have been the other program's, and ${orNone("pages of the other program in the break", row.cross_pages)} were.`;
}

function everRead(found: Row, byMonth: pl.DataFrame): Prose {
  const all = byMonth.toRecords();
  const pages = pagesBefore(found, () => sumOf(all, "pages") - Number(found.pages_after));
  return prose`In all the time before, ${readBefore(found)} opened ${pages} of the other program.`;
}

function sureOf(found: Row, compared: Compared | undefined): Prose {
  const { claim: ofTest, whole } = claimsOf("signTest");
  const as = (p: number) =>
    p < 1e-6 ? "less than one in a million" : String(Number(p.toPrecision(2)));
  const probability = (what: string, p: number) => ofTest(what, p, { as });
  const students = compared
    ? prose`That the same students read less: ${readLess(compared) ? "very" : "not very"}; were more and less as likely, so uneven a split had a probability of ${probability("p-value of students", signTest(compared.less, compared.more))}, and as classmates may be alike, of ${probability("p-value of cohorts", signTest(compared.cohorts.less, compared.cohorts.more))} by cohorts (${whole("cohorts that read less", compared.cohorts.less)} less, ${whole("cohorts that read more", compared.cohorts.more)} more).`
    : prose`Whether the same students read less cannot be told.`;
  const alike = prose`neighboring weeks are alike (autocorrelation ${digits("lag-1 autocorrelation of weeks", found.autocorrelation, 2)}, dispersion ${digits("dispersion of weeks", found.dispersion, 2)})`;
  const weeks =
    found.p_value === null
      ? prose`How often weeks fall so by chance cannot be computed: ${alike}, or too few.`
      : prose`${chanceInWords("crossProgramShutOff", found.p_value)}; ${alike}.`;
  return prose`${students} ${weeks} Why, a log cannot say: a new menu, lessons that moved or a word to everybody on that day would look the same.`;
}

function inDirection(shutOffs: pl.DataFrame, direction: string): Prose {
  const row = directionOf(shutOffs, direction);
  if (!row || row.pages_before === null) return prose``;
  const [web, data] = ["web development", "data science"];
  const [who, whose] = direction === WEB_ON_DATA ? [web, data] : [data, web];
  return prose`For ${who} students on ${whose} it falls from ${rate(`share before: ${direction}`, row.rate_before)} to ${rate(`share after: ${direction}`, row.rate_after)} on ${day(`day from which it stopped: ${direction}`, row.shut_off)}.`;
}

function strays(found: Row, days: pl.DataFrame | undefined): Prose {
  const pages = Number(found.pages_after);
  if (pages === 0) return prose`Not a single page of the other program has been opened since.`;
  const left = prose`What is left are ${count("pages of the other program after", pages, "page")} of ${count("students who read them after", found.users_after, "student")}`;
  if (!days) return prose`${left}.`;
  const many = where(days, { score: above(1) }).height;
  const what = "days with more such pages than may be a wrong turn";
  return many === 0
    ? prose`${left}, never more on a day than may be a wrong turn.`
    : prose`${left}, on ${claimsOf("crossProgramDays").count(what, many, "day")} more of them than may be a wrong turn.`;
}

function began(byMonth: pl.DataFrame): Prose {
  const own = where(byMonth, { direction: DATA_ON_WEB, all_pages: above(0) }).sort("period");
  const first = firstRow(own)?.period;
  if (!isDay(first)) return prose`The log has no data science students.`;
  const as = (day: Date) =>
    day.toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
  const month = ofMonths.claim("first month with data science students", first, { as });
  return prose`Data science students read only from ${month} on: before, one direction could not happen.`;
}

function stoppedBefore(found: Row, earlier: pl.DataFrame): Prose {
  const other = directionOf(earlier, EITHER_DIRECTION);
  if (other && isDay(other.shut_off) && +other.shut_off < +found.shut_off) {
    const { claim, day } = claimsOf("earlierShutOff");
    return prose`It had fallen before and began again: from ${rate("share before an earlier fall", other.rate_before, claim)} to ${rate("share after an earlier fall", other.rate_after, claim)} on ${day("day of an earlier fall", other.shut_off)}.`;
  }
  return prose`Did it happen before? Such reading did, as those ${pagesBefore(found)} show; an earlier end of it, after which it began again, is not found.`;
}

function nothingFound(byMonth: pl.DataFrame): Prose {
  const rows = byMonth.toRecords();
  const [pages, all] = [sumOf(rows, "pages"), sumOf(rows, "all_pages")];
  if (all === 0)
    return prose`No page of the log could be told to be of one curriculum or the other.`;
  return prose`Students opened ${ofMonths.count("pages of the other program", pages, "page")} of the other program among ${ofMonths.count("pages of either curriculum", all, "page")} of either, and the share of them never fell to stay low. ${began(byMonth)}`;
}
