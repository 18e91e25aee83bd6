import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { requireColumns } from "../../log/require-columns";
import { addressDays, type JudgedDays, someDays, userDays } from "./judged-days";
import { mostDistinct } from "./most-distinct";
import { valuesOf } from "./page-rows";
import { MINUTE, readingFigures } from "./reading-figures";
import { type ScrapingEvidence, type ScrapingLimits, scrapingEvidence } from "./scraping-evidence";
import { scrapingFinding } from "./scraping-finding";
import { type Usual, usualDistinct } from "./usual-distinct";

export interface ScrapingDaysOptions extends Partial<ScrapingLimits> {
  /** Whose days: a user's or an address'. */
  by?: "user_id" | "ip";
  /** Share of peers' days that are usual. */
  usualShare?: number;
  /** Days that the others of a cohort must have for the cohort to be its own measure. */
  leastDays?: number;
}

/**
 * Days on which someone seems to copy the site rather than read it. Works without user agents
 * or sizes of answers, which such a log does not have, on three kinds of evidence:
 *
 * - **bursts**: more different pages within a second or a minute than a person can open, or a
 *   browser loads for one page with all its pictures (`perSecond`, `perMinute`)
 * - **breadth**: more different pages within one hour than peers open at most on a whole day,
 *   and more than `perHour`, a page a minute; or, for a slow copy, `daysWorth` times as many on
 *   the day. Peers are the others of the reader's cohort, so that a class which reads much
 *   may; where the cohort is not known, or the others have fewer than `leastDays` days with
 *   pages, all others on the site
 * - **order**: the more of the steps from page to page follow the site's order (see `visits`),
 *   the fewer pages in an hour it takes: `perHour` shrinks by `orderWeight` times
 *   `in_site_order`, though never below what peers open on a day. Order alone is no evidence:
 *   a short visit may well be in order
 *
 * The score is the highest of the counts (second, minute, hour, day), each over its limit.
 * The minute's limit is so much nearer to what people do than to what programs do that fast
 * bursts rank above slow copies.
 *
 * Every figure is of the requests of that date: a copy that goes on past midnight has a row on
 * both days, each with its part. A page is a different path: pictures that a page loads are
 * pages, as they are in the log. Rows without a path, a time or a user count for nothing, and
 * by address those without an address.
 *
 * By `ip` each user of an address is judged alone, and the address' row is the one of the user
 * with the highest score: a campus is not suspicious because many people share its address.
 *
 * What is missed: a copy spread over many accounts or many days, and one that keeps to the
 * pace and the breadth of a reader. Innocent explanations: a page that loads more than
 * `perSecond` pictures, all bookmarks of a folder opened at once, a browser that fetches links
 * ahead, someone who saves the lessons at the end of class.
 *
 * @param accessLog access log in any order: `timestamp`, `path`, `user_id`, `ip`, `cohort_id`,
 *   `cohort`
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
  return judged(accessLog, options, { onlyFlagged: false });
}

/** Those of `scrapingDays` that are flagged, in a fraction of its time. */
export function flaggedScrapingDays(
  accessLog: pl.DataFrame,
  options: ScrapingDaysOptions = {},
): pl.DataFrame {
  return judged(accessLog, options, { onlyFlagged: true });
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
  { onlyFlagged }: { onlyFlagged: boolean },
): pl.DataFrame {
  const limits = { perSecond, perMinute, perHour, daysWorth, orderWeight };
  requireOptions({ by, usualShare, leastDays, limits });
  requireColumns(
    "scrapingDays",
    accessLog,
    "timestamp",
    "path",
    "user_id",
    "ip",
    "cohort_id",
    "cohort",
  );

  const readers = userDays(accessLog);
  const readersPages = distinctOf(readers);
  // From one address nobody opens more than from all.
  const likely = onlyFlagged ? withMorePages(readers, readersPages, limits) : readers;
  const days = by === "user_id" ? likely : addressDays(likely);
  const spans = { starts: days.starts, pageCount: days.rows.paths.length };
  const figures = {
    ...readingFigures(days.rows, days.starts),
    perHour: mostDistinct(days.rows, { ...spans, stretch: 60 * MINUTE }),
  };
  // What peers open on a day is what they open from all addresses.
  const usualOf = usualDistinct(
    { ...readers, distinctPages: readersPages },
    { share: usualShare, leastDays },
  );
  // By index throughout: `Float64Array.from` with a function takes twenty times as long.
  const usual: Usual[] = [];
  const evidence: ScrapingEvidence[] = [];
  for (let i = 0; i < days.user.length; i++) {
    const peers = usualOf(days.user[i]!, days.cohort[i]!);
    usual.push(peers);
    evidence.push(scrapingEvidence(figures, i, peers.distinctPages, limits));
  }

  const judgedDays =
    by === "user_id" ? evidence.map((_, i) => i) : worstOfAddresses(days, evidence);
  const kept = onlyFlagged ? judgedDays.filter((i) => evidence[i]!.score > 1) : judgedDays;
  const context = { by, figures, usualShare, nameOf: cohortNames(accessLog) };
  const findings = kept.map((i) =>
    evidence[i]!.score > 1
      ? scrapingFinding(days, i, { ...context, evidence: evidence[i]!, usual: usual[i]! })
      : null,
  );
  const firstRows = new Int32Array(kept.length);
  const dates = new Int32Array(kept.length);
  for (let k = 0; k < kept.length; k++) {
    firstRows[k] = days.starts[kept[k]!]!;
    dates[k] = days.day[kept[k]!]!;
  }
  const figure = (name: string, of: (i: number) => number) => {
    const values = new Float64Array(kept.length);
    for (let k = 0; k < values.length; k++) values[k] = of(kept[k]!);
    return pl.Series(name, values);
  };
  return pl
    .DataFrame([
      valuesOf(days.rows, by === "user_id" ? 0 : 1, firstRows).alias(by),
      pl.Series("date", dates),
      figure("pages", (i) => figures.pages[i]!),
      figure("distinct_pages", (i) => figures.distinctPages[i]!),
      figure("most_per_second", (i) => figures.perSecond[i]!),
      figure("most_per_minute", (i) => figures.perMinute[i]!),
      figure("most_per_hour", (i) => figures.perHour[i]!),
      figure("in_site_order", (i) => figures.inSiteOrder[i]!),
      figure("usual_distinct", (i) => usual[i]!.distinctPages ?? Number.NaN),
      figure("score", (i) => evidence[i]!.score),
      pl.Series("finding", findings, pl.String),
    ])
    .withColumns(
      pl.col("date").cast(pl.Date),
      // Polars ranks NaN above every number.
      ...["in_site_order", "usual_distinct"].map((name) => pl.col(name).fillNan(pl.lit(null))),
    )
    .withColumns(
      ...COUNTS.map((name) => pl.col(name).cast(pl.Int64)),
      pl.col(by).cast(by === "user_id" ? pl.Int64 : pl.String),
    )
    .sort([by, "date"]);
}

