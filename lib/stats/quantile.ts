/** Interpolated between the two nearest of sorted values, as by numpy; NaN of an empty list. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const next = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[next]! - sorted[below]!);
}
