import { kmeans } from "ml-kmeans";
import { orderOfPoints, type Points, pointMatrix } from "./points";

export interface KMeansOptions {
  /** How many clusters. */
  k: number;
  /** Begins the random numbers: the same seed gives the same clusters. */
  seed?: number;
  /** How many times to begin anew; the best is kept. */
  starts?: number;
}

/** Points divided among centers. */
export interface KMeans {
  /** One label per point, from 0, clusters in order of their first point. */
  labels: Int32Array;
  /** Mean of each cluster's points, by label. */
  centers: number[][];
  /** Squared distances of points to their cluster's center, summed. */
  inertia: number;
}

/**
 * K-means: `k` centers such that points lie close to the nearest one. Every point is in a cluster,
 * there is no noise; clusters are as round and as wide as one another, whether the data are or not.
 *
 * By Lloyd's algorithm from k-means++ beginnings (package ml-kmeans), then by moving single points as
 * long as that lowers the inertia, which Lloyd's steps do not see (Hartigan and Wong, Applied
 * Statistics 28, 1979). It begins `starts` times and keeps the best: a good division, not always the
 * best there is.
 *
 * @param points rows of numbers, as many in each; their order does not change the division
 * @throws {RangeError} if `k` is not an integer from 1 to the number of different points,
 *   `seed` not an integer or `starts` not one from 1
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * kMeans([[0], [1], [10], [11]], { k: 2 }); // labels 0, 0, 1, 1, centers 0.5 and 10.5, inertia 1
 */
export function kMeans(points: Points, { k, seed = 1, starts = 20 }: KMeansOptions): KMeans {
  const matrix = pointMatrix("kMeans", points);
  // In an order of their own, because the beginnings are drawn by place.
  const order = orderOfPoints(matrix);
  const data = Array.from(order, (row) => Array.from(points[row]!));
  const different = data.filter(
    (point, i) => i === 0 || point.some((value, d) => value !== data[i - 1]![d]),
  ).length;
  if (!Number.isInteger(k) || k < 1 || k > different) {
    throw new RangeError(
      `kMeans needs k to be an integer from 1 to ${different}, the number of different points; got ${k}`,
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`kMeans needs seed to be an integer, got ${seed}`);
  }
  if (!Number.isInteger(starts) || starts < 1) {
    throw new RangeError(`kMeans needs starts to be an integer from 1, got ${starts}`);
  }
  let best: { clusters: number[]; inertia: number } | undefined;
  for (let start = 0; start < starts; start++) {
    const options = { seed: seed + start, tolerance: 0, maxIterations: 1000 };
    const clusters = moveSinglePoints(data, kmeans(data, k, options).clusters, k);
    const inertia = inertiaOf(data, clusters, meansOf(data, clusters, k));
    // Equal but for rounding is equal: the first is kept.
    if (best === undefined || inertia < best.inertia * (1 - 1e-12)) best = { clusters, inertia };
  }
  return inOrderOfPoints(data, order, best!.clusters, best!.inertia);
}

/** Moves points to other clusters, one at a time, until no move lowers the inertia. */
function moveSinglePoints(data: number[][], lloyd: number[], k: number): number[] {
  const clusters = lloyd.slice();
  const centers = meansOf(data, clusters, k);
  const sizes = new Int32Array(k);
  for (const cluster of clusters) sizes[cluster]!++;
  const squared = (point: number[], cluster: number) =>
    point.reduce((sum, value, d) => sum + (value - centers[cluster]![d]!) ** 2, 0);
  for (let moved = true; moved; ) {
    moved = false;
    data.forEach((point, i) => {
      const own = clusters[i]!;
      if (sizes[own] === 1) return;
      // What its cluster's inertia loses without it; the least that another's gains.
      const loss = (squared(point, own) * sizes[own]!) / (sizes[own]! - 1);
      let [to, gain] = [own, loss * (1 - 1e-9)]; // rounding is no reason to move
      for (let other = 0; other < k; other++) {
        if (other === own) continue;
        // An empty cluster takes a point at no cost.
        const cost =
          sizes[other] === 0 ? 0 : (squared(point, other) * sizes[other]!) / (sizes[other]! + 1);
        if (cost < gain) [to, gain] = [other, cost];
      }
      if (to === own) return;
      sizes[own]!--;
      sizes[to]!++;
      point.forEach((value, d) => {
        centers[own]![d]! -= (value - centers[own]![d]!) / sizes[own]!;
        const start = sizes[to] === 1 ? 0 : centers[to]![d]!;
        centers[to]![d] = start + (value - start) / sizes[to]!;
      });
      clusters[i] = to;
      moved = true;
    });
  }
  return clusters;
}

function meansOf(data: number[][], clusters: number[], k: number): number[][] {
  const dimensions = data[0]!.length;
  const sums = Array.from({ length: k }, () => new Array<number>(dimensions).fill(0));
  const sizes = new Int32Array(k);
  data.forEach((point, i) => {
    sizes[clusters[i]!]!++;
    for (let d = 0; d < dimensions; d++) sums[clusters[i]!]![d]! += point[d]!;
  });
  return sums.map((sum, cluster) => sum.map((value) => value / sizes[cluster]!));
}

function inertiaOf(data: number[][], clusters: number[], centers: number[][]): number {
  return data.reduce((total, point, i) => {
    const center = centers[clusters[i]!]!;
    return total + point.reduce((sum, value, d) => sum + (value - center[d]!) ** 2, 0);
  }, 0);
}

/** From the order that points were divided in to that in which they came. */
function inOrderOfPoints(
  data: number[][],
  order: Int32Array,
  clusters: number[],
  inertia: number,
): KMeans {
  const clusterOf = new Int32Array(order.length);
  order.forEach((row, place) => {
    clusterOf[row] = clusters[place]!;
  });
  const known = [...new Set(clusterOf)];
  const centers = meansOf(data, clusters, Math.max(...known) + 1);
  return {
    labels: clusterOf.map((cluster) => known.indexOf(cluster)),
    centers: known.map((cluster) => centers[cluster]!),
    inertia,
  };
}
