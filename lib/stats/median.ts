/**
 * The median of values in any order: the mean of two where two are in the middle, as numpy's.
 *
 * @returns NaN of none
 * @example
 * median([9, 1, 2, 4]); // 3
 */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/** The same of values that are sorted, or of so many that an array begins with. */
export function medianOfSorted(sorted: ArrayLike<number>, count = sorted.length): number {
  return count === 0 ? Number.NaN : (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
}
