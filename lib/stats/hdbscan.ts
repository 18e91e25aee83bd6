import { NOISE_LABEL } from "./dbscan";
import { nearestDistances } from "./nearest-distances";
import { type Points, pointMatrix } from "./points";
import { type ReachabilityTree, reachabilityTree } from "./reachability-tree";

export interface HdbscanOptions {
  /** Fewest points that are called a cluster. */
  minClusterSize?: number;
  /** Neighbors within a point's core distance, itself included; `minClusterSize` where not given. */
  minSamples?: number;
  /** Distances below it count as it: density that is finer than that makes no clusters. */
  resolution?: number;
}

/**
 * HDBSCAN: DBSCAN at every radius at once. As the radius shrinks, clusters fall apart or lose
 * points; of a cluster and those that it falls apart into, whichever lasts longer is kept (excess of
 * mass). So clusters may differ in density, and there is no `eps` to choose. Everything together is
 * never one cluster: data with one dense group, or none, is all noise.
 *
 * Everything that comes apart at one distance does so at once, as in the paper; other programs cut
 * one edge at a time and depend on the order of rows. Points that coincide would be infinitely
 * dense: distances of 0 count as the smallest other one, or as `resolution`, if that is more.
 *
 * Compares every pair of points: a quarter of a second for 2,000 of seven numbers.
 *
 * Source: Campello, Moulavi and Sander, Density-Based Clustering Based on Hierarchical Density
 * Estimates, PAKDD (2013).
 *
 * @param points rows of numbers, as many in each
 * @returns one label per point, from 0, clusters in order of their first point; noise is -1
 * @throws {RangeError} if `minClusterSize` is not an integer from 2, `minSamples` not one from
 *   1, or `resolution` not a number from 0
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * hdbscan([[0], [1], [2], [10], [11], [12]], { minClusterSize: 3 }); // 0, 0, 0, 1, 1, 1
 */
export function hdbscan(
  points: Points,
  { minClusterSize = 5, minSamples = minClusterSize, resolution = 0 }: HdbscanOptions = {},
): Int32Array {
  if (!Number.isInteger(minClusterSize) || minClusterSize < 2) {
    throw new RangeError(
      `hdbscan needs minClusterSize to be an integer from 2, got ${minClusterSize}`,
    );
  }
  if (!Number.isInteger(minSamples) || minSamples < 1) {
    throw new RangeError(
      `hdbscan needs minSamples to be an integer from 1, got ${minSamples}: ` +
        "it counts neighbors, the point itself included",
    );
  }
  if (!(resolution >= 0 && resolution < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`hdbscan needs resolution to be a distance from 0, got ${resolution}`);
  }
  const matrix = pointMatrix("hdbscan", points);
  // Nobody has so many neighbors: nothing is dense.
  if (matrix.count < minSamples) return new Int32Array(matrix.count).fill(NOISE_LABEL);
  const tree = reachabilityTree(matrix, nearestDistances(matrix, minSamples - 1));
  const least = tree.weights.reduce(
    (min, weight) => (weight > 0 ? Math.min(min, weight) : min),
    Number.POSITIVE_INFINITY,
  );
  const floor = Math.max(resolution, least === Number.POSITIVE_INFINITY ? 1 : least);
  const weights = tree.weights.map((weight) => Math.max(weight, floor));
  const hierarchy = mergeByDistance({ ...tree, weights }, matrix.count);
  return labelsOf(hierarchy, mostStable(condense(hierarchy, minClusterSize)), matrix.count);
}

/** Sets of points that come together, from single points (the first nodes) to all (the last). */
interface Node {
  /** Nodes that it is made of; none for a point. */
  children: number[];
  /** Distance at which they come together. */
  distance: number;
  size: number;
}

