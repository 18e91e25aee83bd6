import { median } from "./quantile";

/**
 * The median slope between any two of some values in order; 0 of fewer than two. Source: Sen,
 * Journal of the American Statistical Association 63 (1968).
 */
export function theilSenSlope(values: readonly number[]): number {
  const slopes: number[] = [];
  for (let j = 1; j < values.length; j++) {
    for (let i = 0; i < j; i++) slopes.push((values[j]! - values[i]!) / (j - i));
  }
  return slopes.length > 0 ? median(slopes) : 0;
}
