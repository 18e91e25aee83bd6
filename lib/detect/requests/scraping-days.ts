import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { frameOfArrays } from "../../log/typed-columns";
import { requireNumber, requireOneOf } from "../../stats/require-option";
import { addressDays, userDays, userNames } from "./reader-days";
import { MINUTE, mostDistinct, readingFigures } from "./reading-figures";
import { scrapingFinding } from "./scraping-finding";
import { type ScrapingLimits, scrapingScore } from "./scraping-score";
import { usualOfPeers } from "./usual-of-peers";

export interface ScrapingDaysOptions extends Partial<ScrapingLimits> {
  by?: "user_id" | "ip";
  usualShare?: number;
  /** Days that the others of a cohort must have for the cohort to be its own measure. */
  leastDays?: number;
}

/**
 * Days on which someone seems to copy the site rather than read it, by different pages in a second,
 * a minute, an hour and the day. The limit of an hour is at least what peers open on a day (others
 * of the cohort, or others without one; of the site where these are few), and lower the more steps
 * follow the site's order. By `ip` each user of an address is judged alone, and the row belongs to
 * the highest score. Rows without a path, a time or a user do not count.
 * @returns one row per user (or address) and day with pages, by both: `user_id` or `ip`, `date`,
 *   `pages`, `distinct_pages`, `most_per_second`, `most_per_minute`, `most_per_hour`,
 *   `in_site_order` (null without a step), `usual_distinct` (of peers, at most on `usualShare` of
 *   days; or null), `score` (the highest count over its limit), `finding` (null without a flag)
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
  const { rows, starts, day, user, cohort, distinct } = days;
  const { pages, in_site_order, ...most } = readingFigures(rows, starts);
  const most_per_hour = mostDistinct(rows, starts, 60 * MINUTE);
  const figures = { distinct_pages: distinct, ...most, most_per_hour, in_site_order };
  // What peers open on a day is what they open from all addresses.
  const peers = { share: usualShare, leastDays };
  const usualOf = usualOfPeers(readers, readers.distinct, peers);
  const usual = Array.from(user, (who, i) => usualOf(who, cohort[i]!));
  const limits = { ...counts, orderWeight };
  const scores = usual.map(({ pages }, i) => scrapingScore(figures, i, pages, limits));
  const context = { by, figures, usualShare, ...userNames(accessLog, rows) };
  const findings = scores.map(({ score, within }, i) =>
    score > 1 ? scrapingFinding(days, i, { within, usual: usual[i]! }, context) : null,
  );

  const whose = Array.from(starts.subarray(0, -1), (row) => rows.codes[by]![row]!);
  const frame = frameOfArrays({
    date: day,
    pages,
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
