const SMALL = 64;
const SMALL_LOG_FACTORIALS = Float64Array.from({ length: SMALL }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial);
});

/**
 * Natural logarithm of `n!`, right to the last digits: the factorial itself where it is small, else
 * Stirling's series (NIST Digital Library of Mathematical Functions,
 * [5.11.1](https://dlmf.nist.gov/5.11.E1)).
 *
 * @example
 * logFactorial(5); // 4.787491742782046, log(120)
 */
export function logFactorial(n: number): number {
  if (n < SMALL) return SMALL_LOG_FACTORIALS[n]!;
  const square = n * n;
  const series = (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / n;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
