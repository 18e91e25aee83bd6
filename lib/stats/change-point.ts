import { checkSeed, randomNumbers } from "./random";
import { requireInteger } from "./require-integer";

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
 * The p-value is a permutation test's: the counts, each with its exposure, are put in random order, and
 * the greatest change of each order is looked for. So it allows for having tried every split, and for
 * counts that vary more than Poisson's. Where neighbors are alike, shuffle blocks: 7 keeps weeks of days
 * together. A rate that rises and falls again has its split at the larger change.
 *
 * Source: Akman and Raftery, Asymptotic inference for a change-point Poisson process, Annals of
 * Statistics 14 (1986).
 *
 * @param counts events per period, in order; integers of 0 or more
 * @param exposure what each count is out of: 1 for each period, or pages, or users; 0 or more
 * @returns undefined where there is no change: fewer than two periods with exposure, one rate
 *   throughout, or no fall (or rise) if only that is looked for
 * @throws {RangeError} if the series differ in length, a number is negative or not finite, a period has
 *   events but no exposure, or an option is out of its range
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
  if (!["any", "fall", "rise"].includes(change)) {
    throw new RangeError(`changePoint looks for any change, a fall or a rise, got ${change}`);
  }
  requireInteger("changePoint", { permutations, block });
  checkSeed("changePoint", seed);
  const order = Int32Array.from({ length: counts.length }, (_, i) => i);
  // Rounding can make a change of one rate that does not change.
  const found = largestChange(counts, exposure, change, order, 1e-9);
  if (!found) return undefined;

  const shuffle = shuffledBlocks(counts.length, block, randomNumbers(seed));
  // A little room: the same sums in another order may differ in their last digits.
  const asLarge = found.logLikelihoodRatio * (1 - 1e-12);
  let extreme = 1;
  for (let i = 0; i < permutations; i++) {
    if (largestChange(counts, exposure, change, shuffle(), asLarge)) extreme++;
  }
  return { ...found, pValue: extreme / (permutations + 1) };
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

/** The best of all splits of a series in some order, in one pass; none where no ratio is above `least`. */
function largestChange(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  change: "any" | "fall" | "rise",
  order: Int32Array,
  least: number,
) {
  let [events, whole] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    events += counts[order[at]!]!;
    whole += exposure[order[at]!]!;
  }
  const one = logLikelihood(events, whole);
  let best: Omit<ChangePoint, "pValue"> | undefined;
  let most = least;
  let [early, until] = [0, 0];
  for (let at = 0; at < order.length - 1; at++) {
    early += counts[order[at]!]!;
    until += exposure[order[at]!]!;
    const [late, rest] = [events - early, whole - until];
    if (!(until > 0 && rest > 0)) continue;
    // The ratio is at most chi-square's (Kullback and Leibler's divergence by Pearson's). Half of it
    // is far more room than rounding needs, but for ratios that are hardly more.
    const expected = (events * until) / whole;
    const chiSquare = ((early - expected) ** 2 * whole) / (expected * rest);
    if (most > 1e-6 && chiSquare < most / 2) continue;
    const [before, after] = [early / until, late / rest];
    if (before === after || (change !== "any" && after < before !== (change === "fall"))) continue;
    const ratio = logLikelihood(early, until) + logLikelihood(late, rest) - one;
    if (ratio > most) {
      most = ratio;
      best = { index: at + 1, before, after, logLikelihoodRatio: ratio };
    }
  }
  return best;
}

function logLikelihood(events: number, exposure: number): number {
  return events === 0 ? 0 : events * Math.log(events / exposure);
}

function shuffledBlocks(length: number, block: number, random: () => number): () => Int32Array {
  const blocks = Array.from({ length: Math.ceil(length / block) }, (_, b) => b);
  const order = new Int32Array(length);
  return () => {
    // Fisher and Yates.
    for (let last = blocks.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [blocks[last], blocks[other]] = [blocks[other]!, blocks[last]!];
    }
    let at = 0;
    for (const b of blocks) {
      for (let i = b * block; i < Math.min(length, (b + 1) * block); i++) order[at++] = i;
    }
    return order;
  };
}
