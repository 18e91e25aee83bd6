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

/**
 * Probability that a value of Student's t with so many degrees lies above `t`, right to 1e-12 of
 * it; NaN of NaN. Source: NIST Digital Library of Mathematical Functions, 8.17.4 and 8.17.22.
 */
export function studentSurvival(t: number, degrees: number): number {
  if (t < 0) return 1 - studentSurvival(-t, degrees);
  const [a, b] = [degrees / 2, 0.5];
  const [x, rest] = [degrees / (degrees + t * t), (t * t) / (degrees + t * t)];
  // The fraction converges fast on one side of the mean only.
  const isLow = x < (a + 1) / (a + b + 2);
  return isLow ? betaPart(x, rest, a, b) / 2 : (1 - betaPart(rest, x, b, a)) / 2;
}

/** How far above 0 a value of Student's t lies with the probability `tail`, at most a half. */
export function studentQuantile(tail: number, degrees: number): number {
  let [low, high] = [0, 1];
  while (studentSurvival(high, degrees) > tail) high *= 2;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (studentSurvival(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/** The regularized incomplete beta function at `x`, with `rest` 1 - x, by its continued fraction. */
function betaPart(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0;
  let fraction = 1;
  for (let m = LEVELS; m > 0; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    fraction = 1 + even / fraction;
    const odd = ((a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1));
    fraction = 1 - odd / fraction;
  }
  return (x ** a * rest ** b) / (a * betaWithHalf(Math.max(a, b)) * fraction);
}

/** B(a, 1/2) of a multiple of a half. */
function betaWithHalf(a: number): number {
  let beta = a % 1 === 0 ? 2 : Math.PI;
  for (let n = a % 1 === 0 ? 1 : 0.5; n < a; n++) beta *= n / (n + 0.5);
  return beta;
}
