import { NOISE_LABEL } from "./labels";
import { neighborSearch } from "./neighbor-search";
import { type Points, pointMatrix } from "./points";
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
  return labelClusters(matrix.count, neighborSearch(matrix, eps), minSamples);
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
 * @param neighborsOf gives the places of a point's neighbors, itself included
 */
export function labelClusters(
  count: number,
  neighborsOf: (point: number) => ArrayLike<number>,
  minSamples: number,
): Int32Array {
  const labels = new Int32Array(count).fill(NOISE_LABEL);
  let label = 0;
  for (let first = 0; first < count; first++) {
    if (labels[first] !== NOISE_LABEL || neighborsOf(first).length < minSamples) continue;
    labels[first] = label;
    const reached = [first];
    for (let point = reached.pop(); point !== undefined; point = reached.pop()) {
      const neighbors = neighborsOf(point);
      if (neighbors.length < minSamples) continue; // a border point leads no further
      for (let n = 0; n < neighbors.length; n++) {
        const neighbor = neighbors[n]!;
        if (labels[neighbor] !== NOISE_LABEL) continue;
        labels[neighbor] = label;
        reached.push(neighbor);
      }
    }
    label++;
  }
  return labels;
}
