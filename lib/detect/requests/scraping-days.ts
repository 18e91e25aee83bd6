import pl from "nodejs-polars";
import { picked } from "../../log/log-arrays";
import { requireColumns } from "../../log/require-columns";
import { requireNumber, requireOneOf } from "../../log/require-option";
import { frameOfArrays } from "./frame-of-arrays";
import { mostDistinct } from "./most-distinct";
import { addressDays, type ReaderDays, someDays, userDays } from "./reader-days";
import { MINUTE, readingFigures } from "./reading-figures";
import { scrapingFinding } from "./scraping-finding";
import {
  fewestPages,
  type ScrapingLimits,
  type ScrapingScore,
  scrapingScore,
} from "./scraping-score";
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
 * - **breadth**: more different pages within one hour than peers open at most on a whole day,
 *   and more than `perHour`; or, for a slow copy, `daysWorth` times as many on the day. Peers are
 *   the others of the reader's cohort; where the cohort is not known, or the others have fewer
 *   than `leastDays` days with pages, all others on the site
 * - **order**: the more of the steps from page to page follow the site's order (see `visits`),
 *   the fewer pages in an hour it takes: `perHour` shrinks by `orderWeight` times
 *   `in_site_order`, though never below what peers open on a day
 *
 * The score is the highest of the counts (second, minute, hour, day), each over its limit. By `ip`
 * each user of an address is judged alone, and the row is that of the user with the highest score:
 * a campus is not suspicious because many people share its address. A copy that goes on past
 * midnight has a row on both days.
 *
 * What is missed: a copy spread over many accounts or many days, and one that keeps to the
 * pace and the breadth of a reader. Innocent explanations: a page that loads more than
 * `perSecond` pictures, all bookmarks of a folder opened at once, a browser that fetches links
 * ahead, someone who saves the lessons at the end of class.
 *
 * @param accessLog access log in any order: `timestamp`, `path`, `user_id`, `ip`, `cohort_id`,
 *   `cohort`; rows without a path, a time or a user count for nothing
 * @returns one row per user (or address) and day with pages, by both: `user_id` (Int64) or `ip`
 *   (String), `date` (Date), `pages`, `distinct_pages`, `most_per_second`, `most_per_minute`,
 *   `most_per_hour` (Int64), `in_site_order` (Float64, null without a step), `usual_distinct`
 *   (Int64, different pages that peers open at most on `usualShare` of their days; null where
 *   there is nobody else), `score` (Float64, above 1 is a flag), `finding` (String, null where
 *   there is no flag)
 * @throws {RangeError} if `by` is neither of the two, a limit or `leastDays` is not above 0,
 *   `orderWeight` is not from 0 to below 1, or `usualShare` not above 0 and at most 1
 * @throws {Error} if a column is missing or of another type
 * @example
 * scrapingDays(accessLog).filter(pl.col("score").gt(pl.lit(1)));
 */
export function scrapingDays(
  accessLog: pl.DataFrame,
  options: ScrapingDaysOptions = {},
): pl.DataFrame {
  return judged(accessLog, options, false);
}

/** Those of `scrapingDays` that are flagged, in a fraction of its time. */
export function flaggedScrapingDays(
  accessLog: pl.DataFrame,
  options: ScrapingDaysOptions = {},
): pl.DataFrame {
  return judged(accessLog, options, true);
}

function judged(
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
  }: ScrapingDaysOptions,
  onlyFlagged: boolean,
): pl.DataFrame {
  const counts = { perSecond, perMinute, perHour, daysWorth };
  requireOneOf("scrapingDays", { by }, ["user_id", "ip"]);
  requireNumber("scrapingDays", { ...counts, leastDays }, { above: 0 });
  requireNumber("scrapingDays", { orderWeight }, { atLeast: 0, below: 1 });
  requireNumber("scrapingDays", { usualShare }, { above: 0, atMost: 1 });
  requireColumns("scrapingDays", accessLog, "timestamp", "path", "user_id", "ip");
  requireColumns("scrapingDays", accessLog, "cohort_id", "cohort");
  const limits = { ...counts, orderWeight };

  const readers = userDays(accessLog);
  const readersPages = mostDistinct(readers.rows, readers.starts, Infinity);
  // What peers open on a day is what they open from all addresses.
  const usualOf = usualDistinct(readers, readersPages, { share: usualShare, leastDays });
  // From one address nobody opens more than from all.
  const isLikely = Uint8Array.from(readersPages, (pages) => Number(pages > fewestPages(limits)));
  const likely = onlyFlagged ? someDays(readers, isLikely) : readers;
  const days = by === "user_id" ? likely : addressDays(likely);
  const { rows, starts } = days;
  const figures = {
    ...readingFigures(rows, starts),
    most_per_hour: mostDistinct(rows, starts, 60 * MINUTE),
  };
  const usual = Array.from(days.user, (user, day) => usualOf(user, days.cohort[day]!));
  const scores = usual.map(({ pages }, day) => scrapingScore(figures, day, pages, limits));

  const all = by === "user_id" ? [...scores.keys()] : worstOfAddresses(days, scores);
  const kept = Int32Array.from(onlyFlagged ? all.filter((day) => scores[day]!.score > 1) : all);
  const context = { by, figures, usualShare, ...namesOf(accessLog, rows.values) };
  const findings = Array.from(kept, (day) =>
    scores[day]!.score > 1
      ? scrapingFinding(days, day, { ...scores[day]!, usual: usual[day]! }, context)
      : null,
  );
  const of = (values: Int32Array) => picked(values, kept, new Int32Array(kept.length));
  const frame = frameOfArrays({
    date: of(days.day),
    pages: of(figures.pages),
    distinct_pages: of(figures.distinct_pages),
    most_per_second: of(figures.most_per_second),
    most_per_minute: of(figures.most_per_minute),
    most_per_hour: of(figures.most_per_hour),
    in_site_order: picked(figures.in_site_order, kept, new Float64Array(kept.length)),
    usual_distinct: Float64Array.from(kept, (day) => usual[day]!.pages),
    score: Float64Array.from(kept, (day) => scores[day]!.score),
  });
  const whose = rows.values[by]!.gather(Array.from(kept, (day) => rows.codes[by]![starts[day]!]!));
  return pl
    .DataFrame([
      whose.cast(by === "user_id" ? pl.Int64 : pl.String).alias(by),
      ...frame.getColumns(),
      pl.Series("finding", findings, pl.String),
    ])
    .sort([by, "date"]);
}

/** Of each address and day, the user's day with the highest score; of equal ones, the first user's. */
function worstOfAddresses(
  { rows, starts, day }: ReaderDays,
  scores: readonly ScrapingScore[],
): number[] {
  const worst = new Map<string, number>();
  scores.forEach(({ score }, i) => {
    const key = `${rows.codes.ip![starts[i]!]} ${day[i]}`;
    const other = worst.get(key);
    if (other === undefined || score > scores[other]!.score) worst.set(key, i);
  });
  return [...worst.values()];
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