/** Joins points along a tree, shortest edges first, all edges of one length at once. */
function mergeByDistance({ from, to, weights }: ReachabilityTree, count: number): Node[] {
  const nodes: Node[] = Array.from({ length: count }, () => ({
    children: [],
    distance: 0,
    size: 1,
  }));
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (point: number) => {
    let at = point;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  // Node of the set that a root stands for.
  const nodeOf = parent.slice();
  const order = Int32Array.from(weights, (_, edge) => edge).sort(
    (a, b) => weights[a]! - weights[b]!,
  );
  for (let start = 0, end = 0; start < order.length; start = end) {
    const distance = weights[order[start]!]!;
    while (end < order.length && weights[order[end]!] === distance) end++;
    const edges = order.subarray(start, end);
    const before = new Set<number>();
    for (const edge of edges) before.add(root(from[edge]!)).add(root(to[edge]!));
    for (const edge of edges) parent[root(from[edge]!)] = root(to[edge]!);
    const joined = new Map<number, number[]>();
    for (const old of before) {
      const now = root(old);
      joined.set(now, [...(joined.get(now) ?? []), nodeOf[old]!]);
    }
    for (const [now, children] of joined) {
      const size = children.reduce((sum, child) => sum + nodes[child]!.size, 0);
      nodeOf[now] = nodes.push({ children, distance, size }) - 1;
    }
  }
  return nodes;
}

/** A cluster on the way down: from where it splits off to where it splits itself. */
interface Branch {
  /** Node that it begins as. */
  node: number;
  /** Density, as one by distance, at which it begins. */
  birth: number;
  /** How long its points stay with it, in density, summed. */
  stability: number;
  children: Branch[];
}

/** The tree of clusters: sets below `minClusterSize` only leave theirs. */
function condense(nodes: Node[], minClusterSize: number): Branch {
  const all: Branch = { node: nodes.length - 1, birth: 0, stability: 0, children: [] };
  if (nodes.length === 0) return all;
  const waiting = [all];
  for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
    for (let at = branch.node; ; ) {
      const { children, distance, size } = nodes[at]!;
      if (children.length === 0) break; // a point: there is nothing below
      const density = 1 / distance;
      const large = children.filter((child) => nodes[child]!.size >= minClusterSize);
      const stays = large.length === 1 ? nodes[large[0]!]!.size : 0;
      branch.stability += (size - stays) * (density - branch.birth);
      if (large.length === 1) {
        at = large[0]!;
        continue;
      }
      for (const node of large) {
        const child = { node, birth: density, stability: 0, children: [] };
        branch.children.push(child);
        waiting.push(child);
      }
      break;
    }
  }
  return all;
}

/** Of clusters within clusters those of the highest stability, all points together left out. */
function mostStable(all: Branch): Branch[] {
  const order = [all]; // parents before children
  for (const branch of order) order.push(...branch.children);
  const best = new Map<Branch, { stability: number; kept: Branch[] }>();
  for (const branch of order.reverse()) {
    const below = branch.children.map((child) => best.get(child)!);
    const stability = below.reduce((sum, child) => sum + child.stability, 0);
    const isKept = branch !== all && branch.stability >= stability;
    best.set(
      branch,
      isKept
        ? { stability: branch.stability, kept: [branch] }
        : { stability, kept: below.flatMap(({ kept }) => kept) },
    );
  }
  return best.get(all)!.kept;
}

function labelsOf(nodes: Node[], branches: Branch[], count: number): Int32Array {
  const branchOf = new Int32Array(count).fill(NOISE_LABEL);
  branches.forEach(({ node }, branch) => {
    const below = [node];
    for (let at = below.pop(); at !== undefined; at = below.pop()) {
      if (at < count) branchOf[at] = branch;
      else below.push(...nodes[at]!.children);
    }
  });
  const labels = new Map<number, number>();
  return branchOf.map((branch) => {
    if (branch === NOISE_LABEL) return NOISE_LABEL;
    if (!labels.has(branch)) labels.set(branch, labels.size);
    return labels.get(branch)!;
  });
}
