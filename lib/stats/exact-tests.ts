import { requireInteger, requireNumber } from "./require-option";

/**
 * Fisher's exact test, one-sided: probability that two groups of `m` and `n` out of `count` share
 * at least `observed` by chance.
 */
export function hypergeometricTest(observed: number, m: number, n: number, count: number): number {
  let sum = 0;
  for (let both = observed; both <= Math.min(m, n); both++) {
    if (count - m - n + both < 0) continue; // fewer than none would be in neither
    sum += Math.exp(logChoose(m, both) + logChoose(count - m, n - both) - logChoose(count, n));
  }
  return Math.min(1, sum);
}

/** Probability of at least `least` of `n` independent events, each with probability `p`. */
export function binomialTail(least: number, n: number, p: number): number {
  if (least <= 0) return 1;
  if (p <= 0 || p >= 1) return p >= 1 && least <= n ? 1 : 0;
  let sum = 0;
  for (let k = least; k <= n; k++) {
    sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  }
  return Math.min(1, sum);
}

const Z_95 = 1.959963984540054;

/** The 95 % interval of a share (Wilson, Journal of the American Statistical Association 22, 1927). */
export function wilsonInterval(count: number, n: number): [low: number, high: number] {
  const [share, square] = [count / n, Z_95 ** 2 / n];
  const middle = (share + square / 2) / (1 + square);
  const half = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square);
  return [middle - half, middle + half];
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/**
 * The exact conditional test of two Poisson rates, two-sided as R's `poisson.test`. It takes each
 * event as independent of the others, which page views are not: see `changePoint`.
 * Source: Przyborowski and Wilenski, Biometrika 31 (1940).
 *
 * @param exposureA what the events are out of: time, or pages
 * @returns `pValue`, the probability of counts at least as unlikely, were both rates one, and
 *   `logPValue`, its natural logarithm, also where the p-value is too small for a double
 * @throws {RangeError} if a count is not an integer of at least 0, or an exposure not above 0
 * @example
 * poissonRateTest(20, 100, 5, 100).pValue; // 0.0041
 */
export function poissonRateTest(
  countA: number,
  exposureA: number,
  countB: number,
  exposureB: number,
) {
  requireInteger("poissonRateTest", { countA, countB }, { atLeast: 0 });
  requireNumber("poissonRateTest", { exposureA, exposureB }, { above: 0 });
  const n = countA + countB;
  const logShare = Math.log(exposureA / (exposureA + exposureB));
  const logRest = Math.log(exposureB / (exposureA + exposureB));
  const all = logFactorial(n);
  const logProbability = (k: number) =>
    all - logFactorial(k) - logFactorial(n - k) + k * logShare + (n - k) * logRest;
  const observed = logProbability(countA);
  // Relative to the split that was found: nothing underflows.
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const log = logProbability(k);
    // As R and scipy: equal but for rounding is equal.
    if (log <= observed + 1e-7) sum += Math.exp(log - observed);
  }
  const logPValue = Math.min(0, observed + Math.log(sum));
  return { pValue: Math.exp(logPValue), logPValue };
}

const SMALL = 64;
const SMALL_LOG_FACTORIALS = Float64Array.from({ length: SMALL }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial);
});

/** Natural logarithm of `n!`. Source: NIST Digital Library of Mathematical Functions, 5.11.1. */
export function logFactorial(n: number): number {
  if (n < SMALL) return SMALL_LOG_FACTORIALS[n]!;
  const square = n * n;
  const series = (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / n;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}

/**
 * P-values corrected for the number of tests, in the same order (Benjamini and Hochberg, Journal of
 * the Royal Statistical Society B 57, 1995).
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const count = pValues.length;
  const order = [...Array(count).keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const corrected = new Float64Array(count);
  let least = 1;
  for (let place = count; place > 0; place--) {
    const i = order[place - 1]!;
    least = Math.min(least, (pValues[i]! * count) / place);
    corrected[i] = least;
  }
  return corrected;
}
