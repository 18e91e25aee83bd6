import { NOISE_LABEL } from "./labels";
import { neighborSearch } from "./neighbor-search";
import { type PointMatrix, type Points, pointMatrix } from "./points";
import { requireInteger } from "./require-integer";

export interface DbscanOptions {
  /** Farthest that a neighbor may be, the distance itself included. */
  eps: number;
  /** Neighbors that make a point the core of a cluster, itself included. */
  minSamples: number;
}

/**
 * [DBSCAN](https://en.wikipedia.org/wiki/DBSCAN): clusters are dense regions of any shape, however
 * many there are; points in sparse regions are noise. A core point has at least `minSamples` neighbors.
 * Core points within `eps` of each other share a cluster, and their other neighbors join it.
 *
 * Labels are those of scikit-learn's `DBSCAN`: clusters are numbered by their first core point, and a
 * border point between two goes to the lower number. (On 11 points or fewer scikit-learn rounds
 * distances: there, pairs at exactly `eps` may fall out otherwise.)
 *
 * Source: Ester, Kriegel, Sander and Xu, A Density-Based Algorithm for Discovering Clusters, KDD (1996).
 *
 * @param points rows of numbers, as many in each; distances are straight lines
 * @returns one label per point, from 0; noise is -1
 * @throws {RangeError} if `eps` is not above 0, or `minSamples` not an integer from 1
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * dbscan([[0], [1], [2], [9]], { eps: 1, minSamples: 2 }); // Int32Array [0, 0, 0, -1]
 */
export function dbscan(points: Points, { eps, minSamples }: DbscanOptions): Int32Array {
  requireDbscanOptions("dbscan", { eps, minSamples });
  const matrix = pointMatrix("dbscan", points);
  return clustersOf(matrix, { eps, minSamples });
}

/** The same of points and settings that have been checked. */
export function clustersOf(points: PointMatrix, { eps, minSamples }: DbscanOptions): Int32Array {
  const { neighborsOf, remove } = neighborSearch(points, eps);
  const isCore = Uint8Array.from({ length: points.count }, (_, point) =>
    neighborsOf(point, minSamples).length >= minSamples ? 1 : 0,
  );
  // A point with a label is no longer looked for: clusters that are wide stay fast.
  return labelClusters(points.count, (point) => isCore[point] === 1, neighborsOf, remove);
}

/** Refuses settings that make no clusters or only nonsense. */
export function requireDbscanOptions(caller: string, { eps, minSamples }: DbscanOptions): void {
  if (!(eps > 0 && eps < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${caller} needs eps to be above 0, got ${eps}: it is a distance`);
  }
  requireInteger(caller, { minSamples });
}

/**
 * DBSCAN on neighbors, however they are found.
 *
 * @param neighborsOf gives the neighbors of a core point; those with a label may be left out
 * @param labelled is told of each point that got its label
 */
export function labelClusters(
  count: number,
  isCore: (point: number) => boolean,
  neighborsOf: (point: number) => ArrayLike<number>,
  labelled: (point: number) => void = () => {},
): Int32Array {
  const labels = new Int32Array(count).fill(NOISE_LABEL);
  const reached: number[] = [];
  let label = 0;
  const reach = (point: number) => {
    labels[point] = label;
    labelled(point);
    if (isCore(point)) reached.push(point); // a border point leads no further
  };
  for (let first = 0; first < count; first++) {
    if (labels[first] !== NOISE_LABEL || !isCore(first)) continue;
    reach(first);
    for (let point = reached.pop(); point !== undefined; point = reached.pop()) {
      const neighbors = neighborsOf(point);
      for (let n = 0; n < neighbors.length; n++) {
        if (labels[neighbors[n]!] === NOISE_LABEL) reach(neighbors[n]!);
      }
    }
    label++;
  }
  return labels;
}
