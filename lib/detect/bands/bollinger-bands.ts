import pl from "nodejs-polars";
import { type GroupBy, groupKeys } from "../../log/group-keys";
import { requireColumns } from "../../log/require-columns";
import { groupEnds, int32, numbers } from "../../log/typed-arrays";
import { type BandMethod, requireBands } from "./require-bands";
import { type Bands, robustBandsOf } from "./robust-bands";

export interface BollingerBandsOptions {
  /**
   * Span of the exponential window, in days: alpha = 2 / (span + 1). For robust bands the number
   * of earlier days of the same kind that are looked at.
   */
  span?: number;
  /** Standard deviations from the midband to each band. */
  k?: number;
  /** Whose days belong together: the column or columns that say so; null if all do. */
  by?: GroupBy;
  /** `"ewm"` as pandas computes them; `"robust"` so that neither spikes nor weekends fool them. */
  method?: BandMethod;
}

/**
 * [Bollinger bands](https://en.wikipedia.org/wiki/Bollinger_Bands): an
 * exponentially weighted mean with a band `k` exponentially weighted standard
 * deviations above and below it. Shows how far a day lies from a user's own
 * recent habit.
 *
 * Every past day counts, the day itself included, with weights that shrink by
 * `1 - alpha` a day; the standard deviation is corrected for bias. These are
 * pandas' `ewm(span).mean()` and `.std()`, computed in the order of operations
 * in which pandas computes them, so that both agree to the last bit.
 *
 * Because the day itself counts, `pct_b` of a lone spike has a ceiling:
 * 0.5 + 1.871943 / `k` at a span of 30, whatever its height (`bandCeiling`).
 *
 * With `method: "robust"` the midband is the median of the last `span` earlier days
 * of the same kind, weekday or weekend, and the bands lie `k` deviations from it: 1.4826 times
 * the median absolute deviation, but at least sqrt(median + 1), as a count varies by
 * itself (the Hampel identifier; see `robustBandsOf`). The day itself does not count, so
 * `pct_b` has no ceiling: after a quiet month 300 pages score 75.5 at `k` 2, three pages 1.25
 * and a single page 0.75. A day needs five earlier days of its kind: a user's first
 * week has no bands, nor have the first two weekends.
 *
 * @param daily one row per user and day, in any order, with `pages`. Every row
 *   counts as the day after the one before, so quiet days must be there, as
 *   `dailyPageViews` gives them.
 * @returns `daily` by user and date, plus `midband`, `upper_band`,
 *   `lower_band`, `pct_b` (Float64). The bands are null on a user's first day
 *   (one day has no standard deviation), `pct_b` there and wherever the band
 *   has no width. None is ever NaN. With a span of 1 only the day itself counts,
 *   and no day has a band. Robust bands are null, midband included, on days with fewer
 *   than five earlier ones of their kind, and always have a width.
 * @throws {RangeError} if `span` is below 1 (for robust bands: not an integer from 5),
 *   `k` is not above 0, or `method` is another
 * @throws {Error} if a column is missing or of another type, `pages` or `date`
 *   has gaps, or a user has two rows on one day
 * @example
 * // pages 4, 6, 8 with span 3: midband 6.857, standard deviation 1.927
 * bollingerBands(daily, { span: 3, k: 2 }); // last day: pct_b 0.648
 */
export function bollingerBands(
  daily: pl.DataFrame,
  { span = 30, k = 2, by = "user_id", method = "ewm" }: BollingerBandsOptions = {},
): pl.DataFrame {
  const keys = bandKeys("bollingerBands", by);
  requireBands("bollingerBands", { span, k, method });
  requireColumns("bollingerBands", daily, "date", {
    pages: "number",
    ...Object.fromEntries(keys.map((key) => [key, "any" as const])),
  });

  requireValues(daily);
  const sorted = daily.sort([...keys, "date"]);
  return withBands(sorted, bandsOfSorted(sorted, keys, { span, k, method }));
}

/** The columns whose values make the groups, none of them one of the answer's. */
export function bandKeys(caller: string, by: GroupBy): string[] {
  return groupKeys(caller, by, ["date", "pages", "midband", "upper_band", "lower_band", "pct_b"]);
}

/** The frame with its bands; null where they are NaN. */
export function withBands(sorted: pl.DataFrame, bands: Bands): pl.DataFrame {
  return (
    sorted
      .withColumns(
        pl.Series("midband", bands.midband),
        pl.Series("upper_band", bands.upper),
        pl.Series("lower_band", bands.lower),
        pl.Series("pct_b", bands.pctB),
      )
      // Polars ranks NaN above every number: left in, it would pass as a flag.
      .withColumns(
        ...["midband", "upper_band", "lower_band", "pct_b"].map((name) =>
          pl.col(name).fillNan(pl.lit(null)),
        ),
      )
  );
}

/** Bands of days that are sorted by `keys` and date already. */
export function bandsOfSorted(
  sorted: pl.DataFrame,
  keys: string[],
  { span, k, method }: Required<Omit<BollingerBandsOptions, "by">>,
): Bands {
  const ends = groupEnds(sorted, keys);
  refuseTwoRowsOnOneDay(sorted, ends);
  const pages = numbers(sorted, "pages");
  requireFinite(pages);
  return method === "robust"
    ? robustBandsOf({ pages, days: int32(sorted, "date"), ends }, span, k)
    : bandsOf(pages, ends, span, k);
}

/**
 * Bands of groups of days that follow each other in `pages`, in one pass.
 * West's updating formula with weights that shrink: no sums of squares, so no
 * loss of digits, and exactly no deviation where all days are equal.
 */
function bandsOf(pages: Float64Array, ends: Int32Array, span: number, k: number): Bands {
  const [midband, upper, lower, pctB] = [0, 1, 2, 3].map(() => new Float64Array(pages.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const keep = 1 - 1 / (1 + (span - 1) / 2);
  let day = 0;
  for (const end of ends) {
    let mean = pages[day]!;
    let variance = 0;
    let weight = 1;
    let squaredWeights = 1;
    midband[day] = mean;
    upper[day] = lower[day] = pctB[day] = Number.NaN;
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
      pctB[day] = width > 0 ? (x - lower[day]!) / width : Number.NaN;
    }
  }
  return { midband, upper, lower, pctB };
}

function requireValues(daily: pl.DataFrame): void {
  for (const name of ["date", "pages"]) {
    const nulls = daily.getColumn(name).nullCount();
    if (nulls > 0) {
      throw new Error(
        `bollingerBands needs ${name} in every row; ${nulls} of ${daily.height} rows have none`,
      );
    }
  }
}

function requireFinite(pages: Float64Array): void {
  for (let day = 0; day < pages.length; day++) {
    if (Number.isFinite(pages[day])) continue;
    throw new Error(`bollingerBands needs pages to be finite numbers; found ${pages[day]}`);
  }
}

function refuseTwoRowsOnOneDay(sorted: pl.DataFrame, ends: Int32Array): void {
  const days = int32(sorted, "date");
  let row = 0;
  for (const end of ends) {
    for (row++; row < end; row++) {
      if (days[row] === days[row - 1]) {
        const found = JSON.stringify(sorted.slice(row, 1).toRecords()[0]);
        throw new Error(`bollingerBands needs one row per group and day; found a second: ${found}`);
      }
    }
  }
}
