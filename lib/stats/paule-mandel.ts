import { normalSurvival } from "./tails";

export interface SharedMean {
  mean: number;
  /** Squared standard error of the mean. */
  variance: number;
  /** Variance between the values, beyond that of each. */
  tauSquared: number;
}

/**
 * What values that are known with different precision have in common: their mean, and how much they
 * differ beyond their own variances. Paule and Mandel, Journal of Research of the National Bureau
 * of Standards 87 (1982): the variance between values is the one with which the weighted squares
 * are as large as expected. `clip` makes it robust as Huber's proposal 2 does (Annals of
 * Mathematical Statistics 35, 1964): a value counts as at most so many standard deviations away.
 *
 * @param variances of each value, above 0
 * @returns `tauSquared` 0 of one value; NaN of none
 * @example
 * pauleMandel([0.1, 0.3, 0.9], [0.01, 0.02, 0.01]).tauSquared; // 0.1628
 */
export function pauleMandel(
  values: ArrayLike<number>,
  variances: ArrayLike<number>,
  clip = Infinity,
): SharedMean {
  const count = values.length;
  if (count < 2) {
    return { mean: values[0] ?? Number.NaN, variance: variances[0] ?? Number.NaN, tauSquared: 0 };
  }
  const wanted = (count - 1) * clippedSquare(clip);
  const most = clip * clip;
  let mean = medianOf(values);
  /** The mean at this variance between values, the sum of squares, and its slope. */
  const squaresAt = (tau: number) => {
    for (let step = 0; step < STEPS; step++) {
      const before = mean;
      let [sum, weights] = [0, 0];
      for (let i = 0; i < count; i++) {
        const variance = variances[i]! + tau;
        const square = (values[i]! - mean) ** 2 / variance;
        const weight = (square > most ? Math.sqrt(most / square) : 1) / variance;
        sum += weight * values[i]!;
        weights += weight;
      }
      mean = sum / weights;
      if (clip === Infinity || Math.abs(mean - before) <= 1e-10 * Math.abs(mean)) break;
    }
    let [squares, slope] = [0, 0];
    for (let i = 0; i < count; i++) {
      const variance = variances[i]! + tau;
      const square = (values[i]! - mean) ** 2 / variance;
      if (square < most) slope -= square / variance;
      squares += Math.min(square, most);
    }
    return { squares, slope };
  };
  const tauSquared = falling(squaresAt, wanted, spreadOf(values, variances));
  const precision = Array.from(variances).reduce((sum, own) => sum + 1 / (own + tauSquared), 0);
  return { mean, variance: 1 / precision, tauSquared };
}

const STEPS = 50;

/** Where a falling function comes down to what is wanted, if above 0: Newton's steps, or halves. */
function falling(
  at: (x: number) => { squares: number; slope: number },
  wanted: number,
  guess: number,
): number {
  let [low, high, x] = [0, Infinity, 0];
  for (let step = 0; step < 4 * STEPS; step++) {
    const { squares, slope } = at(x);
    if (squares > wanted) low = x;
    else high = x;
    if (high === 0 || Math.abs(squares - wanted) <= 1e-12 * wanted) break;
    const next = step === 0 ? guess : x - (squares - wanted) / slope;
    const isInside = next > low && next < high;
    x = isInside ? next : high < Infinity ? (low + high) / 2 : Math.max(1e-9, 10 * x);
  }
  return x;
}

/** How much values vary beyond their own variances, all taken alike. */
function spreadOf(values: ArrayLike<number>, variances: ArrayLike<number>): number {
  const count = values.length;
  let [sum, squares, own] = [0, 0, 0];
  for (let i = 0; i < count; i++) sum += values[i]!;
  for (let i = 0; i < count; i++) {
    squares += (values[i]! - sum / count) ** 2;
    own += variances[i]!;
  }
  return squares / (count - 1) - own / count;
}

/** The mean of a standard normal value's square, of which no more than `clip` squared counts. */
function clippedSquare(clip: number): number {
  if (clip === Infinity) return 1;
  const tail = normalSurvival(clip);
  const density = Math.exp((-clip * clip) / 2) / Math.sqrt(2 * Math.PI);
  return 1 - 2 * tail - 2 * clip * density + 2 * clip * clip * tail;
}

function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}
