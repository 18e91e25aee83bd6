import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { requireNumber, requireOneOf } from "../../stats/require-option";
import { frameOfArrays } from "./frame-of-arrays";
import { mostDistinct } from "./most-distinct";
import { addressDays, userDays } from "./reader-days";
import { MINUTE, readingFigures } from "./reading-figures";
import { scrapingFinding } from "./scraping-finding";
import { type ScrapingLimits, scrapingScore } from "./scraping-score";
import { usualDistinct } from "./usual-distinct";

export interface ScrapingDaysOptions extends Partial<ScrapingLimits> {
  /** Whose days: a user's or an address'. */
  by?: "user_id" | "ip";
  /** Share of peers' days that are usual. */
  usualShare?: number;
  /** Days that the others of a cohort must have for the cohort to be its own measure. */
  leastDays?: number;
}

/**
 * Days on which someone seems to copy the site rather than read it, on three kinds of evidence:
 *
 * - **bursts**: more different pages within a second or a minute than a person can open, or a
 *   browser loads for one page with all its pictures (`perSecond`, `perMinute`)
 * - **breadth**: more different pages within an hour than `perHour` and than peers open at most on
 *   a whole day; or `daysWorth` times as many on the day. Peers are the others of the cohort, or of
 *   the site where the cohort is not known or the others have fewer than `leastDays` days
 * - **order**: `perHour` shrinks by `orderWeight` times the share of steps in the site's order (see
 *   `visits`), though never below what peers open on a day
 *
 * The score is the highest of the counts, each over its limit. By `ip` each user of an address is
 * judged alone, and the row belongs to the user with the highest score: a campus is not suspicious
 * because many people share its address. A copy that goes on past midnight has a row on both days.
 *
 * What is missed: a copy spread over many accounts or days, and one at the pace and breadth of a
 * reader. Innocent explanations: a page that loads more than `perSecond` pictures, all bookmarks of
 * a folder opened at once, a browser that fetches links ahead, lessons saved at the end of class.
 *
 * @param accessLog access log in any order: `timestamp`, `path`, `user_id`, `ip`, `cohort_id`,
 *   `cohort`; rows without a path, a time or a user count for nothing
 * @returns one row per user (or address) and day with pages, by both: `user_id` or `ip`, `date`,
 *   `pages`, `distinct_pages`, `most_per_second`, `most_per_minute`, `most_per_hour` (different
 *   pages), `in_site_order` (null without a step), `usual_distinct` (different pages that peers open
 *   at most on `usualShare` of their days; null where there is nobody else), `score` (above 1 is a
 *   flag), `finding` (null where there is no flag)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 * @example
 * where(scrapingDays(accessLog), { score: above(1) });
 */
export function scrapingDays(
  accessLog: pl.DataFrame,
  {
    by = "user_id",
    perSecond = 15,
    perMinute = 30,
    perHour = 60,
    daysWorth = 2.5,
    orderWeight = 0.5,
    usualShare = 0.995,
    leastDays = 1000,
  }: ScrapingDaysOptions = {},
): pl.DataFrame {
  const counts = { perSecond, perMinute, perHour, daysWorth };
  requireOneOf("scrapingDays", { by }, ["user_id", "ip"]);
  requireNumber("scrapingDays", { ...counts, leastDays }, { above: 0 });
  requireNumber("scrapingDays", { orderWeight }, { atLeast: 0, below: 1 });
  requireNumber("scrapingDays", { usualShare }, { above: 0, atMost: 1 });
  requireColumns("scrapingDays", accessLog, "timestamp", "path", "user_id", "ip");
  requireColumns("scrapingDays", accessLog, "cohort_id", "cohort");

  const readers = userDays(accessLog);
  const days = by === "user_id" ? readers : addressDays(readers);
  const { rows, starts, day, user, cohort } = days;
  const { in_site_order, ...most } = readingFigures(rows, starts);
  const most_per_hour = mostDistinct(rows, starts, 60 * MINUTE);
  const figures = { ...most, most_per_hour, in_site_order };
  // What peers open on a day is what they open from all addresses.
  const usualOf = usualDistinct(readers, { share: usualShare, leastDays });
  const usual = Array.from(user, (who, i) => usualOf(who, cohort[i]!));
  const limits = { ...counts, orderWeight };
  const scores = usual.map(({ pages }, i) => scrapingScore(figures, i, pages, limits));
  const context = { by, figures, usualShare, ...namesOf(accessLog, rows.values) };
  const findings = scores.map(({ score, within }, i) =>
    score > 1 ? scrapingFinding(days, i, { within, usual: usual[i]! }, context) : null,
  );

  const whose = Array.from(starts.subarray(0, -1), (row) => rows.codes[by]![row]!);
  const frame = frameOfArrays({
    date: day,
    ...figures,
    usual_distinct: Float64Array.from(usual, ({ pages }) => pages),
    score: Float64Array.from(scores, ({ score }) => score),
  });
  const all = pl.DataFrame([
    rows.values[by]!.gather(whose)
      .cast(by === "user_id" ? pl.Int64 : pl.String)
      .alias(by),
    ...frame.getColumns(),
    pl.Series("finding", findings, pl.String),
  ]);
  if (by === "user_id") return all;
  // Of several users of an address, the one with the highest score; of equal ones, the first.
  return all
    .sort({ by: "score", descending: true, maintainOrder: true })
    .unique({ subset: [by, "date"], keep: "first", maintainOrder: true })
    .sort([by, "date"]);
}

/** Users, addresses and cohorts by their places; of several names of one cohort the first by alphabet. */
function namesOf(accessLog: pl.DataFrame, values: Readonly<Record<string, pl.Series>>) {
  const names = accessLog.groupBy("cohort_id").agg(pl.col("cohort").cast(pl.String).min());
  const nameOf = new Map(names.rows() as [unknown, string | null][]);
  return {
    users: values.user_id!.toArray() as unknown[],
    addresses: values.ip!.toArray() as unknown[],
    cohorts: (values.cohort_id!.toArray() as unknown[]).map(
      (id) => nameOf.get(id) ?? `cohort ${id}`,
    ),
  };
}
