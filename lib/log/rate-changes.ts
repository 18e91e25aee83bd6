import { logLikelihood } from "../stats/change-point";
import { priceOfCut, rateSegments } from "../stats/rate-segments";
import { weekOf } from "./week";

export interface DailyCounts {
  /** Day since 1970 of the first count. */
  first: number;
  counts: Float64Array;
  /** What each count is out of. */
  exposure: Float64Array;
}

/** Days with one rate, from a day since 1970 to before another. */
interface Stretch {
  from: number;
  until: number;
  rate: number | null;
}

export interface RateChange {
  /** The stretches next to the change; the second begins on a day with something to count. */
  before: Stretch;
  after: Stretch;
  logLikelihoodRatio: number;
  /** Whether the rate never came back until the end: no stretch is half of what was, or twice. */
  isLasting: boolean;
}

export const sumOver = (values: Float64Array, from: number, until: number): number =>
  values.subarray(Math.max(0, from), Math.max(0, until)).reduce((sum, x) => sum + x, 0);

/** Counts by week from Monday. */
export function weeklyCounts({ first, counts, exposure }: DailyCounts) {
  const week = (i: number) => weekOf(first + i) - weekOf(first);
  const length = counts.length === 0 ? 0 : week(counts.length - 1) + 1;
  const weekly = { counts: new Float64Array(length), exposure: new Float64Array(length) };
  for (let i = 0; i < counts.length; i++) {
    weekly.counts[week(i)]! += counts[i]!;
    weekly.exposure[week(i)]! += exposure[i]!;
  }
  return weekly;
}

/**
 * Where a daily rate fell to at most a part of what it was, or rose to as many times as much, in
 * order of time: the cuts of `rateSegments` between weeks, each moved to the most likely day within
 * a week. A cut that then gains too little is none: it stood for a week that the change divides.
 */
export function rateChanges(
  daily: DailyCounts,
  { factor, change = "any" }: { factor: number; change?: "any" | "fall" },
): RateChange[] {
  const stretches = stretchesOf(daily);
  const rates = stretches.map(({ rate }) => rate!);
  return stretches.slice(1).flatMap((after, i) => {
    const [before, was, is] = [stretches[i]!, rates[i]!, rates[i + 1]!];
    const isFall = was > 0 && is <= was / factor;
    const isRise = change === "any" && is > 0 && is >= was * factor;
    if (!isFall && !isRise) return [];
    const half = Math.min(2, factor);
    const isLasting = rates
      .slice(i + 1)
      .every((rate) => (isFall ? rate <= was / half : rate >= was * half));
    return [{ before, after, logLikelihoodRatio: gainOf(daily, before, after), isLasting }];
  });
}

/** The largest of some changes: that of the greatest likelihood. */
export const largestOf = (changes: readonly RateChange[]): RateChange | undefined =>
  changes.reduce<RateChange | undefined>(
    (most, one) => (most && most.logLikelihoodRatio >= one.logLikelihoodRatio ? most : one),
    undefined,
  );

/** Days with one rate each. */
function stretchesOf(daily: DailyCounts): Stretch[] {
  const { first, counts, exposure } = daily;
  const weeks = weeklyCounts(daily);
  const price = priceOfCut(weeks.counts, weeks.exposure);
  const known = rateSegments(weeks.counts, weeks.exposure).filter(({ rate }) => rate !== null);
  // Places of days; the first and the last week may be short.
  const monday = (week: number) =>
    Math.min(counts.length, Math.max(0, 7 * (weekOf(first) + week) - 3 - first));
  const ends = known.map(({ from, until }) => ({ from: monday(from), until: monday(until) }));
  const stretch = (from: number, until: number): Stretch => {
    const over = sumOver(exposure, from, until);
    const rate = over > 0 ? sumOver(counts, from, until) / over : null;
    return { from: first + from, until: first + until, rate };
  };
  let found: Stretch[] = [];
  for (const { from, until } of ends) {
    const last = found.at(-1);
    if (!last) {
      found = [stretch(from, until)];
      continue;
    }
    const begin = last.from - first;
    let at = likeliestDay(daily, begin, from, until);
    while (exposure[at] === 0) at++;
    const both = [stretch(begin, at), stretch(at, until)] as const;
    const isOne = 2 * gainOf(daily, ...both) <= price;
    found.splice(-1, 1, ...(isOne ? [stretch(begin, until)] : both));
  }
  return found;
}

/** The most likely place of a change within a week of one. */
function likeliestDay(daily: DailyCounts, from: number, near: number, until: number): number {
  const likelihood = (a: number, b: number) =>
    logLikelihood(sumOver(daily.counts, a, b), sumOver(daily.exposure, a, b));
  let best = { at: near, likelihood: -Infinity };
  for (let at = Math.max(from + 1, near - 6); at <= Math.min(until - 1, near + 6); at++) {
    const both = likelihood(from, at) + likelihood(at, until);
    if (both > best.likelihood + 1e-9) best = { at, likelihood: both };
  }
  return best.at;
}

/** Log-likelihood of two neighboring stretches with a rate each, less that with one. */
function gainOf({ first, counts, exposure }: DailyCounts, before: Stretch, after: Stretch): number {
  const likelihood = (from: number, until: number) =>
    logLikelihood(
      sumOver(counts, from - first, until - first),
      sumOver(exposure, from - first, until - first),
    );
  const [from, day, until] = [before.from, after.from, after.until];
  return likelihood(from, day) + likelihood(day, until) - likelihood(from, until);
}
