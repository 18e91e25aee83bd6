import { NOISE_LABEL } from "./labels";
import { neighborSearch } from "./neighbor-search";
import { type PointMatrix, type Points, pointMatrix } from "./points";
import { requireInteger, requireNumber } from "./require-option";

export interface DbscanOptions {
  /** Largest distance of a neighbor. */
  eps: number;
  /** Neighbors of a core point, itself included. */
  minSamples: number;
}

/**
 * DBSCAN: clusters are dense regions of any shape; points in sparse regions are noise. Core points,
 * with at least `minSamples` neighbors, share a cluster where they lie within `eps` of each other.
 * Labels are those of scikit-learn's `DBSCAN`: clusters are numbered by their first core point, and
 * a border point between two goes to the lower number.
 * Source: Ester, Kriegel, Sander and Xu, KDD (1996).
 *
 * @returns one label per point, from 0; noise is -1
 * @throws {RangeError} if `eps` is not above 0, or `minSamples` not an integer of at least 1
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * dbscan([[0], [1], [2], [9]], { eps: 1, minSamples: 2 }); // Int32Array [0, 0, 0, -1]
 */
export function dbscan(points: Points, { eps, minSamples }: DbscanOptions): Int32Array {
  requireDbscanOptions("dbscan", { eps, minSamples });
  const matrix = pointMatrix("dbscan", points);
  return clustersOf(matrix, { eps, minSamples });
}

export function clustersOf(points: PointMatrix, { eps, minSamples }: DbscanOptions): Int32Array {
  const { neighborsOf, remove } = neighborSearch(points, eps);
  const isCore = Uint8Array.from({ length: points.count }, (_, point) =>
    neighborsOf(point, minSamples).length >= minSamples ? 1 : 0,
  );
  // A point with a label is no longer looked for: wide clusters stay fast.
  return labelClusters(points.count, (point) => isCore[point] === 1, neighborsOf, remove);
}

export function requireDbscanOptions(caller: string, { eps, minSamples }: DbscanOptions): void {
  requireNumber(caller, { eps }, { above: 0 });
  requireInteger(caller, { minSamples });
}

/** DBSCAN on neighbors, however they are found; those with a label may be left out. */
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
