import { NOISE_LABEL, numberedLabels } from "./labels";
import { type Points, pointMatrix } from "./points";
import { nearestDistances, type ReachabilityTree, reachabilityTree } from "./reachability-tree";
import { requireInteger, requireNumber } from "./require-option";

export interface HdbscanOptions {
  minClusterSize?: number;
  /** Neighbors within a point's core distance, itself included; `minClusterSize` if not given. */
  minSamples?: number;
  /** Least distance: smaller ones count as this. */
  resolution?: number;
}

/**
 * HDBSCAN: DBSCAN at every radius at once. Of a cluster and the clusters that it falls apart into,
 * whichever lasts longer is kept; all points together are never one. What comes apart at one
 * distance does so at once, so the order of rows does not matter. Compares every pair.
 * Source: Campello, Moulavi and Sander, PAKDD (2013).
 *
 * @returns one label per point, from 0, clusters in order of their first point; noise is -1
 * @throws {RangeError} if an option is out of its range
 * @throws {Error} if rows differ in length or hold anything but finite numbers
 * @example
 * hdbscan([[0], [1], [2], [10], [11], [12]], { minClusterSize: 3 }); // 0, 0, 0, 1, 1, 1
 */
export function hdbscan(
  points: Points,
  { minClusterSize = 5, minSamples = minClusterSize, resolution = 0 }: HdbscanOptions = {},
): Int32Array {
  requireInteger("hdbscan", { minClusterSize }, { atLeast: 2 });
  requireInteger("hdbscan", { minSamples });
  requireNumber("hdbscan", { resolution }, { atLeast: 0 });
  const matrix = pointMatrix("hdbscan", points);
  const labels = new Int32Array(matrix.count).fill(NOISE_LABEL);
  if (matrix.count < Math.max(2, minSamples)) return labels;
  const tree = reachabilityTree(matrix, nearestDistances(matrix, minSamples - 1));
  const floor = Math.max(resolution, Math.min(...tree.weights.filter((weight) => weight > 0)));
  const weights = tree.weights.map((weight) => Math.max(weight, floor < Infinity ? floor : 1));
  const nodes = mergedByDistance({ ...tree, weights }, matrix.count);
  mostStable(nodes, nodes.length - 1, 0, minClusterSize).kept.forEach((node, cluster) => {
    const below = [node];
    for (const at of below) {
      if (at < matrix.count) labels[at] = cluster;
      else below.push(...nodes[at]!.children);
    }
  });
  return numberedLabels(labels);
}

interface Node {
  children: number[];
  distance: number;
  size: number;
}

/** Joins points, shortest edges first, all of one length at once: points, then sets, last all. */
function mergedByDistance({ from, to, weights }: ReachabilityTree, count: number): Node[] {
  const nodes = Array.from({ length: count }, (): Node => ({ children: [], distance: 0, size: 1 }));
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
  const order = Int32Array.from(weights.keys()).sort((a, b) => weights[a]! - weights[b]!);
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

/** Of a cluster and those within it the most stable: density that points stay, summed. */
function mostStable(
  nodes: readonly Node[],
  node: number,
  birth: number,
  minClusterSize: number,
): { stability: number; kept: number[] } {
  let stability = 0;
  let large = [node];
  let density = birth;
  while (large.length === 1) {
    const { children, distance, size } = nodes[large[0]!]!;
    if (children.length === 0) break; // a point: there is nothing below
    density = 1 / distance;
    large = children.filter((child) => nodes[child]!.size >= minClusterSize);
    const stays = large.length === 1 ? nodes[large[0]!]!.size : 0;
    stability += (size - stays) * (density - birth);
  }
  const parts = large.length > 1 ? large : [];
  const below = parts.map((part) => mostStable(nodes, part, density, minClusterSize));
  const sum = below.reduce((total, part) => total + part.stability, 0);
  return node < nodes.length - 1 && stability >= sum
    ? { stability, kept: [node] }
    : { stability: sum, kept: below.flatMap(({ kept }) => kept) };
}
