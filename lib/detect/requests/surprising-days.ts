import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { frameOfArrays } from "../../log/typed-columns";
import { not, where } from "../../log/where";
import { median } from "../../stats/quantile";
import { requireNumber } from "../../stats/require-option";
import { counted, formatNumber } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { visibleText } from "../../words/visible-text";
import { MAD_TO_DEVIATION } from "../bands/robust-bands";
import { numbered } from "./spans";
import {
  type SurpriseBits,
  type SurpriseViews,
  surpriseBits,
  surpriseViews,
} from "./surprise-bits";

export interface SurprisingDaysOptions {
  /** Robust standard deviations by which a flagged day lies above the median. */
  threshold?: number;
}

/**
 * Days on which someone opened pages that are improbable for their program, cohort and week: minus
 * log2 of a page's probability among others in the cohort that week, backed off to the program that
 * week, the program, the site and all paths (I. H. Witten and T. C. Bell, "The zero-frequency
 * problem", 1991). Expected is what their own pages cost the peers on average.
 * @returns one row per user and day with page views, by both: `user_id`, `date`, `pages`,
 *   `distinct_pages` (once for each cohort of the user's), `surprise_bits`, `expected_bits`,
 *   `excess_bits`, `score`, `finding` (null without a flag)
 * @throws {RangeError} if `threshold` is not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * where(surprisingDays(accessLog), { score: above(1) });
 */
export function surprisingDays(
  accessLog: pl.DataFrame,
  { threshold = 25 }: SurprisingDaysOptions = {},
): pl.DataFrame {
  requireNumber("surprisingDays", { threshold }, { above: 0 });
  requireColumns("surprisingDays", accessLog, "cohort");
  const views = surpriseViews("surprisingDays", accessLog);
  const bits = surpriseBits(views);
  const days = sumDays(views, bits);
  const excess = days.surprise.map((sum, day) => sum - days.expected[day]!);
  const middle = median(excess);
  const deviation = MAD_TO_DEVIATION * median(excess.map((value) => Math.abs(value - middle)));
  const score = excess.map((value) => (value - middle) / (threshold * Math.max(1, deviation)));
  const findings = findingsOf(accessLog, views, bits, { days, score });

  const users = views.users.cast(pl.Float64).toTypedArray() as Float64Array;
  return frameOfArrays({
    user_id: Float64Array.from(days.firsts, (view) => users[views.user[view]!]!),
    date: days.firsts.map((view) => views.day[view]!),
    pages: days.pages,
    distinct_pages: days.distinct,
    surprise_bits: days.surprise,
    expected_bits: days.expected,
    excess_bits: excess,
    score,
  }).withColumns(pl.Series("finding", findings, pl.String));
}

function sumDays({ user, day }: SurpriseViews, bits: SurpriseBits) {
  const { codes, firsts } = numbered([user, day], user.length);
  const dayOf = bits.views.map((view) => codes[view]!);
  const [pages, distinct] = [new Int32Array(firsts.length), new Int32Array(firsts.length)];
  const [surprise, expected] = [new Float64Array(firsts.length), new Float64Array(firsts.length)];
  for (let view = 0; view < codes.length; view++) pages[codes[view]!]!++;
  for (let at = 0; at < dayOf.length; at++) {
    distinct[dayOf[at]!]!++;
    surprise[dayOf[at]!]! += bits.surprise[at]!;
    expected[dayOf[at]!]! += bits.expected[at]!;
  }
  return { firsts, pages, distinct, surprise, expected, dayOf };
}

function findingsOf(
  accessLog: pl.DataFrame,
  { path, paths, user, rows }: SurpriseViews,
  bits: SurpriseBits,
  { days, score }: { days: ReturnType<typeof sumDays>; score: Float64Array },
): (string | null)[] {
  const tops = new Map<number, number>(); // by day the place of its most surprising page
  days.dayOf.forEach((day, at) => {
    if (score[day]! <= 1) return;
    const top = tops.get(day);
    if (top === undefined || bits.surprise[at]! > bits.surprise[top]!) tops.set(day, at);
  });
  const pathOf = (at: number) => path[bits.views[at]!]!;
  const readers = new Map(Array.from(tops.values(), (at) => [pathOf(at), new Set<number>()]));
  path.forEach((code, view) => {
    readers.get(code)?.add(user[view]!);
  });

  const cohorts = accessLog.getColumn("cohort");
  return Array.from(score, (_, day) => {
    const at = tops.get(day);
    if (at === undefined) return null;
    const cohort = cohorts.get(rows[bits.views[at]!]!) as string | null;
    const peers = cohort === null ? "without a cohort" : `of ${visibleText(cohort, { max: 60 })}`;
    const others = readers.get(pathOf(at))!.size - 1;
    return (
      `${counted(days.distinct[day]!, "different page")} came to ` +
      `${formatNumber(days.surprise[day]!, 0)} bits of surprise; as many come to ` +
      `${formatNumber(days.expected[day]!, 0)} for others ${peers} that week. Most surprising: ` +
      `${quotedText(paths[pathOf(at)]!, { max: 60 })} (${formatNumber(bits.surprise[at]!, 1)} bits), ` +
      `opened by ${others === 0 ? "nobody else" : counted(others, "other")} in the whole log.`
    );
  });
}

/**
 * How improbable each request is for who made it: what `surprisingDays` sums up.
 * @returns the log's rows with a path, a user and a day, in its order, plus `surprise_bits` and
 *   `expected_bits`. A page opened again on the same day has the bits of the first time.
 * @throws {Error} if a column is missing or of another type
 * @example
 * requestSurprise(accessLog).sort("surprise_bits", true).head(20);
 */
export function requestSurprise(accessLog: pl.DataFrame): pl.DataFrame {
  const { place, surprise, expected } = surpriseBits(surpriseViews("requestSurprise", accessLog));
  const ofRows = (bits: Float64Array) => Float64Array.from(place, (at) => bits[at]!);
  return where(accessLog, { path: not(null), user_id: not(null), date: not(null) }).withColumns(
    pl.Series("surprise_bits", ofRows(surprise), pl.Float64),
    pl.Series("expected_bits", ofRows(expected), pl.Float64),
  );
}
