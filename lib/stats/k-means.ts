import { kmeans } from "ml-kmeans";
import { numberedLabels } from "./labels";
import { orderOfPoints, type Points, pointMatrix } from "./points";
import { requireInteger } from "./require-option";

export interface KMeansOptions {
  k: number;
  seed?: number;
  /** How many beginnings are tried; the best is kept. */
  starts?: number;
}

export interface KMeans {
  /** One label per point, from 0, clusters in order of their first point. */
  labels: Int32Array;
  centers: number[][];
  /** Squared distances of points to their cluster's center, summed. */
  inertia: number;
}

/**
 * K-means: `k` centers such that points lie close to the nearest one. Lloyd's algorithm from
 * k-means++ beginnings, then moves of single points.
 * Source: Hartigan and Wong, Applied Statistics 28 (1979).
 *
 * @param points rows of numbers, as many in each; their order does not change the division
 * @throws {RangeError} if `k` is not an integer from 1 to the number of different points,
 *   `seed` not an integer or `starts` not one of at least 1
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * kMeans([[0], [1], [10], [11]], { k: 2 }); // labels 0, 0, 1, 1, centers 0.5 and 10.5, inertia 1
 */
export function kMeans(points: Points, { k, seed = 1, starts = 20 }: KMeansOptions): KMeans {
  const matrix = pointMatrix("kMeans", points);
  // In an order of their own: beginnings are drawn by place.
  const order = orderOfPoints(matrix);
  const data = Array.from(order, (row) => Array.from(points[row]!));
  const different = new Set(data.map((point) => point.map((value) => value + 0).join())).size;
  if (!Number.isInteger(k) || k < 1 || k > different) {
    throw new RangeError(
      `kMeans needs k to be an integer from 1 to ${different}, the number of different points; got ${k}`,
    );
  }
  requireInteger("kMeans", { seed }, {});
  requireInteger("kMeans", { starts });
  let best = division(data, k, seed);
  for (let start = 1; start < starts; start++) {
    const other = division(data, k, seed + start);
    if (other.inertia < best.inertia * (1 - 1e-12)) best = other;
  }
  const clusterOf = new Int32Array(order.length);
  order.forEach((row, place) => {
    clusterOf[row] = best.clusters[place]!;
  });
  return {
    labels: numberedLabels(clusterOf),
    centers: [...new Set(clusterOf)].map((cluster) => best.centers[cluster]!),
    inertia: best.inertia,
  };
}

function division(data: number[][], k: number, seed: number) {
  const { clusters } = kmeans(data, k, { seed, tolerance: 0, maxIterations: 1000 });
  let { sizes, centers } = meansOf(data, clusters, k);
  for (let moved = true; moved; ) {
    moved = false;
    data.forEach((point, i) => {
      const own = clusters[i]!;
      if (sizes[own] === 1) return;
      // What its cluster's inertia loses without it; the least that another's gains.
      const loss = (squared(point, centers[own]!) * sizes[own]!) / (sizes[own]! - 1);
      const gains = centers.map((center, other) =>
        sizes[other] === 0 ? 0 : (squared(point, center) * sizes[other]!) / (sizes[other]! + 1),
      );
      gains[own] = loss * (1 - 1e-9); // rounding is no reason to move
      const to = gains.indexOf(Math.min(...gains));
      if (gains[to] === gains[own]) return;
      clusters[i] = to;
      moved = true;
      ({ sizes, centers } = meansOf(data, clusters, k));
    });
  }
  const inertia = data.reduce((sum, point, i) => sum + squared(point, centers[clusters[i]!]!), 0);
  return { clusters, centers, inertia };
}

function squared(a: number[], b: number[]): number {
  return a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0);
}

function meansOf(data: number[][], clusters: number[], k: number) {
  const sizes = new Array<number>(k).fill(0);
  const sums = sizes.map(() => data[0]!.map(() => 0));
  data.forEach((point, i) => {
    const cluster = clusters[i]!;
    sizes[cluster]!++;
    point.forEach((value, d) => {
      sums[cluster]![d]! += value;
    });
  });
  return { sizes, centers: sums.map((sum, own) => sum.map((value) => value / sizes[own]!)) };
}
