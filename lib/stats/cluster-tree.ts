import { isBeyond, type KdTree } from "./kd-tree";
import { isWithin } from "./points";

/** Label of points that no cluster has reached, in the end noise. */
const NOISE = -1; // NOISE_LABEL of dbscan, which imports this file

/**
 * DBSCAN without lists of neighbors, for inputs where they would not fit into memory: whether
 * a point is a core is counted until it is one, and a cluster grows by looking only where
 * points are left that no cluster has reached.
 *
 * Labels are those of `labelClusters`: a cluster begins at the first row that is a core and
 * grows to its end before the next begins.
 *
 * @returns labels of the rows that the tree was built of
 */
export function clusterTree(tree: KdTree, eps: number, minSamples: number): Int32Array {
  const { points, rows, starts, ends, next, parents } = tree;
  const limit = eps * eps;
  const leafOf = leaves(tree);
  const cores = corePoints(tree, leafOf, limit, minSamples);
  const labels = new Int32Array(points.count).fill(NOISE);
  const places = new Int32Array(points.count);
  for (let place = 0; place < points.count; place++) places[rows[place]!] = place;

  // Points of each node that are not reached yet.
  const left = starts.map((start, node) => ends[node]! - start);
  const reached = new Int32Array(points.count);
  let waiting = 0;
  let label = 0;
  const reach = (place: number) => {
    labels[place] = label;
    for (let node = leafOf[place]!; node >= 0; node = parents[node]!) left[node]!--;
    if (cores[place]) reached[waiting++] = place; // a border point leads no further
  };

  for (const first of places) {
    if (labels[first] !== NOISE || !cores[first]) continue;
    reach(first);
    while (waiting > 0) {
      const point = reached[--waiting]!;
      for (let node = 0; node < starts.length; ) {
        if (left[node] === 0 || isBeyond(tree, node, point, limit)) {
          node = next[node]!;
          continue;
        }
        if (next[node] === node + 1) {
          for (let other = starts[node]!; other < ends[node]!; other++) {
            if (labels[other] === NOISE && isWithin(points, point, other, limit)) reach(other);
          }
        }
        node++;
      }
    }
    label++;
  }
  return places.map((place) => labels[place]!);
}

/** 1 for points with `minSamples` neighbors or more, 0 for others, in the tree's order. */
function corePoints(
  tree: KdTree,
  leafOf: Int32Array,
  limit: number,
  minSamples: number,
): Uint8Array {
  const { points, starts, ends, next } = tree;
  const cores = new Uint8Array(points.count);
  for (let point = 0; point < points.count; point++) {
    // Most neighbors of a core are in its own leaf: often there is no need to look further.
    const own = leafOf[point]!;
    let found = 0;
    for (let other = starts[own]!; other < ends[own]!; other++) {
      if (isWithin(points, point, other, limit)) found++;
    }
    for (let node = 0; node < starts.length && found < minSamples; ) {
      if (node === own || isBeyond(tree, node, point, limit)) {
        node = next[node]!;
      } else if (next[node] === node + 1) {
        for (let other = starts[node]!; other < ends[node]!; other++) {
          if (isWithin(points, point, other, limit)) found++;
        }
        node++;
      } else node++;
    }
    if (found >= minSamples) cores[point] = 1;
  }
  return cores;
}

/** The leaf that each point is in, in the tree's order. */
function leaves({ points, starts, ends, next }: KdTree): Int32Array {
  const leafOf = new Int32Array(points.count);
  for (let node = 0; node < starts.length; node++) {
    if (next[node] === node + 1) leafOf.fill(node, starts[node], ends[node]);
  }
  return leafOf;
}
