import pl from "nodejs-polars";
import { type GroupBy, requireGroups } from "../../log/group-keys";
import { requireValues } from "../../log/require-columns";
import { groupEnds, int32, numbers } from "../../log/typed-arrays";
import { countBandsOf } from "./count-bands";
import { type BandMethod, requireBands } from "./require-bands";
import { type Bands, newBands, robustBandsOf } from "./robust-bands";

export interface BollingerBandsOptions {
  /** Days: alpha = 2 / (span + 1). For other methods how many earlier days of the same kind. */
  span?: number;
  k?: number;
  by?: GroupBy;
  /**
   * `"ewm"` as pandas computes them; `"robust"` so that neither spikes nor weekends fool them;
   * `"counts"` for a known number of false alarms.
   */
  method?: BandMethod;
}

const BANDS = ["midband", "upper_band", "lower_band", "pct_b"] as const;
const P_VALUES = ["p_value", "adjusted_p_value"] as const;

/**
 * [Bollinger bands](https://en.wikipedia.org/wiki/Bollinger_Bands): an exponentially weighted mean
 * and `k` weighted standard deviations above and below it, the day itself included, as in pandas'
 * `ewm(span).mean()` and `.std()` to the last bit. With `method: "robust"` the median of the last
 * `span` earlier days of the same kind, weekday or weekend, and `k` times 1.4826 median absolute
 * deviations, at least sqrt(median + 1) (the Hampel identifier).
 *
 * With `method: "counts"` days with pages and the pages of such a day are two questions (a negative
 * binomial hurdle), learned from the same earlier days, in which outliers weigh less (Farrington
 * et al. 1996, Noufaily et al. 2012). The `midband` is the expected number, and a day lies above
 * the `upper_band` where its p-value (mid-p), corrected for the users of that day (Benjamini and
 * Hochberg 1995), is at most the probability of a normal value above `k`: 0.023 at 2, 0.0013 at 3.
 * So that is the chance of any false alarm on a day on which everybody reads as before. The
 * `lower_band` is 0; a `k` above 6.3 flags nothing.
 * @param daily one row per user and day, quiet days included: what `dailyPageViews` gives
 * @returns `daily` by user and date, plus `midband`, `upper_band`, `lower_band`, `pct_b`, never
 *   NaN. The bands are null on a user's first day, `pct_b` also where the band has no width. Robust
 *   bands and those of counts are null on days with fewer than five earlier ones of their kind;
 *   upper band and `pct_b` of counts also where neither 100 pages nor ten times the expected would
 *   be unusual. With `"counts"` also `p_value` and `adjusted_p_value`
 * @throws {RangeError} if `span`, `k` or `method` is out of range
 * @throws {Error} if a column is missing, of another type or has gaps, a user has a day twice, or
 *   `"counts"` finds pages that are not whole numbers from 0 to 100,000
 * @example
 * // pages 4, 6, 8 with span 3: midband 6.857, standard deviation 1.927
 * bollingerBands(daily, { span: 3, k: 2 }); // last day: pct_b 0.648
 */
export function bollingerBands(
  daily: pl.DataFrame,
  { span = 30, k = 2, by = "user_id", method = "ewm" }: BollingerBandsOptions = {},
): pl.DataFrame {
  requireBands("bollingerBands", { span, k, method });
  const isCounts = method === "counts";
  const answer = isCounts ? [...BANDS, ...P_VALUES] : BANDS;
  const groups = { by, answer: ["date", "pages", ...answer] };
  const keys = requireGroups("bollingerBands", daily, groups, "date", { pages: "number" });
  requireValues("bollingerBands", daily, ["date", "pages"]);
  const sorted = daily.sort([...keys, "date"]);
  const days = int32(sorted, "date");
  const pages = numbers(sorted, "pages");
  const ends = groupEnds(sorted, keys);
  requireOneFiniteRowPerDay(sorted, days, pages, ends);
  if (isCounts) requireCounts(pages);
  const bands = {
    ewm: () => bandsOf(pages, ends, span, k),
    robust: () => robustBandsOf(pages, days, ends, span, k),
    counts: () => countBandsOf(pages, days, ends, span, k),
  }[method]();
  return (
    sorted
      .withColumns(...Object.entries(bands).map(([name, values]) => pl.Series(name, values)))
      // Polars ranks NaN above every number: left in, it would pass as a flag.
      .withColumns(...answer.map((name) => pl.col(name).fillNan(pl.lit(null))))
  );
}

/** Probabilities of counts are summed one by one. */
const MOST_PAGES = 100_000;

function requireCounts(pages: Float64Array): void {
  const wrong = pages.find((count) => !Number.isInteger(count) || count < 0 || count > MOST_PAGES);
  if (wrong === undefined) return;
  const found = `whole numbers from 0 to 100,000; found ${wrong}`;
  throw new Error(`bollingerBands needs pages to be ${found}`);
}

/** West's updating formula with weights that shrink, in pandas' order of operations. */
function bandsOf(pages: Float64Array, ends: Int32Array, span: number, k: number): Bands {
  const bands = newBands(pages.length);
  const { midband, upper_band: upper, lower_band: lower, pct_b: pctB } = bands;
  const keep = 1 - 1 / (1 + (span - 1) / 2);
  let day = 0;
  for (const end of ends) {
    let mean = pages[day]!;
    let variance = 0;
    let weight = 1;
    let squaredWeights = 1;
    midband[day] = mean;
    for (day++; day < end; day++) {
      const x = pages[day]!;
      const before = mean;
      weight *= keep;
      squaredWeights *= keep * keep;
      // Guarded, as in pandas: rounding must not make a constant series vary.
      if (mean !== x) mean = (weight * before + x) / (weight + 1);
      variance =
        (weight * (variance + (before - mean) * (before - mean)) + (x - mean) * (x - mean)) /
        (weight + 1);
      weight += 1;
      squaredWeights += 1;
      const unbiased = (weight * weight) / (weight * weight - squaredWeights);
      const reach = k * Math.sqrt(unbiased * variance);
      midband[day] = mean;
      upper[day] = mean + reach;
      lower[day] = mean - reach;
      const width = upper[day]! - lower[day]!;
      if (width > 0) pctB[day] = (x - lower[day]!) / width;
    }
  }
  return bands;
}

function requireOneFiniteRowPerDay(
  sorted: pl.DataFrame,
  days: Int32Array,
  pages: Float64Array,
  ends: Int32Array,
): void {
  let [row, start] = [0, 0];
  for (const end of ends) {
    for (; row < end; row++) {
      if (!Number.isFinite(pages[row])) {
        throw new Error(`bollingerBands needs pages to be finite numbers; found ${pages[row]}`);
      }
      if (row === start || days[row] !== days[row - 1]) continue;
      const found = JSON.stringify(sorted.slice(row, 1).toRecords()[0]);
      throw new Error(`bollingerBands needs one row per group and day; found a second: ${found}`);
    }
    start = end;
  }
}
