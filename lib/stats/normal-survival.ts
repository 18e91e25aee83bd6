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
