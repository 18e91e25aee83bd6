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
 * The exact sign test, two-sided: probability of a split of `less` and `more` at least as uneven,
 * were each side as likely as the other. Ties count on neither; 1 of none.
 */
export function signTest(less: number, more: number): number {
  const n = less + more;
  let sum = 0;
  for (let k = 0; k <= Math.min(less, more); k++) sum += Math.exp(logChoose(n, k) - n * Math.LN2);
  return Math.min(1, 2 * sum);
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
 * the Royal Statistical Society B 57, 1995). Of those below a bound, at most that part is chance in
 * the mean where tests are independent, or positively dependent on each one without an effect:
 * where one of these is small, the others tend to be small (Benjamini and Yekutieli, Annals of
 * Statistics 29, 2001). Whatever the dependence, the bound holds times 1 + 1/2 + ... + 1/n.
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
