import pl from "nodejs-polars";
import { DATA_ON_WEB, WEB_ON_DATA } from "../../detect/access/cross-program-by-month";
import { EITHER_DIRECTION } from "../../detect/access/cross-program-shut-off";
import { firstRow, type Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatCount, formatDate, formatNumber } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";

export interface CrossProgramAnswerOptions {
  /** Year in which access should have been shut off. */
  year?: number;
  /** `earlierShutOff`; of an earlier end nothing is said where not given. */
  earlier?: pl.DataFrame;
  /** `crossProgramDays`; of single days nothing is said where not given. */
  days?: pl.DataFrame;
}

/**
 * Whether students stopped reading the other program's curriculum, in words: when, how much
 * before and after, what is left, and whether it had stopped before.
 *
 * "Did it happen before?" can ask for cross-reading before the shut-off or for an earlier shut-off:
 * both are answered.
 *
 * @param byMonth what `crossProgramByMonth` gives
 * @param shutOffs what `crossProgramShutOff` gives, of all three directions
 * @throws {Error} if a frame lacks a column that is spoken of
 */
export function crossProgramAnswer(
  byMonth: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { year = 2019, earlier, days }: CrossProgramAnswerOptions = {},
): Answer {
  requireColumns("crossProgramAnswer", byMonth, "period", "direction", "pages", "all_pages");
  requireColumns("crossProgramAnswer", shutOffs, "direction", "shut_off");
  const found = directionOf(shutOffs, EITHER_DIRECTION);
  const isFound = found !== undefined && isDay(found.shut_off);
  return {
    number: 5,
    question: "Was access to the other program's curriculum shut off?",
    headline: isFound
      ? headline(found, year)
      : prose`No, no end of reading the other program's lessons is found`,
    details: isFound
      ? detailsOf(found, { byMonth, shutOffs, earlier, days })
      : nothingFound(byMonth),
    measure: prose`Of all pages of either curriculum that students open, the share that are the other program's, day by day; which curriculum a page belongs to is learned from who reads it, and the day is the one at which that share falls most.`,
    changes: prose`A list of which pages belong to which curriculum, and the day on which the setting was changed, would confirm or refute it.`,
    sure: isFound
      ? prose`Very, that reading fell: logs with their weeks in random order show such a fall with a probability of ${claimsFrom("crossProgramShutOff")("p-value of the shut-off", Number(found.p_value), { as: (p) => formatNumber(p, 4) })}; less, why, as a holiday, a new menu or other lessons would look the same.`
      : prose`Fairly: where few students read the other program's lessons, an end of it would hardly show.`,
  };
}

const isDay = (value: unknown): value is Date => value instanceof Date;

function directionOf(frame: pl.DataFrame, direction: string): Row | undefined {
  return firstRow(frame.filter(pl.col("direction").eq(pl.lit(direction))));
}

/** Pages of the other curriculum, summed over months; in one direction or both. */
function pagesInMonths(byMonth: pl.DataFrame, direction?: string): number {
  const rows = direction ? byMonth.filter(pl.col("direction").eq(pl.lit(direction))) : byMonth;
  return (rows.getColumn("pages").toArray() as unknown[]).reduce<number>(
    (sum, pages) => sum + Number(pages),
    0,
  );
}

const claim = claimsFrom("crossProgramShutOff");

const students = (what: string, count: unknown) =>
  claim(what, Number(count), { as: (n) => counted(n, "student") });

/** As both numbers on one scale: pages in a thousand. */
const perThousand = (rate: number) => `${formatNumber(1000 * rate)} in ${formatCount(1000)}`;

function headline(found: Row, year: number): Prose {
  const day = claim(
    "day from which the other program's lessons were hardly read",
    found.shut_off as Date,
    {
      as: formatDate,
    },
  );
  const before = prose`${students("students who read them before", found.users_before)} had read the other program's lessons`;
  return (found.shut_off as Date).getUTCFullYear() === year
    ? prose`Yes: it stopped by ${day}; until then ${before}`
    : prose`Not in ${claim("year asked about", String(year))}: it stopped by ${day}; until then ${before}`;
}

type Evidence = Pick<CrossProgramAnswerOptions, "earlier" | "days"> & {
  byMonth: pl.DataFrame;
  shutOffs: pl.DataFrame;
};

