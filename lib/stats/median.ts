/** The median of values in any order, as numpy's; NaN of an empty list. */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/** The same of values that are sorted, or of the first `count`. */
export function medianOfSorted(sorted: ArrayLike<number>, count = sorted.length): number {
  return count === 0 ? Number.NaN : (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
}