const COUNTS = [
  "pages",
  "distinct_pages",
  "most_per_second",
  "most_per_minute",
  "most_per_hour",
  "usual_distinct",
];

function requireOptions({
  by,
  usualShare,
  leastDays,
  limits,
}: Required<Pick<ScrapingDaysOptions, "by" | "usualShare" | "leastDays">> & {
  limits: ScrapingLimits;
}): void {
  if (by !== "user_id" && by !== "ip") {
    throw new RangeError(`scrapingDays needs by to be user_id or ip, got ${by}`);
  }
  const { orderWeight, ...counts } = limits;
  for (const [name, value] of Object.entries({ ...counts, leastDays })) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`scrapingDays needs ${name} above 0, got ${value}`);
    }
  }
  if (!(orderWeight >= 0 && orderWeight < 1)) {
    throw new RangeError(
      `scrapingDays needs an orderWeight from 0 to below 1, got ${orderWeight}: it is the part of perHour that goes`,
    );
  }
  if (!(usualShare > 0 && usualShare <= 1)) {
    throw new RangeError(
      `scrapingDays needs a usualShare above 0 and at most 1, got ${usualShare}: it is a share of peers' days`,
    );
  }
}

/** Different pages of each day. */
function distinctOf({ rows, starts }: JudgedDays): Int32Array {
  return mostDistinct(rows, { starts, pageCount: rows.paths.length, stretch: Infinity });
}

/** Days with so many different pages that one of the limits could be passed, however they were opened. */
function withMorePages(
  days: JudgedDays,
  distinctPages: Int32Array,
  { perSecond, perMinute, perHour, daysWorth, orderWeight }: ScrapingLimits,
): JudgedDays {
  const least = Math.min(perSecond, perMinute, perHour * (1 - orderWeight), daysWorth * perHour);
  const spans: number[] = [];
  distinctPages.forEach((pages, i) => {
    if (pages > least) spans.push(i);
  });
  return someDays(days, Int32Array.from(spans));
}

/** More days than between any two in a log. */
const DAYS_OF_ALL_TIME = 2 ** 31;

/** Of each address and day, the user's day with the highest score; of equal ones, the first user's. */
function worstOfAddresses(
  { address, day }: JudgedDays,
  evidence: readonly ScrapingEvidence[],
): number[] {
  const worst = new Map<number, number>();
  evidence.forEach(({ score }, i) => {
    const key = address[i]! * DAYS_OF_ALL_TIME + day[i]!;
    const other = worst.get(key);
    if (other === undefined || score > evidence[other]!.score) worst.set(key, i);
  });
  return [...worst.values()];
}

/** Looks up cohorts' names by their place; of several names of one cohort the first by alphabet. */
function cohortNames(accessLog: pl.DataFrame): (cohort: number) => string | undefined {
  let names: (string | undefined)[] | undefined;
  return (cohort) => {
    names ??= namesOf(accessLog); // only a flagged day asks for them
    return names[cohort];
  };
}

function namesOf(accessLog: pl.DataFrame): (string | undefined)[] {
  const ids = codesOf(accessLog, "cohort_id");
  const names = codesOf(accessLog, "cohort", pl.String);
  const first = new Array<number>(ids.values.length).fill(Infinity);
  for (let row = 0; row < ids.codes.length; row++) {
    const [id, name] = [ids.codes[row]!, names.codes[row]!];
    if (id >= 0 && name >= 0 && name < first[id]!) first[id] = name;
  }
  const texts = names.values.toArray() as string[];
  return first.map((name) => texts[name]);
}
