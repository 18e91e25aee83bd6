import { type Points, pointMatrix, requireLabels, somePoints } from "./points";
import { drawnRows, randomStream } from "./random";
import { requireInteger } from "./require-option";
import { silhouettes } from "./silhouettes";

export interface SilhouetteOptions {
  /** Points to compute it from, drawn at random; all where not given. */
  sampleSize?: number;
  seed?: number;
}

/**
 * Silhouette: how much closer points are to their own cluster than to the nearest other, as a mean,
 * from -1 to 1. As scikit-learn's `silhouette_score`: noise is a cluster, and a point alone in its
 * cluster scores 0. The time grows with the square of the points.
 * Source: Rousseeuw, Journal of Computational and Applied Mathematics 20 (1987).
 *
 * @throws {RangeError} if the labels (of the sample) are all one or all different, or an option is
 *   out of its range
 * @throws {Error} if labels and points differ in number, or `dbscan` refuses the points
 * @example
 * silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1]); // 0.899749...
 */
export function silhouetteScore(
  points: Points,
  labels: ArrayLike<number>,
  { sampleSize = Number.MAX_SAFE_INTEGER, seed = 1 }: SilhouetteOptions = {},
): number {
  requireInteger("silhouetteScore", { seed }, {});
  requireInteger("silhouetteScore", { sampleSize }, { atLeast: 2 });
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
