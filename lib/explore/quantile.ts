/**
 * A [quantile](https://en.wikipedia.org/wiki/Quantile) between two neighbors in proportion to
 * where it lies, as numpy and pandas give it.
 *
 * @param sorted values in order, at least one
 * @param part 0 for the lowest, 0.5 for the median, 1 for the highest
 */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const next = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[next]! - sorted[below]!);
}
