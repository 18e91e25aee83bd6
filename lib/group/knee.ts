/**
 * Where a rising curve turns up: the place after which values grow much faster than before, by
 * Kneedle. Places and values are both scaled to 0 to 1; the knee is where the curve lies farthest
 * below the straight line from its first point to its last.
 *
 * Source: Satopaa, Albrecht, Irwin and Raghavan, Finding a "Kneedle" in a Haystack: Detecting
 * Knee Points in System Behavior, ICDCS Workshops (2011), for a convex rising curve that is known
 * as a whole: of its knees the strongest, with sensitivity 1 (the curve lies below the line by
 * more than one step of places, so that a straight line has none), and without the smoothing,
 * which a sorted curve does not need.
 *
 * @param sorted values from the smallest to the largest
 * @returns the knee's index, of equal ones the first; undefined where there is none: fewer than 3
 *   values, all equal, a straight line, or a curve that only flattens
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
