/** So many lags in a row must be small before a series counts as forgotten. */
const SMALL_LAGS = 5;

/**
 * How many neighbors of a series must stay together, so that blocks of them keep its dependence:
 * the best length for the circular block bootstrap of a mean, at most a third of the series.
 * Sources: Politis and White, Econometric Reviews 23 (2004); corrected by Patton, Politis and
 * White, Econometric Reviews 28 (2009).
 *
 * @returns a length that need not be whole; 0 of a series without dependence, or too short for it
 */
export function blockLength(series: ArrayLike<number>): number {
  const n = series.length;
  const most = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + SMALL_LAGS);
  const covariances = autocovariances(series, most);
  if (!(covariances[0]! > 0)) return 0;
  const isSmall = (lag: number) =>
    Math.abs(covariances[lag]! / covariances[0]!) < 2 * Math.sqrt(Math.log10(n) / n);
  let forgotten = 1;
  for (let small = 0, lag = 1; small < SMALL_LAGS && lag <= most; lag++) {
    small = isSmall(lag) ? small + 1 : 0;
    if (small === 0) forgotten = lag + 1;
  }
  const widest = Math.min(2 * forgotten, most);
  let [slope, spectrum] = [0, covariances[0]!];
  for (let lag = 1; lag <= widest; lag++) {
    const weight = Math.min(1, 2 * (1 - lag / widest)) * covariances[lag]!;
    slope += 2 * weight * lag;
    spectrum += 2 * weight;
  }
  const length = ((1.5 * slope * slope * n) / (spectrum * spectrum)) ** (1 / 3);
  return Math.min(length, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)));
}

/** How alike neighbors in a series are: its correlation with itself one place later. */
export function autocorrelation(series: ArrayLike<number>): number {
  const [variance = 0, neighbors = 0] = autocovariances(series, 1);
  return variance > 0 ? neighbors / variance : 0;
}

function autocovariances(series: ArrayLike<number>, most: number): Float64Array {
  const n = series.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += series[i]!;
  const mean = sum / n;
  return Float64Array.from({ length: Math.max(0, most + 1) }, (_, lag) => {
    let product = 0;
    for (let i = lag; i < n; i++) product += (series[i]! - mean) * (series[i - lag]! - mean);
    return product / n;
  });
}
