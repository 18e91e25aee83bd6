import { logFactorial } from "./log-factorial";

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

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
