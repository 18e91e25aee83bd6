import { logLikelihood, requireSeries } from "./change-point";
import { median } from "./quantile";
import { requireInteger, requireNumber } from "./require-option";

export interface RateSegment {
  /** Place of its first count, and of the first after it. */
  from: number;
  until: number;
  count: number;
  exposure: number;
  /** Null without exposure. */
  rate: number | null;
}

export interface RateSegmentsOptions {
  /** Fewest counts of a segment. */
  least?: number;
  /** What a further segment must gain in twice the log-likelihood, by dispersion and log length. */
  penalty?: number;
  /** How many times the variance of Poisson counts; found where not given. */
  dispersion?: number;
}

/**
 * A series of counts cut where its rate changes: the cuts with the greatest Poisson likelihood,
 * less a penalty for each. It describes; a series that wanders is cut as well.
 * Sources: Killick, Fearnhead and Eckley, Journal of the American Statistical Association 107
 * (2012); the penalty of 3 is the modified criterion of Zhang and Siegmund, Biometrics 63 (2007),
 * as the R package changepoint takes it.
 *
 * @param counts events per period, in order
 * @param exposure what each count is out of
 * @returns at least one segment, in order; none of a series without counts
 * @throws {RangeError} if `changePoint` refuses the series, or an option is out of range
 * @example
 * rateSegments([1, 1, 0, 9, 8, 9], [9, 9, 9, 9, 9, 9], { least: 2 }); // from 0 until 3, until 6
 */
export function rateSegments(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  { least = 4, ...options }: RateSegmentsOptions = {},
): RateSegment[] {
  requireSeries("rateSegments", counts, exposure);
  requireInteger("rateSegments", { least });
  const price = priceOfCut(counts, exposure, options);
  const n = counts.length;
  if (n === 0) return [];
  const [events, whole] = [sums(counts), sums(exposure)];
  const cost = (from: number, until: number) =>
    -2 * logLikelihood(events[until]! - events[from]!, whole[until]! - whole[from]!);
  const best = new Float64Array(n + 1).fill(Infinity);
  const cut = new Int32Array(n + 1);
  const worthlessFrom = new Int32Array(n + 1).fill(n + 1);
  best[0] = -price;
  let candidates = [0];
  for (let until = Math.min(least, n); until <= n; until++) {
    for (const from of candidates) {
      const total = best[from]! + cost(from, until) + price;
      if (total < best[until]!) {
        best[until] = total;
        cut[until] = from;
      }
    }
    // A cut at `until` does better, as soon as a segment may begin there.
    for (const from of candidates) {
      if (best[from]! + cost(from, until) > best[until]!) {
        worthlessFrom[from] = Math.min(worthlessFrom[from]!, until + least);
      }
    }
    const next = until + 1 - least;
    if (next >= least) candidates.push(next);
    candidates = candidates.filter((from) => worthlessFrom[from]! > until + 1);
  }
  const found: RateSegment[] = [];
  for (let until = n; until > 0; until = cut[until]!) {
    const from = cut[until]!;
    const [count, over] = [events[until]! - events[from]!, whole[until]! - whole[from]!];
    found.unshift({ from, until, count, exposure: over, rate: over > 0 ? count / over : null });
  }
  return found;
}

/** What a further segment of a series must gain in twice the log-likelihood. */
export function priceOfCut(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
  { penalty = 3, dispersion = dispersionOf(counts, exposure) }: RateSegmentsOptions = {},
): number {
  requireNumber("rateSegments", { penalty, dispersion }, { above: 0 });
  return penalty * dispersion * Math.log(counts.length);
}

/** Median of chi-square with one degree of freedom. */
const USUAL = 0.4549;

/**
 * How many times as much as Poisson counts neighbors differ, at least 1. By the median: the few
 * places at which the rate changes do not count.
 */
function dispersionOf(counts: ArrayLike<number>, exposure: ArrayLike<number>): number {
  const squares: number[] = [];
  for (let i = 1; i < counts.length; i++) {
    const [a, b, x, y] = [counts[i - 1]!, counts[i]!, exposure[i - 1]!, exposure[i]!];
    if (a + b > 0 && x > 0 && y > 0) squares.push((a * y - b * x) ** 2 / (x * y * (a + b)));
  }
  return squares.length > 0 ? Math.max(1, median(squares) / USUAL) : 1;
}

function sums(values: ArrayLike<number>): Float64Array {
  const total = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) total[i + 1] = total[i]! + values[i]!;
  return total;
}
