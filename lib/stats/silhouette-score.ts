import { type Points, pointMatrix, requireLabels, somePoints } from "./points";
import { checkSeed, drawnRows, randomStream } from "./random";
import { requireInteger } from "./require-integer";
import { silhouettes } from "./silhouettes";

export interface SilhouetteOptions {
  /** Points to compute it from, drawn at random; all where not given. */
  sampleSize?: number;
  /** Seed of the sample: the same one draws the same rows. */
  seed?: number;
}

/**
 * [Silhouette](https://en.wikipedia.org/wiki/Silhouette_(clustering)): how much closer points are to
 * their own cluster than to the nearest other, as a mean over all points. 1: far apart; 0:
 * overlapping; below: in the wrong one.
 *
 * As scikit-learn's `silhouette_score`: every label is a cluster, DBSCAN's noise too, and a point
 * alone in its cluster scores 0. The time grows with the square of the points, a minute or two at
 * 100,000; `sampleSize` scores some as if there were no others.
 *
 * Source: Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20 (1987).
 *
 * @param labels one integer per point
 * @throws {RangeError} if the labels (of the sample) are all one or all different, or an option is out
 *   of its range
 * @throws {Error} if there are not as many labels as points, or these are as `dbscan` refuses them
 * @example
 * silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1]); // 0.899749...
 */
export function silhouetteScore(
  points: Points,
  labels: ArrayLike<number>,
  { sampleSize = Number.MAX_SAFE_INTEGER, seed = 1 }: SilhouetteOptions = {},
): number {
  checkSeed("silhouetteScore", seed);
  requireInteger("silhouetteScore", { sampleSize }, 2);
  const all = pointMatrix("silhouetteScore", points);
  requireLabels("silhouetteScore", labels, all.count);
  const isSample = sampleSize < all.count;
  const random = randomStream(seed, "silhouette sample").next;
  const rows = isSample
    ? drawnRows(all.count, sampleSize, random)()
    : Int32Array.from(points.keys());
  const own = Int32Array.from(rows, (row) => labels[row]!);
  const score = silhouettes(somePoints(all, rows), [own])[0]!.withNoise;
  if (score === null) {
    throw new RangeError(
      "silhouetteScore needs at least 2 labels, and fewer labels than points; " +
        `got ${new Set(own).size} over ${rows.length} points${isSample ? " in the sample" : ""}`,
    );
  }
  return score;
}
