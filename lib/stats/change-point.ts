import { autocorrelation, blockLength } from "./block-length";
import { randomNumbers } from "./random";
import { requireInteger, requireNumber, requireOneOf } from "./require-option";

export interface ChangePoint {
  /** Place of the first count after the change. */
  index: number;
  before: number;
  after: number;
  /** Natural log-likelihood of the counts with both rates, less that with one. */
  logLikelihoodRatio: number;
  /** Pearson's chi-square about both rates, by its degrees of freedom: 1 for Poisson counts. */
  dispersion: number;
  /** How alike neighboring counts are (lag 1) once both rates are taken off. */
  autocorrelation: number;
  /** How many consecutive counts stay together when the series is shuffled. */
  block: number;
  /**
   * Share of the shuffled series, the found one among them, with a change as large anywhere; null
   * where shuffling would not show what chance does.
   */
  pValue: number | null;
}

export interface ChangePointOptions {
  change?: "any" | "fall" | "rise";
  /** How many times the series is shuffled. */
  permutations?: number;
  /** How many consecutive counts stay together: 1 of counts known to be independent. */
  block?: number;
  seed?: number;
}

/** Where neighboring sums are more alike than this, shuffling them makes too little of chance. */
const MOST_ALIKE = 0.3;
/** Dependence may hide in fewer counts. Both numbers are checked by simulation: docs/methods.md. */
const FEWEST_COUNTS = 160;
const BLOCKS = 10;

/**
 * The point in a series of counts at which their Poisson rate changed most, by maximum likelihood.
 * The p-value allows for having tried every split, for counts that vary more than Poisson's, and
 * for neighbors that are alike: ten blocks are shuffled as wholes. Without `block` it is null of
 * fewer than 160 counts, where `blockLength` asks for longer blocks, and where what both rates
 * leave over is alike (lag 1 above 0.3) from count to count, or from sum to sum of 2, 4, ... counts
 * or a block.
 * Sources: Akman and Raftery, Annals of Statistics 14 (1986); `blockLength`.
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
  { change = "any", permutations = 999, block: known, seed = 1 }: ChangePointOptions = {},
): ChangePoint | undefined {
  requireSeries("changePoint", counts, exposure);
  requireOneOf("changePoint", { change }, ["any", "fall", "rise"]);
  requireInteger("changePoint", { permutations, ...(known !== undefined && { block: known }) });
  requireInteger("changePoint", { seed }, {});
  const order = Int32Array.from({ length: counts.length }, (_, i) => i);
  // Rounding can make a change of one rate that does not change.
  const found = largestChange(counts, exposure, change, order, 1e-9);
  if (!found) return undefined;

  const left = residuals(counts, exposure, found);
  const squares = left.reduce((sum, x) => sum + x * x, 0);
  const block = known ?? Math.max(1, Math.floor(left.length / BLOCKS));
  const about = {
    ...found,
    dispersion: left.length > 2 ? squares / (left.length - 2) : 1,
    autocorrelation: autocorrelation(left),
    block,
  };
  const isLong = left.length >= FEWEST_COUNTS && blockLength(left) <= block;
  if (known === undefined && (!isLong || areAlike(left, block))) return { ...about, pValue: null };
  const shuffle = shuffledBlocks(counts.length, block, randomNumbers(seed));
  // A little room: the same sums in another order may differ in their last digits.
  const asLarge = found.logLikelihoodRatio * (1 - 1e-12);
  let extreme = 1;
  for (let i = 0; i < permutations; i++) {
    if (largestChange(counts, exposure, change, shuffle(), asLarge)) extreme++;
  }
  return { ...about, pValue: extreme / (permutations + 1) };
}

/** What both rates do not explain, in standard deviations of Poisson counts. */
function residuals(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  { index, before, after }: Pick<ChangePoint, "index" | "before" | "after">,
): Float64Array {
  return Float64Array.from({ length: counts.length }, (_, i) => {
    const expected = exposure[i]! * (i < index ? before : after);
    return expected > 0 ? (counts[i]! - expected) / Math.sqrt(expected) : 0;
  });
}

/** Whether sums of a block, or of some of its parts, are like the sums beside them. */
function areAlike(left: Float64Array, block: number): boolean {
  const isAlike = (length: number) => {
    const sums = new Float64Array(Math.ceil(left.length / length));
    for (let i = 0; i < left.length; i++) sums[Math.floor(i / length)]! += left[i]!;
    return autocorrelation(sums) > MOST_ALIKE;
  };
  for (let part = 1; part < block; part *= 2) if (isAlike(part)) return true;
  return isAlike(block);
}

/** Refuses a series of counts that cannot be one, with a RangeError. */
export function requireSeries(
  caller: string,
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
): void {
  if (counts.length !== exposure.length) {
    throw new RangeError(
      `${caller} needs an exposure for each count, got ${counts.length} counts and ${exposure.length} exposures`,
    );
  }
  for (let i = 0; i < counts.length; i++) {
    requireInteger(caller, { [`count ${i}`]: counts[i]! }, { atLeast: 0 });
    requireNumber(caller, { [`exposure ${i}`]: exposure[i]! }, { atLeast: 0 });
    if (counts[i] === 0 || exposure[i] !== 0) continue;
    throw new RangeError(
      `${caller} needs exposure wherever there are events, got ${counts[i]} out of 0 at ${i}`,
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
  let best: Pick<ChangePoint, "index" | "before" | "after" | "logLikelihoodRatio"> | undefined;
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

/** Greatest Poisson log-likelihood of events at one rate, less what is the same for every rate. */
export function logLikelihood(events: number, exposure: number): number {
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
