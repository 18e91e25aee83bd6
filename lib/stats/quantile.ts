/** Interpolated between the two nearest of sorted values, as by numpy; NaN of an empty list. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const next = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[next]! - sorted[below]!);
}

/** The median of values in any order, as numpy's; NaN of an empty list. */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/** The same of values that are sorted, or of the first `count`. */
export function medianOfSorted(sorted: ArrayLike<number>, count = sorted.length): number {
  return count === 0 ? Number.NaN : (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
}
