import { logFactorial } from "./log-factorial";
import { requireInteger, requireNumber } from "./require-option";

export interface PoissonRateTest {
  /** Probability of counts at least as unlikely, were both rates one. */
  pValue: number;
  /** Its natural logarithm, also where the p-value is too small for a double. */
  logPValue: number;
}

/**
 * The exact conditional test of two Poisson rates, two-sided as R's `poisson.test`. It takes each
 * event as independent of the others, which page views are not: see `changePoint`.
 * Source: Przyborowski and Wilenski, Biometrika 31 (1940).
 *
 * @param exposureA what the events are out of: time, or pages
 * @throws {RangeError} if a count is not an integer of at least 0, or an exposure not above 0
 * @example
 * poissonRateTest(20, 100, 5, 100).pValue; // 0.0041
 */
export function poissonRateTest(
  countA: number,
  exposureA: number,
  countB: number,
  exposureB: number,
): PoissonRateTest {
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
