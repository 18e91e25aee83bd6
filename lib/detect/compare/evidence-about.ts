import type pl from "nodejs-polars";
import { count } from "../../log/count";
import { firstRow } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { monthsBetween } from "../../log/months-between";
import { STAFF_COHORT_ID } from "../../log/programs";
import { int32 } from "../../log/typed-arrays";
import { typedColumns } from "../../log/typed-columns";
import { not, where } from "../../log/where";
import { pageRows } from "../requests/page-rows";
import { MINUTE, mostDistinct } from "../requests/reading-figures";

export interface EvidenceAboutOptions {
  users?: readonly number[];
  addresses?: readonly string[];
}

/**
 * What the log says of users and addresses that somebody has named: to check a claim about them.
 * @returns one row per name, users first, in the order given: `what`, `who`, `pages`, `days`,
 *   `first_day`, `last_day`, `users`, `addresses`, `busiest_day` (of several the first) and of that
 *   day `busiest_day_pages`, `distinct_pages`, `most_per_minute`, `cohort` (of most pages),
 *   `end_date`, `months_after_end` (null in class, of Staff and without a date)
 * @throws {Error} if a column is missing or of another type
 * @example
 * evidenceAbout(accessLog, { users: [313], addresses: ["198.18.0.1"] });
 */
export function evidenceAbout(
  accessLog: pl.DataFrame,
  { users = [], addresses = [] }: EvidenceAboutOptions,
): pl.DataFrame {
  const needed = ["timestamp", "date", "path", "user_id", "ip"] as const;
  const log = typedColumns("evidenceAbout", accessLog, ...needed, "cohort_id", ...OF_CLASS);
  const pages = where(log, { path: not(null), date: not(null) });
  const rows = [
    ...users.map((id) => evidence("user", String(id), where(pages, { user_id: id }))),
    ...addresses.map((ip) => evidence("address", ip, where(pages, { ip }))),
  ];
  return frameOf(rows, "what", "who", ...OF_ALL_PAGES, ...OF_DAY, ...OF_CLASS, "months_after_end");
}

const OF_ALL_PAGES = ["pages", "days", "first_day", "last_day", "users", "addresses"] as const;
const OF_DAY = ["busiest_day", "busiest_day_pages", "distinct_pages", "most_per_minute"] as const;
const OF_CLASS = ["cohort", "end_date"] as const;

function evidence(what: string, who: string, pages: pl.DataFrame): Record<string, unknown> {
  const different = (name: string) => pages.getColumn(name).dropNulls().nUnique();
  const mostPagesFirst = count(pages, "date");
  const days = int32(mostPagesFirst, "date");
  const day = where(pages, { date: firstRow(mostPagesFirst)?.date ?? null });
  const rows = pageRows(day, []);
  return {
    what,
    who,
    pages: pages.height,
    days: days.length,
    first_day: days.length > 0 ? Math.min(...days) : null,
    last_day: days.length > 0 ? Math.max(...days) : null,
    users: different("user_id"),
    addresses: different("ip"),
    busiest_day: days[0],
    busiest_day_pages: day.height,
    distinct_pages: day.getColumn("path").nUnique(),
    most_per_minute: mostDistinct(rows, Int32Array.of(0, rows.time.length), MINUTE)[0] || null,
    ...cohortOf(day, days[0]!),
  };
}

/** The cohort of most of a day's rows, of several the first by id, and how long it is over. */
function cohortOf(rows: pl.DataFrame, day: number): Record<string, unknown> {
  const known = where(rows, { cohort_id: not(null) });
  const {
    cohort_id: id,
    cohort,
    end_date,
  } = firstRow(count(known, ["cohort_id", ...OF_CLASS])) ?? {};
  // Staff's dates are not dates of a class.
  if (!end_date || Number(id) === STAFF_COHORT_ID) return { cohort };
  const end = +end_date / 86_400_000;
  return { cohort, end_date: end, months_after_end: day > end ? monthsBetween(end, day) : null };
}
