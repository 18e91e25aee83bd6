import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { CURRICULUM_NAMES, DATA, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { not, where } from "../../log/where";
import { requireInteger } from "../../stats/require-option";
import { formatCount, formatDate, formatPercent } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { shutOffDay } from "./cross-program-shut-off";
import { dayNumber } from "./day-number";
import { pageCurricula } from "./page-curricula";
import { studentPages } from "./row-curricula";
import { withFindings } from "./with-findings";

export interface CrossProgramDaysOptions {
  curricula?: pl.DataFrame;
  /** First day without the other curriculum: a Date or ISO text; found where not given. */
  from?: Date | string;
  /** Pages of the other curriculum in a day that may be a mistake; one more is flagged. */
  allowed?: number;
}

/**
 * Days on which a student read the other program's curriculum, though it should not open any more.
 * Shared and unknown pages, Staff and users of no known program do not count.
 * @returns one row per user and day with pages of the other curriculum, by both: `user_id`, `date`,
 *   `pages` (of the other), `own_pages`, `share` (`pages` by both), `score` (`pages` by `allowed`;
 *   at most 1 before `from`), `finding` (null without a flag)
 * @throws {RangeError} if `allowed` is not an integer above 0 or `from` is not a day
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * crossProgramDays(accessLog, { from: "2020-01-01" });
 */
export function crossProgramDays(
  accessLog: pl.DataFrame,
  { curricula, from, allowed = 3 }: CrossProgramDaysOptions = {},
): pl.DataFrame {
  requireInteger("crossProgramDays", { allowed });
  const given = from === undefined ? null : dayNumber("crossProgramDays", "from", from);
  requireColumns("crossProgramDays", accessLog, ...COLUMNS);
  const pages = curricula ?? pageCurricula(accessLog);
  const days = crossDays(accessLog, pages);
  const since = given ?? shutOffDay(accessLog, pages) ?? Number.NEGATIVE_INFINITY;
  const share = pl
    .col("pages")
    .cast(pl.Float64)
    .div(pl.col("pages").add(pl.col("own_pages")));
  const dates = int32(days, "date");
  const score = numbers(days, "pages").map((count, i) =>
    dates[i]! < since ? Math.min(1, count / allowed) : count / allowed,
  );
  const shared = days.withColumns(share.alias("share"));
  const told = withFindings(shared, score, (row) => sentence(row, since, allowed));
  return told.drop("reader", "paths");
}

const COLUMNS = ["timestamp", "date", "path", "user_id", "cohort_id", "program_id"] as const;

function crossDays(accessLog: pl.DataFrame, curricula: pl.DataFrame): pl.DataFrame {
  const rows = studentPages("crossProgramDays", accessLog, curricula, COLUMNS);
  const days = where(rows, { user_id: not(null), date: not(null) });
  const pages = pl.len().cast(pl.Int64);
  const own = where(days, { cross: 0 }).groupBy("user_id", "date").agg(pages.alias("own_pages"));
  return where(days, { cross: 1 })
    .groupBy("user_id", "date")
    .agg(pages.alias("pages"), pl.col("reader").min(), pl.col("path").unique().alias("paths"))
    .join(own, { on: ["user_id", "date"], how: "left" })
    .withColumns(pl.col("own_pages").fillNull(pl.lit(0)).cast(pl.Int64))
    .select("user_id", "date", "pages", "own_pages", "reader", "paths")
    .sort(["user_id", "date"]);
}

const SHOWN = 3;

function sentence(row: Row, since: number, allowed: number): string {
  const [mine, other] = row.reader === DATA ? [DATA, WEB] : [WEB, DATA];
  const shown = (row.paths as string[]).sort().slice(0, SHOWN);
  const closed = Number.isFinite(since)
    ? `though they should not open since ${formatDate(new Date(since * 86_400_000))}`
    : "where no day is known since when they should not open";
  return (
    `A ${CURRICULUM_NAMES[mine]} student opened ${formatCount(row.pages)} pages of ` +
    `${CURRICULUM_NAMES[other]} (such as ${shown.map((path) => quotedText(path, { max: 60 })).join(", ")}), ${closed}: ` +
    `${formatPercent(row.share, 0)} of the day's lessons; up to ${formatCount(allowed)} may be a mistake.`
  );
}
