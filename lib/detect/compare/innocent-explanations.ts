import pl from "nodejs-polars";
import { count } from "../../log/count";
import { firstRow, type Row } from "../../log/first-row";
import { STAFF_COHORT_ID } from "../../log/programs";
import { int32, numbers } from "../../log/typed-arrays";
import { below, between, not, type Wanted, where } from "../../log/where";
import { median } from "../../stats/quantile";
import { counted, formatCount, formatNumber } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";

/** Something harmless that would look the same, and what the log says of it. */
export interface InnocentExplanation {
  explanation: string;
  evidence: string;
  fits: boolean;
}

interface FlaggedDay {
  own: pl.DataFrame;
  rows: pl.DataFrame;
  day: Date;
}

const DAY = 86_400_000;
/** Files that a page loads by itself. */
const FILE = /\.(?:jpe?g|png|gif|svg|ico|css|js|json|woff2?)$/i;

export function innocentExplanations(
  accessLog: pl.DataFrame,
  flagged: FlaggedDay,
): InnocentExplanation[] {
  const paths = flagged.rows.getColumn("path").dropNulls().toArray() as string[];
  const different = new Set(paths).size;
  const files = paths.filter((path) => FILE.test(path)).length;
  const inCohort = firstRow(where(flagged.rows, { cohort_id: not(null) }));
  return [
    ...(inCohort ? [busyClass(accessLog, inCohort, flagged.day)] : []),
    {
      explanation: "Pages load pictures and files by themselves.",
      evidence: `${formatCount(files)} of ${formatCount(paths.length)} requests are for such files.`,
      fits: files > paths.length / 2,
    },
    {
      explanation: "The same few pages were opened again and again: exercises, a tab that reloads.",
      evidence: `${formatCount(different)} of the ${formatCount(paths.length)} pages are different ones.`,
      fits: different <= paths.length / 3,
    },
    comeback(flagged),
    schoolWork(flagged),
    severalDevices(flagged.rows),
  ];
}

/** How much more than usual the others of a class must read for the class to be busy. */
const BUSY = 1.5;
const DAYS_BEFORE = 30;

function busyClass(
  accessLog: pl.DataFrame,
  { user_id, cohort_id, cohort }: Row,
  day: Date,
): InnocentExplanation {
  const others = where(accessLog, {
    cohort_id,
    date: between(new Date(+day - DAYS_BEFORE * DAY), day),
    user_id: not(user_id),
    path: not(null),
  });
  const pagesOfDays = (date: Wanted) =>
    numbers(count(where(others, { date }), ["user_id", "date"]), "rows");
  const [that, before] = [pagesOfDays(day), pagesOfDays(not(day))];
  const [pages, usual] = [median(that), median(before)];
  const name = visibleText(cohort ?? `cohort ${cohort_id}`, { max: 60 });
  const month =
    before.length > 0
      ? `${formatNumber(usual, 1)} on the days of the month before`
      : "nothing is known of the month before";
  return {
    explanation: "The whole class was busy: a project, an exam, a new section.",
    evidence:
      that.length === 0
        ? `Nobody else of ${name} read anything that day.`
        : `${counted(that.length, "other")} of ${name} opened ${formatNumber(pages, 1)} pages that day (median); ${month}.`,
    fits: pages >= BUSY * usual, // NaN without days
  };
}

/** Days without reading after which someone comes back. */
const AWAY = 14;

function comeback({ own, day }: FlaggedDay): InnocentExplanation {
  const before = int32(where(own, { date: below(day) }).sort("date"), "date");
  if (before.length === 0) {
    return {
      explanation: "Everybody has a first day, and nothing to compare it with.",
      evidence: "The user had read nothing before.",
      fits: true,
    };
  }
  const quiet = +day / DAY - before.at(-1)! - 1;
  return {
    explanation: "Somebody came back after a long time, for a new job or an interview.",
    evidence:
      quiet === 0
        ? "The user had read the day before as well."
        : `The user had read nothing for ${counted(quiet, "day")}.`,
    fits: quiet >= AWAY,
  };
}

function schoolWork({ own, rows }: FlaggedDay): InnocentExplanation {
  const isStaff = (frame: pl.DataFrame) => where(frame, { cohort_id: STAFF_COHORT_ID }).height > 0;
  const [then, ever] = [isStaff(rows), isStaff(own)];
  const cohorts = own.getColumn("cohort_id").dropNulls().nUnique();
  const staff = `${ever ? "" : "not "}labelled as staff${ever && !then ? " at another time" : ""}`;
  const classes = cohorts === 0 ? "no cohort" : `${counted(cohorts, "cohort")} over the whole log`;
  return {
    explanation: "Staff prepare lessons; some students change classes and read everything anew.",
    evidence: `The user is ${staff} and belongs to ${classes}.`,
    fits: ever || cohorts > 1,
  };
}

function severalDevices(rows: pl.DataFrame): InnocentExplanation {
  const addresses = rows.getColumn("ip").dropNulls().nUnique();
  const time = pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Float64);
  const times = numbers(rows.select(time).dropNulls(), "timestamp");
  const hours = times.length > 0 ? (times.at(-1)! - times[0]!) / 3_600_000 : 0;
  return {
    explanation: "A phone beside a computer, or a carrier that changes addresses.",
    evidence: `${counted(addresses, "address", "addresses")} within ${formatNumber(hours, 1)} hours.`,
    fits: addresses > 1,
  };
}
