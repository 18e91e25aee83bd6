import pl from "nodejs-polars";
import { DATE, LOWER_BAND, MIDBAND, PAGES, PCT_B, UPPER_BAND, USER_ID } from "../../columns";
import { type GroupBy, groupKeys } from "../../group-keys";
import { requireColumns } from "../../require-columns";
import { groupEnds, int32, numbers } from "../../typed-arrays";

export interface BollingerBandsOptions {
  /** Span of the exponential window, in days: alpha = 2 / (span + 1). */
  span?: number;
  /** Standard deviations from the midband to each band. */
  k?: number;
  /** Whose days belong together: the column or columns that say so; null if all do. */
  by?: GroupBy;
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
 * 0.5 + 1.871943 / `k` at a span of 30, whatever its height.
 *
 * @param daily one row per user and day, in any order, with `pages`. Every row
 *   counts as the day after the one before, so quiet days must be there, as
 *   `dailyPageViews` gives them.
 * @returns `daily` by user and date, plus `midband`, `upper_band`,
 *   `lower_band`, `pct_b` (Float64). The bands are null on a user's first day
 *   (one day has no standard deviation), `pct_b` there and wherever the band
 *   has no width. None is ever NaN. With a span of 1 only the day itself counts,
 *   and no day has a band.
 * @throws {RangeError} if `span` is below 1 or `k` is not above 0
 * @throws {Error} if a column is missing or of another type, `pages` or `date`
 *   has gaps, or a user has two rows on one day
 * @example
 * // pages 4, 6, 8 with span 3: midband 6.857, standard deviation 1.927
 * bollingerBands(daily, { span: 3, k: 2 }); // last day: pct_b 0.648
 */
export function bollingerBands(
  daily: pl.DataFrame,
  { span = 30, k = 2, by = USER_ID }: BollingerBandsOptions = {},
): pl.DataFrame {
  const keys = groupKeys("bollingerBands", by, [
    DATE,
    PAGES,
    MIDBAND,
    UPPER_BAND,
    LOWER_BAND,
    PCT_B,
  ]);
  requireBands({ span, k });
  requireColumns("bollingerBands", daily, {
    [DATE]: "Date",
    [PAGES]: "number",
    ...Object.fromEntries(keys.map((key) => [key, "any" as const])),
  });

  requireFinite(daily);
  const sorted = daily.sort([...keys, DATE]);
  const ends = groupEnds(sorted, keys);
  refuseTwoRowsOnOneDay(sorted, ends);
  const { midband, upper, lower, pctB } = bandsOf(numbers(sorted, PAGES), ends, span, k);
  return (
    sorted
      .withColumns(
        pl.Series(MIDBAND, midband),
        pl.Series(UPPER_BAND, upper),
        pl.Series(LOWER_BAND, lower),
        pl.Series(PCT_B, pctB),
      )
      // Polars ranks NaN above every number: left in, it would pass as a flag.
      .withColumns(
        ...[UPPER_BAND, LOWER_BAND, PCT_B].map((name) => pl.col(name).fillNan(pl.lit(null))),
      )
  );
}

function requireBands({ span, k }: { span: number; k: number }): void {
  if (!(span >= 1 && span < Infinity)) {
    throw new RangeError(
      `bollingerBands needs a span of 1 day or more, got ${span}: ` +
        "alpha = 2 / (span + 1) must lie between 0 and 1",
    );
  }
  if (!(k > 0 && k < Infinity)) {
    throw new RangeError(
      `bollingerBands needs k above 0, got ${k}: it is the number of standard deviations to each band`,
    );
  }
}

interface Bands {
  midband: Float64Array;
  upper: Float64Array;
  lower: Float64Array;
  pctB: Float64Array;
}

/**
 * Bands of groups of days that follow each other in `pages`, in one pass.
 * West's updating formula with weights that shrink: no sums of squares, so no
 * loss of digits, and exactly no deviation where all days are equal.
 */
function bandsOf(pages: Float64Array, ends: Int32Array, span: number, k: number): Bands {
  const [midband, upper, lower, pctB] = [0, 1, 2, 3].map(() =>
    new Float64Array(pages.length).fill(Number.NaN),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
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
  return { midband, upper, lower, pctB };
}

function requireFinite(daily: pl.DataFrame): void {
  for (const name of [DATE, PAGES]) {
    const nulls = daily.getColumn(name).nullCount();
    if (nulls > 0) {
      throw new Error(
        `bollingerBands needs ${name} in every row; ${nulls} of ${daily.height} rows have none`,
      );
    }
  }
  const bad = numbers(daily, PAGES).find((pages) => !Number.isFinite(pages));
  if (bad !== undefined) {
    throw new Error(`bollingerBands needs ${PAGES} to be finite numbers; found ${bad}`);
  }
}

function refuseTwoRowsOnOneDay(sorted: pl.DataFrame, ends: Int32Array): void {
  const days = int32(sorted, DATE);
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
