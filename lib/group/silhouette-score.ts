import { type PointMatrix, type Points, pointMatrix, squaredDistance } from "./points";

/**
 * [Silhouette](https://en.wikipedia.org/wiki/Silhouette_(clustering)): how much
 * closer points are to their own cluster than to the nearest other, as a mean
 * over all points. 1: far apart; 0: overlapping; below: in the wrong one.
 *
 * As in scikit-learn's `silhouette_score`, every label is a cluster, so DBSCAN's
 * noise counts as one too, and a point alone in its cluster scores 0. Distances
 * are computed from differences; scikit-learn's faster formula loses digits
 * where points coincide or lie far from the origin, up to 1e-7 of the score.
 *
 * @param points rows of numbers, as many in each
 * @param labels one whole number per point
 * @returns a number from -1 to 1
 * @throws {RangeError} if the labels are all one, or all different: then there
 *   is no other cluster to compare with, or none with two points
 * @throws {Error} if there are not as many labels as points, rows differ in
 *   length or hold anything but finite numbers
 * @example
 * silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1]); // 0.899749...
 */
export function silhouetteScore(points: Points, labels: ArrayLike<number>): number {
  const matrix = pointMatrix("silhouetteScore", points);
  if (labels.length !== matrix.count) {
    throw new Error(
      `silhouetteScore needs one label per point; got ${labels.length} labels for ${matrix.count} points`,
    );
  }
  const [score] = silhouetteScores(matrix, [labels]);
  if (score === null || score === undefined) {
    throw new RangeError(
      "silhouetteScore needs at least 2 labels, and fewer labels than points; " +
        `got ${new Set(Array.from(labels)).size} over ${matrix.count} points`,
    );
  }
  return score;
}

/**
 * The score of several ways to label the same points; null where it is not
 * defined. Distances are computed once, a point's at a time.
 */
export function silhouetteScores(
  points: PointMatrix,
  labelings: ArrayLike<number>[],
): (number | null)[] {
  const clusterings = labelings.map(clustering);
  const sums = clusterings.map(() => 0);
  const distances = new Float64Array(points.count);
  for (let i = 0; i < points.count; i++) {
    for (let j = 0; j < points.count; j++) {
      distances[j] = Math.sqrt(squaredDistance(points, i, j));
    }
    clusterings.forEach((clusters, c) => {
      sums[c]! += silhouetteOf(i, distances, clusters);
    });
  }
  return clusterings.map(({ sizes }, c) =>
    sizes.length >= 2 && sizes.length < points.count ? sums[c]! / points.count : null,
  );
}

interface Clustering {
  /** Cluster of each point, from 0. */
  clusters: Int32Array;
  /** Points in each cluster. */
  sizes: Int32Array;
}

/** Labels as places in a list, whatever numbers they are. */
function clustering(labels: ArrayLike<number>): Clustering {
  const places = new Map<number, number>();
  const clusters = Int32Array.from(labels, (label) => {
    if (!places.has(label)) places.set(label, places.size);
    return places.get(label)!;
  });
  const sizes = new Int32Array(places.size);
  for (const cluster of clusters) sizes[cluster]!++;
  return { clusters, sizes };
}

/** One point's silhouette, from its distances to all points. */
function silhouetteOf(
  point: number,
  distances: Float64Array,
  { clusters, sizes }: Clustering,
): number {
  const own = clusters[point]!;
  if (sizes[own] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < distances.length; j++) sums[clusters[j]!]! += distances[j]!;
  const within = sums[own]! / (sizes[own]! - 1); // its distance to itself is no distance
  let nearest = Number.POSITIVE_INFINITY;
  sums.forEach((sum, cluster) => {
    if (cluster !== own) nearest = Math.min(nearest, sum / sizes[cluster]!);
  });
  const larger = Math.max(within, nearest);
  return larger > 0 ? (nearest - within) / larger : 0;
}
