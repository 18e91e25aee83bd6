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
