import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { int32, numbers } from "../../log/typed-arrays";
import { valueAt } from "../../log/value-at";
import { median } from "../../stats/median";
import { formatCount, formatNumber } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";

/** Something harmless that would look the same, and what the log says of it. */
export interface InnocentExplanation {
  explanation: string;
  /** What was looked at, with its numbers. */
  evidence: string;
  /** Whether the evidence speaks for it. */
  fits: boolean;
}

interface FlaggedDay {
  /** All rows of the user. */
  own: pl.DataFrame;
  /** Those of the day. */
  rows: pl.DataFrame;
  day: Date;
}

const DAY = 86_400_000;

/**
 * What else could be behind a day that stands out, each held against the log: a class that
 * was busy as a whole, pages that load their pictures, the same page over and over, a
 * return after a long time, work for the school, a second class, several devices.
 */
export function innocentExplanations(
  accessLog: pl.DataFrame,
  flagged: FlaggedDay,
): InnocentExplanation[] {
  return [
    busyClass(accessLog, flagged),
    loadedFiles(flagged),
    sameAgain(flagged),
    comeback(flagged),
    schoolWork(flagged),
    severalDevices(flagged),
  ].filter((one): one is InnocentExplanation => one !== undefined);
}

/** How much more than usual the others of a class must read for the class to be busy. */
const BUSY = 1.5;
const DAYS_BEFORE = 30;

function busyClass(
  accessLog: pl.DataFrame,
  { rows, day }: FlaggedDay,
): InnocentExplanation | undefined {
  const cohort = firstKnown(rows, "cohort_id");
  if (cohort === undefined) return undefined;
  const user = firstKnown(rows, "user_id")!;
  const from = new Date(day.getTime() - DAYS_BEFORE * DAY);
  const others = accessLog
    .filter(
      pl
        .col("cohort_id")
        .eq(pl.lit(cohort))
        .and(pl.col("date").gtEq(pl.lit(from)))
        .and(pl.col("date").ltEq(pl.lit(day)))
        .and(pl.col("user_id").neq(pl.lit(user)))
        .and(pl.col("path").isNotNull()),
    )
    .groupBy(["user_id", "date"])
    .agg(pl.len().cast(pl.Float64).alias("pages"));
  const on = (isThat: boolean) => {
    const days = others.filter(
      isThat ? pl.col("date").eq(pl.lit(day)) : pl.col("date").neq(pl.lit(day)),
    );
    return { users: days.height, pages: median(numbers(days, "pages")) || 0 };
  };
  const [that, before] = [on(true), on(false)];
  const name = visibleText(firstKnown<string>(rows, "cohort") ?? `cohort ${cohort}`, { max: 60 });
  const usual =
    before.users > 0
      ? `${formatNumber(before.pages, 1)} on the days of the month before`
      : "nothing is known of the month before";
  return {
    explanation: "The whole class was busy: a project, an exam, a new section.",
    evidence:
      that.users === 0
        ? `Nobody else of ${name} read anything that day.`
        : `${formatCount(that.users)} ${that.users === 1 ? "other" : "others"} of ${name} opened ${formatNumber(that.pages, 1)} pages that day (median); ${usual}.`,
    fits: that.users > 0 && before.users > 0 && that.pages >= BUSY * before.pages,
  };
}

/** Files that a page loads by itself. */
const FILE = /\.(?:jpe?g|png|gif|svg|ico|css|js|json|woff2?)$/i;

function loadedFiles({ rows }: FlaggedDay): InnocentExplanation {
  const paths = pathsOf(rows);
  const files = paths.filter((path) => FILE.test(path)).length;
  return {
    explanation: "Pages load pictures and files by themselves.",
    evidence: `${formatCount(files)} of ${formatCount(paths.length)} requests are for such files.`,
    fits: files > paths.length / 2,
  };
}

function sameAgain({ rows }: FlaggedDay): InnocentExplanation {
  const paths = pathsOf(rows);
  const different = new Set(paths).size;
  return {
    explanation: "The same few pages were opened again and again: exercises, a tab that reloads.",
    evidence: `${formatCount(different)} of the ${formatCount(paths.length)} pages are different ones.`,
    fits: different <= paths.length / 3,
  };
}

/** Days without reading after which someone comes back. */
const AWAY = 14;

function comeback({ own, day }: FlaggedDay): InnocentExplanation {
  const before = int32(own.filter(pl.col("date").lt(pl.lit(day))), "date");
  if (before.length === 0) {
    return {
      explanation: "Everybody has a first day, and nothing to compare it with.",
      evidence: "The user had read nothing before.",
      fits: true,
    };
  }
  const last = before.reduce((a, b) => Math.max(a, b));
  const quiet = Math.floor(day.getTime() / DAY) - last - 1;
  return {
    explanation: "Somebody came back after a long time, for a new job or an interview.",
    evidence:
      quiet === 0
        ? "The user had read the day before as well."
        : `The user had read nothing for ${formatCount(quiet)} ${quiet === 1 ? "day" : "days"}.`,
    fits: quiet >= AWAY,
  };
}

function schoolWork({ own, rows }: FlaggedDay): InnocentExplanation {
  const isStaff = (frame: pl.DataFrame) =>
    frame.filter(pl.col("cohort_id").eq(pl.lit(STAFF_COHORT_ID))).height > 0;
  const [then, ever] = [isStaff(rows), isStaff(own)];
  const cohorts = own.getColumn("cohort_id").dropNulls().nUnique();
  const classes =
    cohorts === 0
      ? "belongs to no cohort"
      : `belongs to ${formatCount(cohorts)} ${cohorts === 1 ? "cohort" : "cohorts"} over the whole log`;
  return {
    explanation: "Staff prepare lessons; some students change classes and read everything anew.",
    evidence: `The user is ${then ? "labelled as staff" : ever ? "labelled as staff at another time" : "not labelled as staff"} and ${classes}.`,
    fits: ever || cohorts > 1,
  };
}

function severalDevices({ rows }: FlaggedDay): InnocentExplanation {
  const addresses = rows.getColumn("ip").dropNulls().nUnique();
  const times = rows.getColumn("timestamp").cast(pl.Datetime("ms")).dropNulls();
  const stamps = times.cast(pl.Int64).cast(pl.Float64).toTypedArray() as Float64Array;
  const hours = stamps.length > 0 ? (stamps[stamps.length - 1]! - stamps[0]!) / 3_600_000 : 0;
  return {
    explanation: "A phone beside a computer, or a carrier that changes addresses.",
    evidence: `${formatCount(addresses)} ${addresses === 1 ? "address" : "addresses"} within ${formatNumber(hours, 1)} hours.`,
    fits: addresses > 1,
  };
}

function pathsOf(rows: pl.DataFrame): string[] {
  return rows.getColumn("path").dropNulls().toArray() as string[];
}

function firstKnown<T = number>(rows: pl.DataFrame, name: string): T | undefined {
  const values = rows.getColumn(name).dropNulls();
  return values.length > 0 ? (valueAt(values, 0) as T) : undefined;
}
