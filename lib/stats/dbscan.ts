import { clusterTree } from "./cluster-tree";
import { kdTree } from "./kd-tree";
import { FEW_POINTS, type Neighbors, neighborsWithin } from "./neighbors-within";
import { type Points, pointMatrix } from "./points";

export interface DbscanOptions {
  /** Farthest that a neighbor may be, the distance itself included. */
  eps: number;
  /** Neighbors that make a point the core of a cluster. A point is its own neighbor. */
  minSamples: number;
}

/** Label of points that belong to no cluster. */
export const NOISE_LABEL = -1;

/**
 * [DBSCAN](https://en.wikipedia.org/wiki/DBSCAN): clusters are dense regions of any shape, however
 * many there are; points in sparse regions are noise.
 *
 * A core point has `minSamples` neighbors or more. Core points within `eps` of each other share a
 * cluster, and their other neighbors join it as its border. Labels are those of scikit-learn's
 * `DBSCAN`: clusters are numbered by their first core point, and a border point between two goes to
 * the lower number. (On 11 points or fewer scikit-learn rounds distances: there, pairs at exactly
 * `eps` may fall out otherwise.) 100,000 points in 7 dimensions take seconds and 20 MB.
 *
 * Source: Ester, Kriegel, Sander and Xu, A Density-Based Algorithm for Discovering Clusters, KDD
 * (1996).
 *
 * @param points rows of numbers, as many in each; distances are straight lines
 * @returns one label per point, from 0; noise is -1. No points, no labels.
 * @throws {RangeError} if `eps` is not above 0, or `minSamples` not an integer from 1
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * dbscan([[0], [1], [2], [9]], { eps: 1, minSamples: 2 }); // Int32Array [0, 0, 0, -1]
 */
export function dbscan(points: Points, { eps, minSamples }: DbscanOptions): Int32Array {
  requireDbscanOptions("dbscan", { eps, minSamples });
  const matrix = pointMatrix("dbscan", points);
  return matrix.count <= FEW_POINTS
    ? labelClusters(neighborsWithin(matrix, eps), minSamples)
    : clusterTree(kdTree(matrix), eps, minSamples);
}

/** Refuses settings that make no clusters or only nonsense. */
export function requireDbscanOptions(caller: string, { eps, minSamples }: DbscanOptions): void {
  if (!(eps > 0 && eps < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${caller} needs eps above 0, got ${eps}: it is a distance`);
  }
  if (!Number.isInteger(minSamples) || minSamples < 1) {
    throw new RangeError(
      `${caller} needs minSamples to be an integer from 1, got ${minSamples}: ` +
        "it counts neighbors, the point itself included",
    );
  }
}

/** DBSCAN on neighbors that are known, so that a sweep over `minSamples` finds them once. */
export function labelClusters({ starts, list }: Neighbors, minSamples: number): Int32Array {
  const count = starts.length - 1;
  const isCore = (point: number) => starts[point + 1]! - starts[point]! >= minSamples;
  const labels = new Int32Array(count).fill(NOISE_LABEL);
  let label = 0;
  for (let first = 0; first < count; first++) {
    if (labels[first] !== NOISE_LABEL || !isCore(first)) continue;
    const reached = [first];
    labels[first] = label;
    for (let point = reached.pop(); point !== undefined; point = reached.pop()) {
      if (!isCore(point)) continue; // a border point leads no further
      for (let n = starts[point]!; n < starts[point + 1]!; n++) {
        const neighbor = list[n]!;
        if (labels[neighbor] !== NOISE_LABEL) continue;
        labels[neighbor] = label;
        reached.push(neighbor);
      }
    }
    label++;
  }
  return labels;
}
