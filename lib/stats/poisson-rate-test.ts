import { logFactorial } from "./log-factorial";

export interface PoissonRateTest {
  /** Probability of counts at least as unlikely, were both rates one; 0 where too small for a double. */
  pValue: number;
  /** Its natural logarithm, which does not run out. */
  logPValue: number;
}

/**
 * The exact conditional test of two Poisson rates (the C-test): given their sum, the first of two
 * counts is binomial if both rates are one. Two-sided as R's `poisson.test` and scipy's `binomtest`. It
 * takes each event as independent of the others, which page views are not: see `changePoint`.
 *
 * Source: Przyborowski and Wilenski, Homogeneity of results in testing samples from Poisson series,
 * Biometrika 31 (1940).
 *
 * @param countA events, an integer of 0 or more
 * @param exposureA what they are out of: time, or pages; above 0
 * @throws {RangeError} if a count or an exposure is not such a number
 * @example
 * poissonRateTest(20, 100, 5, 100).pValue; // 0.0041, as binomtest(20, 25, 0.5)
 */
export function poissonRateTest(
  countA: number,
  exposureA: number,
  countB: number,
  exposureB: number,
): PoissonRateTest {
  for (const count of [countA, countB]) {
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new RangeError(`poissonRateTest needs counts of 0 or more, got ${count}`);
    }
  }
  for (const exposure of [exposureA, exposureB]) {
    if (!(exposure > 0 && exposure < Infinity)) {
      throw new RangeError(
        `poissonRateTest needs exposures above 0, got ${exposure}: a rate is a count by exposure`,
      );
    }
  }
  const n = countA + countB;
  const logShare = Math.log(exposureA / (exposureA + exposureB));
  const logRest = Math.log(exposureB / (exposureA + exposureB));
  const all = logFactorial(n);
  const logProbability = (k: number) =>
    all - logFactorial(k) - logFactorial(n - k) + k * logShare + (n - k) * logRest;
  const observed = logProbability(countA);
  // Relative to the split that was found, so that nothing underflows on the way.
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const log = logProbability(k);
    // As R and scipy: a split as likely but for rounding counts.
    if (log <= observed + 1e-7) sum += Math.exp(log - observed);
  }
  const logPValue = Math.min(0, observed + Math.log(sum));
  return { pValue: Math.exp(logPValue), logPValue };
}
