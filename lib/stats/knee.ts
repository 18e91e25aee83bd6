/**
 * Where a rising curve turns up: the first place farthest below the straight line from its first
 * point to its last, by more than one step (Satopaa and others, ICDCS Workshops, 2011).
 */
export function knee(sorted: ArrayLike<number>): number | undefined {
  const last = sorted.length - 1;
  if (last < 2) return undefined;
  const range = sorted[last]! - sorted[0]!;
  if (!(range > 0)) return undefined;
  let [found, most] = [-1, 1 / last];
  for (let i = 0; i <= last; i++) {
    const below = i / last - (sorted[i]! - sorted[0]!) / range;
    if (below > most) [found, most] = [i, below];
  }
  return found < 0 ? undefined : found;
}
