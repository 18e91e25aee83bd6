/**
 * The value below which a part of some values lie, interpolated as by numpy and R's type 7.
 *
 * @param sorted from the smallest to the largest
 * @returns NaN of an empty list
 * @example
 * quantile([1, 2, 4, 9], 0.25); // 1.75
 */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const next = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[next]! - sorted[below]!);
}
