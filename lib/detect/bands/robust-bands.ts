import { medianOfSorted } from "../../stats/median";
import { ROBUST_MINIMUM_HISTORY } from "./require-bands";

/** Bands of days, NaN where there is none. */
export interface Bands {
  midband: Float64Array;
  upper: Float64Array;
  lower: Float64Array;
  pctB: Float64Array;
}

/** 1 / Phi^-1(3/4): by it the median absolute deviation of normal values is their standard deviation. */
export const MAD_TO_DEVIATION = 1.482602218505602;

/** One group's days after the other's, each in order of days. */
export interface GroupedDays {
  pages: Float64Array;
  /** Days since 1970. */
  days: Int32Array;
  /** Where each group's days end. */
  ends: Int32Array;
}

/**
 * Bands around the median of earlier days of the same kind (weekday or weekend), `k`
 * deviations above and below it: the
 * [Hampel identifier](https://en.wikipedia.org/wiki/Median_absolute_deviation) (F. R. Hampel,
 * "The influence curve and its role in robust estimation", 1974; L. Davies and U. Gather, "The
 * identification of multiple outliers", 1993), looking back only.
 *
 * The deviation is 1.4826 times the median absolute deviation, but at least
 * sqrt(median + 1): what a count of that size varies by of itself (Poisson), and one page for
 * someone who reads none. Without that floor a quiet month would make a single page infinitely
 * strange.
 *
 * Weekday or weekend, and not each day of the week by itself: on the synthetic log both make
 * flags about as frequent on weekends as on weekdays, but a habit of Mondays takes five Mondays
 * to form, and a fifth of the planted peaks fall into that time.
 */
export function robustBandsOf({ pages, days, ends }: GroupedDays, span: number, k: number): Bands {
  const [midband, upper, lower, pctB] = [0, 1, 2, 3].map(() =>
    new Float64Array(pages.length).fill(Number.NaN),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const size = Math.min(span, longest(ends));
  const weekdays = newWindow(size);
  const weekends = newWindow(size);
  let day = 0;
  for (const end of ends) {
    weekdays.added = 0;
    weekends.added = 0;
    for (; day < end; day++) {
      const x = pages[day]!;
      const window = isWeekend(days[day]!) ? weekends : weekdays;
      const { sorted } = window;
      const count = Math.min(window.added, size);
      if (count >= ROBUST_MINIMUM_HISTORY) {
        const median = medianOfSorted(sorted, count);
        const reach = k * Math.max(deviationOf(sorted, count, median), countingNoise(median));
        midband[day] = median;
        upper[day] = median + reach;
        lower[day] = median - reach;
        const width = upper[day]! - lower[day]!;
        // By a tiny `k` the width is lost to rounding.
        if (width > 0) pctB[day] = (x - lower[day]!) / width;
      }
      // Only now: a spike must not widen the band that it is held against.
      push(window, x);
    }
  }
  return { midband, upper, lower, pctB };
}

function countingNoise(median: number): number {
  return Math.sqrt(Math.max(0, median) + 1);
}

/** Day 0 of 1970 was a Thursday. */
function isWeekend(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 >= 5;
}

function longest(ends: Int32Array): number {
  return ends.reduce((most, end, i) => Math.max(most, end - (ends[i - 1] ?? 0)), 0);
}

/** The latest values of one kind of day, in the order in which they came and by size. */
interface Window {
  latest: Float64Array;
  sorted: Float64Array;
  /** How many were ever added. */
  added: number;
}

function newWindow(size: number): Window {
  return { latest: new Float64Array(size), sorted: new Float64Array(size), added: 0 };
}

/** Adds a value; a full window loses its oldest. */
function push(window: Window, value: number): void {
  const { latest, sorted, added } = window;
  const size = latest.length;
  let count = Math.min(added, size);
  if (count === size) {
    const gone = placeOf(sorted, count, latest[added % size]!);
    sorted.copyWithin(gone, gone + 1, count);
    count--;
  }
  const place = placeOf(sorted, count, value);
  sorted.copyWithin(place + 1, place, count);
  sorted[place] = value;
  latest[added % size] = value;
  window.added++;
}

/** First place of the sorted values at which there is none below `value`. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Standard deviation by way of the median absolute deviation. The distances from the median
 * grow outward from the middle on either side, so they are met in order without being sorted.
 */
function deviationOf(sorted: Float64Array, count: number, median: number): number {
  let left = (count - 1) >> 1;
  let right = left + 1;
  let [before, distance] = [0, 0];
  for (let met = 0; met <= count >> 1; met++) {
    before = distance;
    const below = left >= 0 ? median - sorted[left]! : Infinity;
    const above = right < count ? sorted[right]! - median : Infinity;
    if (below <= above) {
      distance = below;
      left--;
    } else {
      distance = above;
      right++;
    }
  }
  return MAD_TO_DEVIATION * (count % 2 === 1 ? distance : (before + distance) / 2);
}
