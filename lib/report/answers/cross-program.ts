import type pl from "nodejs-polars";
import { DATA_ON_WEB, WEB_ON_DATA } from "../../detect/access/cross-program-by-month";
import { EITHER_DIRECTION } from "../../detect/access/cross-program-shut-off";
import { firstRow, type Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { above, where } from "../../log/where";
import { formatCount, formatNumber } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { claimsOf, inOne, sumOf } from "./phrases";

export interface CrossProgramAnswerOptions {
  /** Year in which access should have been shut off. */
  year?: number;
  earlier?: pl.DataFrame;
  days?: pl.DataFrame;
}

/**
 * The answer to question 5, from `crossProgramByMonth` and `crossProgramShutOff` in all three
 * directions: when students stopped reading the other program's curriculum, how much they read
 * before and after, and whether it had stopped before.
 */
export function crossProgramAnswer(
  byMonth: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { year = 2019, earlier, days }: CrossProgramAnswerOptions = {},
): Answer {
  requireColumns("crossProgramAnswer", byMonth, "period", "direction", "pages", "all_pages");
  requireColumns("crossProgramAnswer", shutOffs, "direction", "shut_off");
  if (earlier) requireColumns("crossProgramAnswer (earlier)", earlier, "direction", "shut_off");
  if (days) requireColumns("crossProgramAnswer (days)", days, "score");
  const found = directionOf(shutOffs, EITHER_DIRECTION);
  const isFound = found !== undefined && isDay(found.shut_off);
  return {
    number: 5,
    question: "Was access to the other program's curriculum shut off?",
    headline: isFound
      ? headline(found, year)
      : prose`No, no end of reading the other program's lessons is found`,
    details: isFound
      ? inOne([
          beforeAndAfter(found, byMonth),
          ...[WEB_ON_DATA, DATA_ON_WEB].map((direction) => inDirection(shutOffs, direction)),
          strays(found, days),
          began(byMonth),
          ...(earlier ? [stoppedBefore(found, earlier)] : []),
        ])
      : nothingFound(byMonth),
    measure: prose`Of all pages of either curriculum that students open, the share that are the other program's, day by day; which curriculum a page belongs to is learned from who reads it, and the day is the one at which that share falls most.`,
    changes: prose`A list of which pages belong to which curriculum, and the day on which the setting was changed, would confirm or refute it.`,
    sure: isFound
      ? prose`Very, that reading fell: logs with their weeks in random order show such a fall with a probability of ${digits("p-value of the shut-off", found.p_value, 4)}; less, why, as a holiday, a new menu or other lessons would look the same.`
      : prose`Fairly: where few students read the other program's lessons, an end of it would hardly show.`,
  };
}

const isDay = (value: unknown): value is Date => value instanceof Date;

const directionOf = (frame: pl.DataFrame, direction: string): Row | undefined =>
  firstRow(where(frame, { direction }));

const { claim, count, day, digits } = claimsOf("crossProgramShutOff");
const ofMonths = claimsOf("crossProgramByMonth");

const as = (rate: number) => `${formatNumber(1000 * rate)} in ${formatCount(1000)}`;
const rate = (what: string, value: unknown, own = claim) => own(what, Number(value), { as });

const readBefore = ({ users_before }: Row) =>
  count("students who read them before", users_before, "student");
const pagesBefore = ({ pages_before }: Row, again?: () => number) =>
  count("pages of the other program before", pages_before, "page", "pages", { again });

function headline(found: Row, year: number): Prose {
  const what = "day from which the other program's lessons were hardly read";
  const words = prose`it stopped by ${day(what, found.shut_off)}; until then ${readBefore(found)} had read the other program's lessons`;
  return found.shut_off.getUTCFullYear() === year
    ? prose`Yes: ${words}`
    : prose`Not in ${claim("year asked about", String(year))}: ${words}`;
}

function beforeAndAfter(found: Row, byMonth: pl.DataFrame): Prose {
  const last = claim("time of the last such page before", found.last_before as Date);
  const all = byMonth.toRecords();
  const pages = pagesBefore(found, () => sumOf(all, "pages") - Number(found.pages_after));
  return prose`Until ${last}, ${readBefore(found)} opened ${pages} of the other program, ${rate("share of the other program's pages before", found.rate_before)} of the lessons that they read; from that day on it is ${rate("share of the other program's pages after", found.rate_after)}.`;
}

function inDirection(shutOffs: pl.DataFrame, direction: string): Prose {
  const row = directionOf(shutOffs, direction);
  if (!row || row.pages_before === null) return prose``;
  const [web, data] = ["web development", "data science"];
  const [who, whose] = direction === WEB_ON_DATA ? [web, data] : [data, web];
  const when = isDay(row.shut_off)
    ? prose`by ${day(`day from which it stopped: ${direction}`, row.shut_off)}`
    : prose`at most, which may be chance`;
  return prose`For ${who} students on ${whose}, it falls from ${rate(`share before: ${direction}`, row.rate_before)} to ${rate(`share after: ${direction}`, row.rate_after)} ${when}.`;
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
    return prose`It had fallen before: from ${rate("share before an earlier fall", other.rate_before, claim)} to ${rate("share after an earlier fall", other.rate_after, claim)} by ${day("day of an earlier fall", other.shut_off)}.`;
  }
  return prose`Did it happen before? Such reading did, as those ${pagesBefore(found)} show; an earlier end of it, after which it began again, is not found.`;
}

function nothingFound(byMonth: pl.DataFrame): Prose {
  const rows = byMonth.toRecords();
  const [pages, all] = [sumOf(rows, "pages"), sumOf(rows, "all_pages")];
  if (all === 0)
    return prose`No page of the log could be told to be of one curriculum or the other.`;
  return prose`Students opened ${ofMonths.count("pages of the other program", pages, "page")} of the other program among ${ofMonths.count("pages of either curriculum", all, "page")} of either, and the share of them never fell by more than chance. ${began(byMonth)}`;
}
