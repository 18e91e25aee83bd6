import { randomNumbers } from "./random-numbers";

/** Where a rate changed, and how surely. */
export interface ChangePoint {
  /** Place of the first count after the change. */
  index: number;
  /** Rate before it: counts by exposure. */
  before: number;
  /** Rate from it on. */
  after: number;
  /** Log-likelihood of the counts with both rates, less that with one; natural logarithm. */
  logLikelihoodRatio: number;
  /** Share of shuffled series, the found one among them, that have a change as large anywhere. */
  pValue: number;
}

export interface ChangePointOptions {
  /** Which changes are looked for. */
  change?: "any" | "fall" | "rise";
  /** How many times the series is shuffled; the least p-value is 1 / (permutations + 1). */
  permutations?: number;
  /** How many consecutive counts stay together when the series is shuffled. */
  block?: number;
  /** Begins the random numbers: the same seed gives the same p-value. */
  seed?: number;
}

/**
 * The one point in a series of counts at which their rate changed most: where two Poisson rates, one
 * before and one after, are likelier by most than one rate throughout (maximum likelihood).
 *
 * The p value is a permutation test's: the counts, each with its exposure, are put in random order,
 * and in each order the greatest change is looked for anew. So it allows for having tried every
 * split, and for counts that vary more than Poisson's. It takes every order to be as likely as
 * another; where neighbors are alike that holds of blocks only: `block` of 7 keeps weeks of days
 * together. A rate that rises and falls again has its split at the larger change.
 *
 * Source: Akman and Raftery, Asymptotic inference for a change-point Poisson process, Annals of
 * Statistics 14 (1986).
 *
 * @param counts events per period, in order; integers of 0 or more
 * @param exposure what each count is out of: 1 for each period, or pages, or users; 0 or more.
 *   Periods without exposure change nothing; of splits that differ by them only, the first is given.
 * @returns undefined where there is no change: fewer than two periods with exposure, one rate
 *   throughout, or no fall (or rise) if only that is looked for
 * @throws {RangeError} if the series differ in length, a number is negative or not finite, a
 *   period has events but no exposure, or an option is out of its range
 * @example
 * changePoint([9, 11, 10, 1, 0, 2], [100, 100, 100, 100, 100, 100]);
 * // index 3, before 0.1, after 0.01
 */
export function changePoint(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  { change = "any", permutations = 999, block = 1, seed = 1 }: ChangePointOptions = {},
): ChangePoint | undefined {
  requireSeries(counts, exposure);
  requireOptions({ change, permutations, block, seed });
  const order = Int32Array.from({ length: counts.length }, (_, i) => i);
  const found = largestChange(counts, exposure, order, change);
  if (!found) return undefined;

  const shuffle = shuffledBlocks(counts.length, block, seed);
  // A little room: the same sums in another order may differ in their last digits.
  const asLarge = found.ratio * (1 - 1e-12);
  let extreme = 1;
  for (let i = 0; i < permutations; i++) {
    if (isAnyChange(counts, exposure, shuffle(), change, asLarge)) extreme++;
  }
  return {
    index: found.index,
    before: found.before,
    after: found.after,
    logLikelihoodRatio: found.ratio,
    pValue: extreme / (permutations + 1),
  };
}

function requireSeries(counts: ArrayLike<number>, exposure: ArrayLike<number>): void {
  if (counts.length !== exposure.length) {
    throw new RangeError(
      `changePoint needs an exposure for each count, got ${counts.length} counts and ${exposure.length} exposures`,
    );
  }
  for (let i = 0; i < counts.length; i++) {
    if (!(Number.isInteger(counts[i]) && counts[i]! >= 0)) {
      throw new RangeError(`changePoint needs counts of 0 or more, got ${counts[i]} at ${i}`);
    }
    if (!(exposure[i]! >= 0 && exposure[i]! < Infinity)) {
      throw new RangeError(`changePoint needs exposures of 0 or more, got ${exposure[i]} at ${i}`);
    }
    if (counts[i]! > 0 && exposure[i] === 0) {
      throw new RangeError(
        `changePoint needs exposure wherever there are events, got ${counts[i]} out of 0 at ${i}`,
      );
    }
  }
}