function detailsOf(found: Row, { byMonth, shutOffs, earlier, days }: Evidence): Prose {
  const last = claim("time of the last such page before", found.last_before as Date);
  const pages = claim("pages of the other program before", Number(found.pages_before), {
    as: (count) => counted(count, "page"),
    again: () => pagesInMonths(byMonth) - Number(found.pages_after),
  });
  const directions = [WEB_ON_DATA, DATA_ON_WEB].flatMap((direction) => {
    const row = directionOf(shutOffs, direction);
    return row && row.pages_before !== null ? [directionWords(row, direction)] : [];
  });
  const sentences = [
    prose`Until ${last}, ${students("students who read them before", found.users_before)} opened ${pages} of the other program, ${claim("share of the other program's pages before", Number(found.rate_before), { as: perThousand })} of the lessons that they read; from that day on it is ${claim("share of the other program's pages after", Number(found.rate_after), { as: perThousand })}.`,
    ...directions,
    strays(found, days),
    began(byMonth),
    before(found, earlier),
  ];
  return sentences.reduce((text, next) => prose`${text} ${next}`);
}

function directionWords(row: Row, direction: string): Prose {
  const who = direction === WEB_ON_DATA ? "web development students" : "data science students";
  const whose = direction === WEB_ON_DATA ? "data science" : "web development";
  const rate = (what: string, value: unknown) =>
    claim(`${what}: ${direction}`, Number(value), { as: perThousand });
  const day = row.shut_off;
  const when = isDay(day)
    ? prose`by ${claim(`day from which it stopped: ${direction}`, day, { as: formatDate })}`
    : prose`at most, which may be chance`;
  return prose`Of ${who} on ${whose} it falls from ${rate("share before", row.rate_before)} to ${rate("share after", row.rate_after)} ${when}.`;
}

function strays(found: Row, days: pl.DataFrame | undefined): Prose {
  const pages = Number(found.pages_after);
  if (pages === 0) return prose`Not a single page of the other program has been opened since.`;
  const left = prose`What is left are ${claim("pages of the other program after", pages, { as: (count) => counted(count, "page") })} of ${students("students who read them after", found.users_after)}`;
  if (!days) return prose`${left}.`;
  requireColumns("crossProgramAnswer (days)", days, "score");
  const many = days.filter(pl.col("score").gt(pl.lit(1))).height;
  return many === 0
    ? prose`${left}, never more on a day than may be a wrong turn.`
    : prose`${left}, on ${claimsFrom("crossProgramDays")("days with more such pages than may be a wrong turn", many, { as: (count) => counted(count, "day") })} more of them than may be a wrong turn.`;
}

/** Since when there were students of data science at all. */
function began(byMonth: pl.DataFrame): Prose {
  const own = byMonth
    .filter(
      pl
        .col("direction")
        .eq(pl.lit(DATA_ON_WEB))
        .and(pl.col("all_pages").gt(pl.lit(0))),
    )
    .sort(["period"]);
  const first = firstRow(own)?.period;
  if (!isDay(first)) return prose`The log has no data science students.`;
  const month = claimsFrom("crossProgramByMonth")("first month with data science students", first, {
    as: monthWords,
  });
  return prose`Data science students read only from ${month} on: before, one direction could not happen.`;
}

function monthWords(day: Date): string {
  return day.toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
}

/** Whether it had stopped before, and begun again. */
function before(found: Row, earlier: pl.DataFrame | undefined): Prose {
  if (!earlier) return prose``;
  requireColumns("crossProgramAnswer (earlier)", earlier, "direction", "shut_off");
  const other = directionOf(earlier, EITHER_DIRECTION);
  if (other && isDay(other.shut_off) && +other.shut_off < +(found.shut_off as Date)) {
    const early = claimsFrom("earlierShutOff");
    const rate = (what: string, value: unknown) => early(what, Number(value), { as: perThousand });
    return prose`It had fallen before: from ${rate("share before an earlier fall", other.rate_before)} to ${rate("share after an earlier fall", other.rate_after)} by ${early("day of an earlier fall", other.shut_off, { as: formatDate })}.`;
  }
  return prose`Did it happen before? Such reading did, as those ${claim("pages of the other program before", Number(found.pages_before), { as: (count) => counted(count, "page") })} show; an earlier end of it, after which it began again, is not found.`;
}

/** What can be said where it did not stop. */
function nothingFound(byMonth: pl.DataFrame): Prose {
  const pages = pagesInMonths(byMonth);
  const all = (byMonth.getColumn("all_pages").toArray() as unknown[]).reduce<number>(
    (sum, count) => sum + Number(count),
    0,
  );
  if (all === 0)
    return prose`No page of the log could be told to be of one curriculum or the other.`;
  const months = claimsFrom("crossProgramByMonth");
  return prose`Students opened ${months("pages of the other program", pages, { as: (count) => counted(count, "page") })} of the other program among ${months("pages of either curriculum", all, { as: (count) => counted(count, "page") })} of either, and the share of them never fell by more than chance. ${began(byMonth)}`;
}
