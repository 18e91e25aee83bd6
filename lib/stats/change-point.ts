import { randomNumbers } from "./random";
import { requireInteger, requireNumber, requireOneOf } from "./require-option";

export interface ChangePoint {
  /** Place of the first count after the change. */
  index: number;
  before: number;
  after: number;
  /** Natural log-likelihood of the counts with both rates, less that with one. */
  logLikelihoodRatio: number;
  /** Share of the shuffled series, the found one among them, with a change as large anywhere. */
  pValue: number;
}

export interface ChangePointOptions {
  change?: "any" | "fall" | "rise";
  /** How many times the series is shuffled. */
  permutations?: number;
  /** How many consecutive counts stay together: 7 keeps weeks of days. */
  block?: number;
  seed?: number;
}

/**
 * The point in a series of counts at which their Poisson rate changed most, by maximum likelihood.
 * The p-value is a permutation test's: it allows for having tried every split.
 * Source: Akman and Raftery, Annals of Statistics 14 (1986).
 *
 * @param counts events per period, in order
 * @param exposure what each count is out of: 1 for each period, or pages, or users
 * @returns undefined where no rate changes (or none falls or rises, where that is asked for)
 * @throws {RangeError} if the series differ in length, a number is negative or not finite, a period
 *   has events but no exposure, or an option is out of its range
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
  requireOneOf("changePoint", { change }, ["any", "fall", "rise"]);
  requireInteger("changePoint", { permutations, block });
  requireInteger("changePoint", { seed }, {});
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
    requireInteger("changePoint", { [`count ${i}`]: counts[i]! }, { atLeast: 0 });
    requireNumber("changePoint", { [`exposure ${i}`]: exposure[i]! }, { atLeast: 0 });
    if (counts[i] === 0 || exposure[i] !== 0) continue;
    throw new RangeError(
      `changePoint needs exposure wherever there are events, got ${counts[i]} out of 0 at ${i}`,
    );
  }
}

/** The best of all splits in one pass; undefined where no ratio is above `least`. */
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
    // The ratio is at most chi-square's: most splits need no logarithm. Half is room for rounding.
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
