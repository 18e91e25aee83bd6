import { NOISE_LABEL, numberedLabels } from "./labels";
import {
  distanceOf,
  type PointMatrix,
  type Points,
  pointMatrix,
  requireLabels,
  somePoints,
} from "./points";
import { drawnRows, randomStream } from "./random";
import { requireInteger } from "./require-option";

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

/**
 * Mean silhouettes of several labelings, noise counted as a cluster, and of the points in clusters
 * alone; null where they are not defined. Distances are computed once for all.
 */
export function silhouettes(points: PointMatrix, labelings: ArrayLike<number>[]) {
  const ways = labelings.map(clustersOf);
  const distances = new Float64Array(points.count);
  for (let i = 0; i < points.count; i++) {
    for (let j = 0; j < points.count; j++) distances[j] = distanceOf(points, i, j);
    for (const way of ways) addSilhouette(way, i, distances);
  }
  return ways.map(({ sizes, withNoise, withoutNoise }) => {
    const noise = sizes[sizes.length - 1]!;
    const clusters = sizes.length - 1;
    const mean = (sum: number, labels: number, count: number) =>
      labels >= 2 && labels < count ? sum / count : null;
    return {
      withNoise: mean(withNoise, clusters + (noise > 0 ? 1 : 0), points.count),
      withoutNoise: mean(withoutNoise, clusters, points.count - noise),
    };
  });
}

/** A labeling with noise as its last cluster; `sums` are of one point's distances to each. */
function clustersOf(labels: ArrayLike<number>) {
  const numbers = numberedLabels(labels);
  const noise = numbers.reduce((count, label) => Math.max(count, label + 1), 0);
  const places = numbers.map((label) => (label === NOISE_LABEL ? noise : label));
  const sizes = new Int32Array(noise + 1);
  for (const place of places) sizes[place]!++;
  return { places, sizes, sums: new Float64Array(noise + 1), withNoise: 0, withoutNoise: 0 };
}

function addSilhouette(
  way: ReturnType<typeof clustersOf>,
  point: number,
  distances: Float64Array,
): void {
  const { places, sizes, sums } = way;
  const own = places[point]!;
  const noise = sizes.length - 1;
  if (sizes[own] === 1) return; // a point alone scores 0
  sums.fill(0);
  for (let j = 0; j < places.length; j++) sums[places[j]!]! += distances[j]!;
  const within = sums[own]! / (sizes[own]! - 1); // its distance to itself is no distance
  let nearest = Number.POSITIVE_INFINITY;
  for (let other = 0; other < noise; other++) {
    if (other !== own) nearest = Math.min(nearest, sums[other]! / sizes[other]!);
  }
  if (own === noise) {
    way.withNoise += silhouette(within, nearest);
    return;
  }
  way.withoutNoise += silhouette(within, nearest);
  if (sizes[noise]! > 0) nearest = Math.min(nearest, sums[noise]! / sizes[noise]!);
  way.withNoise += silhouette(within, nearest);
}

function silhouette(within: number, nearest: number): number {
  const larger = Math.max(within, nearest);
  return larger > 0 && larger < Number.POSITIVE_INFINITY ? (nearest - within) / larger : 0;
}
