import pl from "nodejs-polars";
import { median } from "../../stats/median";
import { formatCount, formatNumber } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { visibleText } from "../../words/visible-text";
import { MAD_TO_DEVIATION } from "../bands/robust-bands";
import { ascending, type SurpriseBits, sortBy, surpriseBits, taken } from "./surprise-bits";
import { type SurpriseViews, surpriseViews } from "./surprise-views";

export interface SurprisingDaysOptions {
  /** Robust standard deviations of all days' excess by which a flagged day lies above their median. */
  threshold?: number;
}

/**
 * Days on which someone opened pages that are improbable for their program, cohort and week:
 * another program's lessons, paths that the site does not have, parts of it that nobody reads.
 *
 * A page's surprise is minus log2 of its probability, in bits
 * ([information content](https://en.wikipedia.org/wiki/Information_content)). The probability
 * is that of the peers: how often others opened the page in the user's cohort that week,
 * backed off to the program that week, the program, the whole site, and at last one guess
 * among all known paths and an unknown one. Each step weighs the wider one's probability like
 * as many page views as the narrower one has different pages (I. H. Witten and T. C. Bell, "The
 * zero-frequency problem", 1991), so there is nothing to tune: where a cohort reads many
 * pages once each, it says little. The user's own page views are left out of every count:
 * nobody makes their own reading probable. A page counts once per user and day, because
 * opening it again says nothing new.
 *
 * What is expected is what their own pages cost the peers on average, backed off in the same
 * way (a cross entropy). The excess of surprise over that, summed over the day's pages, is
 * held against the excess of all days: a flag lies more than `threshold` robust
 * standard deviations (1.4826 times the median absolute deviation, at least one bit) above their
 * median. The excess of ordinary days has a heavy tail, so 25 is not as extreme as it sounds: on
 * three synthetic logs with ten planted stories of each kind it flags 20 to 25 days and is right on
 * 66 of 67; from 24 to 28 about the same ones. With 18 it flags 26 to 38 and is right on nine of ten.
 *
 * Reading much adds up: a day of many slightly unusual pages is flagged like one of a few very
 * unusual ones. Someone who alone does honest work (a new course, an old layout) is surprising
 * too, and a story that a whole cohort shares is not.
 *
 * @param accessLog access log: `date`, `path`, `user_id`, `cohort_id`, `cohort`, `program_id`
 * @returns one row per user and day with page views, by both: `user_id` (Int64), `date` (Date),
 *   `pages` (Int64, page views), `distinct_pages` (Int64, those that count: different ones, once
 *   for each cohort of the user's), `surprise_bits`, `expected_bits`, `excess_bits` (Float64,
 *   sums over them), `score` (Float64, above 1 is a flag), `finding` (String, null where
 *   nothing is flagged)
 * @throws {RangeError} if `threshold` is not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * surprisingDays(accessLog).filter(pl.col("score").gt(pl.lit(1)));
 */
export function surprisingDays(
  accessLog: pl.DataFrame,
  { threshold = 25 }: SurprisingDaysOptions = {},
): pl.DataFrame {
  if (!(threshold > 0 && threshold < Infinity)) {
    throw new RangeError(
      `surprisingDays needs a threshold above 0, got ${threshold}: ` +
        "it is the number of standard deviations above the median from which a day is flagged",
    );
  }
  const coded = surpriseViews("surprisingDays", accessLog, ["cohort"]);
  const bits = surpriseBits(coded);
  const days = sumDays(coded, bits);
  const excess = days.surprise.map((sum, i) => sum - days.expected[i]!);
  const { median, deviation } = spreadOf(excess);
  const score = excess.map((value) => (value - median) / (threshold * deviation));
  const findings = Array.from(score, () => null as string | null);
  const flagged = Array.from(score.keys()).filter((day) => score[day]! > 1);
  const told = tell(coded, accessLog.getColumn("cohort"), { bits, days, flagged });
  flagged.forEach((day, i) => {
    findings[day] = told[i]!;
  });

  const userIds = coded.users.cast(pl.Float64).toArray() as number[];
  const first = days.rows;
  return pl.DataFrame([
    pl.Series(
      "user_id",
      Array.from(first, (row) => userIds[coded.user[row]!]!),
      pl.Int64,
    ),
    pl
      .Series(
        "date",
        Array.from(first, (row) => coded.day[row]!),
        pl.Int32,
      )
      .cast(pl.Date),
    pl.Series("pages", days.pages).cast(pl.Int64),
    pl.Series("distinct_pages", days.distinct).cast(pl.Int64),
    pl.Series("surprise_bits", days.surprise),
    pl.Series("expected_bits", days.expected),
    pl.Series("excess_bits", excess),
    pl.Series("score", score),
    pl.Series("finding", findings, pl.String),
  ]);
}

