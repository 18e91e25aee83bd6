import { NOISE_LABEL } from "./labels";
import {
  distanceOf,
  orderOfPoints,
  type PointMatrix,
  type Points,
  pointMatrix,
  requireLabels,
  somePoints,
} from "./points";
import { reachabilityTree } from "./reachability-tree";

/**
 * Density-based validity of clusters of any shape, from -1 to 1: is the sparsest place inside each
 * cluster denser than the densest way to another? Clusters count by their share of all points,
 * noise included. Compares every pair.
 * Source: Moulavi and others, SIAM International Conference on Data Mining (2014).
 *
 * @param labels one integer per point; noise is -1, as is a cluster of one point
 * @throws {RangeError} if there are fewer than two clusters of at least two points
 * @throws {Error} if labels and points differ in number, or `dbscan` refuses the points
 * @example
 * dbcv([[0], [1], [10], [11]], [0, 0, 1, 1]); // 0.888...
 */
export function dbcv(points: Points, labels: ArrayLike<number>): number {
  const matrix = pointMatrix("dbcv", points);
  requireLabels("dbcv", labels, matrix.count);
  const score = densityValidity(matrix, labels);
  if (score === null) {
    throw new RangeError("dbcv needs at least 2 clusters of 2 points or more, noise not counted");
  }
  return score;
}

/** The same of points that are checked; null where it is not defined. */
export function densityValidity(points: PointMatrix, labels: ArrayLike<number>): number | null {
  const clusters = clustersOf(points, labels);
  if (clusters.length < 2) return null;
  const separations = clusters.map(() => Number.POSITIVE_INFINITY);
  clusters.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const apart = separation(points, a, clusters[j]!);
      separations[i] = Math.min(separations[i]!, apart);
      separations[j] = Math.min(separations[j]!, apart);
    }
  });
  const worths = clusters.map(({ rows, sparseness }, i) => {
    const larger = Math.max(separations[i]!, sparseness);
    const worth = larger > 0 ? (separations[i]! - sparseness) / larger : 0;
    return (rows.length / points.count) * worth;
  });
  // Summed by size: the order of points changes no digit.
  return worths.sort((a, b) => a - b).reduce((sum, worth) => sum + worth, 0);
}

type Cluster = ReturnType<typeof clusterOf>;

/** Points in an order of their own: trees depend on it in ties. */
function clustersOf(points: PointMatrix, labels: ArrayLike<number>) {
  const order = orderOfPoints(points);
  const known = new Set(Array.from(order, (row) => labels[row]!));
  known.delete(NOISE_LABEL);
  return [...known]
    .map((label) => order.filter((row) => labels[row] === label))
    .filter((rows) => rows.length >= 2)
    .map((rows) => clusterOf(points, rows));
}

/** `inner` are the places in `rows` of points with more than one edge. */
function clusterOf(points: PointMatrix, rows: Int32Array) {
  const own = somePoints(points, rows);
  const cores = coreDistances(own);
  const { from, to, weights } = reachabilityTree(own, cores);
  const degrees = new Int32Array(rows.length);
  for (const end of [from, to]) for (const place of end) degrees[place]!++;
  const places = [...rows.keys()];
  const inner = places.filter((place) => degrees[place]! > 1);
  const between = weights.filter((_, edge) => degrees[from[edge]!]! > 1 && degrees[to[edge]!]! > 1);
  return {
    rows,
    cores,
    inner: inner.length > 0 ? inner : places,
    sparseness: Math.max(...(between.length > 0 ? between : weights)),
  };
}

/** By point: the mean of (1 / distance)^d to the others of its cluster, to the power -1/d. */
function coreDistances(points: PointMatrix): Float64Array {
  const { count, dimensions } = points;
  return new Float64Array(count).map((_, i) => {
    const distances = Float64Array.from({ length: count }, (_, j) => distanceOf(points, i, j));
    const others = distances.filter((_, j) => j !== i);
    const least = others.reduce((min, distance) => Math.min(min, distance));
    if (least === 0) return 0;
    // Relative to the least distance: powers of the distances may overflow.
    const sum = others.reduce((total, distance) => total + (least / distance) ** dimensions, 0);
    return least * (sum / others.length) ** (-1 / dimensions);
  });
}

/** Least mutual reachability between inner points of two clusters. */
function separation(points: PointMatrix, a: Cluster, b: Cluster): number {
  let least = Number.POSITIVE_INFINITY;
  for (const i of a.inner) {
    for (const j of b.inner) {
      const distance = distanceOf(points, a.rows[i]!, b.rows[j]!);
      least = Math.min(least, Math.max(a.cores[i]!, b.cores[j]!, distance));
    }
  }
  return least;
}
