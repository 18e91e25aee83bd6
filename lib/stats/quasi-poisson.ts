/** Some counts by their weights: how many they stand for, their sum and the sum of squares. */
export interface Moments {
  n: number;
  sum: number;
  squares: number;
}

/** The mean of counts, and their dispersion: variance by mean, 1 for Poisson and never below. */
export function quasiPoisson({ n, sum, squares }: Moments) {
  const mean = sum / n;
  const variance = (squares - n * mean * mean) / (n - 1);
  return { mean, dispersion: n > 1 && mean > 0 ? Math.max(1, variance / mean) : 1 };
}

/**
 * By how many standard deviations a count lies above the mean, its skewness taken off (F. J.
 * Anscombe, "Contribution to the discussion of H. Hotelling's paper", 1953). Of mean 0: infinite.
 */
export function anscombeResidual(
  count: number,
  { mean, dispersion }: ReturnType<typeof quasiPoisson>,
): number {
  const above = Math.cbrt(count) ** 2 / mean ** (1 / 6) - Math.sqrt(mean);
  return (1.5 * above) / Math.sqrt(dispersion);
}