/** Sums of each user's days, by user and day. */
interface Days {
  /** A row of the views on that day. */
  rows: Int32Array;
  pages: Int32Array;
  distinct: Int32Array;
  surprise: Float64Array;
  expected: Float64Array;
  /** Places in `SurpriseBits`, by user and day. */
  sorted: Int32Array;
  /** Where each day's places end. */
  ends: Int32Array;
}

function sumDays(
  { user, day }: SurpriseViews,
  { rows, surprise, expected, place }: SurpriseBits,
): Days {
  const views = new Int32Array(rows.length);
  for (let row = 0; row < place.length; row++) views[place[row]!]!++;
  const users = taken(user, rows);
  const dates = taken(day, rows);
  // In the order of surprise: cohorts and pages follow each other alike for any order of the log.
  const sorted = [dates, users].reduce(sortBy, ascending(rows.length));
  const ends: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const [at, next] = [sorted[i]!, sorted[i + 1]];
    if (next === undefined || users[next] !== users[at] || dates[next] !== dates[at]) {
      ends.push(i + 1);
    }
  }
  const days: Days = {
    rows: Int32Array.from(ends, (end) => rows[sorted[end - 1]!]!),
    pages: new Int32Array(ends.length),
    distinct: new Int32Array(ends.length),
    surprise: new Float64Array(ends.length),
    expected: new Float64Array(ends.length),
    sorted,
    ends: Int32Array.from(ends),
  };
  let i = 0;
  ends.forEach((end, d) => {
    days.distinct[d] = end - i;
    for (; i < end; i++) {
      const at = sorted[i]!;
      days.pages[d]! += views[at]!;
      days.surprise[d]! += surprise[at]!;
      days.expected[d]! += expected[at]!;
    }
  });
  return days;
}

function spreadOf(values: Float64Array): { median: number; deviation: number } {
  const middle = median(values);
  const distance = median(values.map((value) => Math.abs(value - middle)));
  return { median: middle, deviation: Math.max(1, MAD_TO_DEVIATION * distance) };
}

/** A sentence for each of the flagged days. */
function tell(
  coded: SurpriseViews,
  cohorts: pl.Series,
  { bits, days, flagged }: { bits: SurpriseBits; days: Days; flagged: number[] },
): string[] {
  const top = flagged.map((day) => {
    const places = days.sorted.subarray(days.ends[day - 1] ?? 0, days.ends[day]!);
    return places.reduce((most, at) => (bits.surprise[at]! > bits.surprise[most]! ? at : most));
  });
  const pathOf = (at: number) => coded.path[bits.rows[at]!]!;
  const readers = new Map(top.map((at) => [pathOf(at), new Set<number>()]));
  const isTop = new Uint8Array(coded.paths.length);
  for (const path of readers.keys()) isTop[path] = 1;
  for (let row = 0; row < coded.path.length; row++) {
    const path = coded.path[row]!;
    if (isTop[path] === 1) readers.get(path)!.add(coded.user[row]!);
  }
  return flagged.map((day, i) => {
    const at = top[i]!;
    const row = bits.rows[at]!;
    const cohort = cohorts.get(coded.rows[row]!) as string | null;
    const peers = cohort === null ? "without a cohort" : `of ${visibleText(cohort, { max: 60 })}`;
    const distinct = days.distinct[day]!;
    const others = readers.get(pathOf(at))!.size - 1;
    const opened =
      others === 0 ? "nobody else" : `${formatCount(others)} other${others > 1 ? "s" : ""}`;
    return (
      `${formatCount(distinct)} different page${distinct > 1 ? "s" : ""} came to ` +
      `${formatNumber(days.surprise[day]!, 0)} bits of surprise; as many come to ` +
      `${formatNumber(days.expected[day]!, 0)} for others ${peers} that week. Most surprising: ` +
      `${quotedText(coded.paths[pathOf(at)]!, { max: 60 })} ` +
      `(${formatNumber(bits.surprise[at]!, 1)} bits), opened by ${opened} in the whole log.`
    );
  });
}