function requireOptions({ change, permutations, block, seed }: Required<ChangePointOptions>): void {
  if (!["any", "fall", "rise"].includes(change)) {
    throw new RangeError(`changePoint looks for any change, a fall or a rise, got ${change}`);
  }
  if (!(Number.isInteger(permutations) && permutations > 0)) {
    throw new RangeError(
      `changePoint needs permutations of 1 or more, got ${permutations}: the p-value is a share of them`,
    );
  }
  if (!(Number.isInteger(block) && block > 0)) {
    throw new RangeError(`changePoint needs a block of 1 count or more, got ${block}`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`changePoint needs an integer as seed, got ${seed}`);
  }
}

interface Split {
  index: number;
  before: number;
  after: number;
  ratio: number;
}

/** The best of all splits of the series in this order, in one pass. */
function largestChange(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  order: Int32Array,
  change: "any" | "fall" | "rise",
): Split | undefined {
  let [events, whole] = [0, 0];
  for (const i of order) {
    events += counts[i]!;
    whole += exposure[i]!;
  }
  const one = logLikelihood(events, whole);
  let best: Split | undefined;
  let [early, until] = [0, 0];
  for (let at = 0; at < order.length - 1; at++) {
    const i = order[at]!;
    early += counts[i]!;
    until += exposure[i]!;
    const late = events - early;
    const rest = whole - until;
    if (!(until > 0 && rest > 0)) continue;
    const [before, after] = [early / until, late / rest];
    if (before === after || (change !== "any" && after < before !== (change === "fall"))) continue;
    const ratio = logLikelihood(early, until) + logLikelihood(late, rest) - one;
    // Rounding can make a change of one rate that does not change.
    if (ratio > (best?.ratio ?? 1e-9)) best = { index: at + 1, before, after, ratio };
  }
  return best;
}

/**
 * Whether `largestChange` would find a ratio of `least` or more: the same sums, but ratios that
 * cannot be so large are not worked out, and the first that is ends the search.
 */
function isAnyChange(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  order: Int32Array,
  change: "any" | "fall" | "rise",
  least: number,
): boolean {
  let [events, whole] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    events += counts[order[at]!]!;
    whole += exposure[order[at]!]!;
  }
  const one = logLikelihood(events, whole);
  // Half of what it takes: far more room than rounding needs, but for ratios that are hardly more.
  const unlikely = least > 1e-6 ? least / 2 : 0;
  let [early, until] = [0, 0];
  for (let at = 0; at < order.length - 1; at++) {
    const i = order[at]!;
    early += counts[i]!;
    until += exposure[i]!;
    const rest = whole - until;
    if (!(until > 0 && rest > 0)) continue;
    // The ratio is events times the divergence of the shares early in events from those in
    // exposure, which is at most chi-square's (Kullback and Leibler's by Pearson's).
    const expected = (events * until) / whole;
    const off = early - expected;
    if ((off * off * whole) / (expected * rest) < unlikely) continue;
    const late = events - early;
    const [before, after] = [early / until, late / rest];
    if (before === after || (change !== "any" && after < before !== (change === "fall"))) continue;
    if (logLikelihood(early, until) + logLikelihood(late, rest) - one >= least) return true;
  }
  return false;
}

/** Of events at their own rate, but for what does not depend on it. */
function logLikelihood(events: number, exposure: number): number {
  return events === 0 ? 0 : events * Math.log(events / exposure);
}

/** Gives the places of a series with its blocks in another random order at each call. */
function shuffledBlocks(length: number, block: number, seed: number): () => Int32Array {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const blocks = Array.from({ length: Math.ceil(length / block) }, (_, b) => b);
  const order = new Int32Array(length);
  return () => {
    // Fisher and Yates.
    for (let last = blocks.length - 1; last > 0; last--) {
      const other = below(last + 1);
      [blocks[last], blocks[other]] = [blocks[other]!, blocks[last]!];
    }
    let at = 0;
    for (const b of blocks) {
      for (let i = b * block; i < Math.min(length, (b + 1) * block); i++) order[at++] = i;
    }
    return order;
  };
}
