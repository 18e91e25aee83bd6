import { weekdayOf } from "../../log/week";
import { medianOfSorted } from "../../stats/quantile";
import { MINIMUM_HISTORY } from "./require-bands";

/** Bands of days, NaN where there is none. */
export interface Bands {
  midband: Float64Array;
  upper_band: Float64Array;
  lower_band: Float64Array;
  pct_b: Float64Array;
}

export function newBands(days: number): Bands {
  const none = () => new Float64Array(days).fill(Number.NaN);
  return { midband: none(), upper_band: none(), lower_band: none(), pct_b: none() };
}

/** 1 / Phi^-1(3/4): standard deviation of normal values over their median absolute one. */
export const MAD_TO_DEVIATION = 1.482602218505602;

/**
 * The [Hampel identifier](https://en.wikipedia.org/wiki/Median_absolute_deviation) (F. R. Hampel,
 * "The influence curve and its role in robust estimation", 1974) of earlier days of the same kind.
 * The deviation is at least sqrt(median + 1), as a count varies by itself (Poisson).
 * @param days since 1970: one group's days after the other's, each in order
 */
export function robustBandsOf(
  pages: Float64Array,
  days: Int32Array,
  ends: Int32Array,
  span: number,
  k: number,
): Bands {
  const bands = newBands(pages.length);
  let day = 0;
  for (const end of ends) {
    const [weekdays, weekends] = [newWindow(), newWindow()];
    for (; day < end; day++) {
      const window = weekdayOf(days[day]!) < 5 ? weekdays : weekends;
      const { sorted } = window;
      if (sorted.length >= MINIMUM_HISTORY) {
        const median = medianOfSorted(sorted);
        const noise = Math.sqrt(Math.max(0, median) + 1);
        const reach = k * Math.max(deviationOf(sorted, median), noise);
        const [upper, lower] = [median + reach, median - reach];
        bands.midband[day] = median;
        bands.upper_band[day] = upper;
        bands.lower_band[day] = lower;
        // By a tiny `k` the width is lost to rounding.
        if (upper > lower) bands.pct_b[day] = (pages[day]! - lower) / (upper - lower);
      }
      // Only now: a spike must not widen the band that it is held against.
      push(window, pages[day]!, span);
    }
  }
  return bands;
}

/** The latest values of one kind of day, in the order in which they came and by size. */
const newWindow = () => ({ latest: [] as number[], sorted: [] as number[] });

function push({ latest, sorted }: ReturnType<typeof newWindow>, value: number, span: number): void {
  if (latest.length === span) sorted.splice(sorted.indexOf(latest.shift()!), 1);
  latest.push(value);
  const above = sorted.findIndex((other) => other > value);
  sorted.splice(above < 0 ? sorted.length : above, 0, value);
}

/** By the median absolute deviation. Distances grow outward from the median: no need to sort. */
function deviationOf(sorted: readonly number[], median: number): number {
  const count = sorted.length;
  let left = (count - 1) >> 1;
  let right = left + 1;
  let [before, distance] = [0, 0];
  for (let met = 0; met <= count >> 1; met++) {
    before = distance;
    const below = left >= 0 ? median - sorted[left]! : Infinity;
    const above = right < count ? sorted[right]! - median : Infinity;
    distance = Math.min(below, above);
    if (below <= above) left--;
    else right++;
  }
  return MAD_TO_DEVIATION * (count % 2 === 1 ? distance : (before + distance) / 2);
}
