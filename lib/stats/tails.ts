/** From here on the series loses digits, and the continued fraction does not. */
const TAIL = 2;
const LEVELS = 100;

/**
 * Probability that a standard normal value lies above `z`, right to 1e-12 of it; NaN of NaN.
 * Source: NIST Digital Library of Mathematical Functions, 7.6.2 and 7.9.1, at `z / sqrt(2)`.
 */
export function normalSurvival(z: number): number {
  if (z < 0) return 1 - normalSurvival(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > TAIL) {
    let fraction = z;
    for (let level = LEVELS; level > 0; level--) fraction = z + level / fraction;
    return density / fraction;
  }
  let sum = z;
  for (let term = z, n = 3; term > sum * Number.EPSILON; n += 2) sum += term *= (z * z) / n;
  return 0.5 - density * sum;
}

/**
 * Probability that a chi-square value lies above `x`, right to 1e-12 of it; NaN of NaN. Source:
 * NIST Digital Library of Mathematical Functions, 8.4.8, 8.4.10 and 8.8.6.
 */
export function chiSquareSurvival(x: number, degrees: number): number {
  if (x <= 0) return 1;
  // By Chernoff's bound the result is 0.
  if (x > 10_000 * degrees) return 0;
  const isOdd = degrees % 2 === 1;
  // The sum times e^(x/2), of which a part is taken off when the sum grows large.
  let power = x / 2;
  let term = isOdd ? Math.sqrt((2 * x) / Math.PI) : 1;
  let sum = degrees > 1 ? term : 0;
  for (let n = isOdd ? 3 : 2; n < degrees; n += 2) {
    term *= x / n;
    sum += term;
    if (sum > 1e200) {
      const part = Math.min(power, 400);
      power -= part;
      term *= Math.exp(-part);
      sum *= Math.exp(-part);
    }
  }
  // In two halves: one alone may be too small for a double.
  const inSum = sum * Math.exp(-power / 2) * Math.exp(-power / 2);
  return Math.min(1, isOdd ? 2 * normalSurvival(Math.sqrt(x)) + inSum : inSum);
}
