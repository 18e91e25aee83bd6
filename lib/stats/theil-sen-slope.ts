import { median } from "./median";

/**
 * The median slope between any two of some values in order, which one wild value does not move (Sen,
 * Journal of the American Statistical Association 63, 1968).
 *
 * @returns in units of the values per step; 0 of fewer than two
 * @example
 * theilSenSlope([1, 2, 3, 4, 90]); // 1
 */
export function theilSenSlope(values: readonly number[]): number {
  const slopes: number[] = [];
  for (let j = 1; j < values.length; j++) {
    for (let i = 0; i < j; i++) slopes.push((values[j]! - values[i]!) / (j - i));
  }
  return slopes.length > 0 ? median(slopes) : 0;
}
