import type { PointMatrix } from "./points";

/**
 * Points in a [k-d tree](https://en.wikipedia.org/wiki/K-d_tree): halved along the widest
 * dimension until few are left, each part with the box that encloses it.
 *
 * Nodes are numbered so that a node's parts follow it: a walk goes on to `node + 1`, or past
 * all of a node's parts to `next[node]`.
 */
export interface KdTree {
  /** The points in the tree's order, where those of one node lie together. */
  points: PointMatrix;
  /** Row in the given points of each point in the tree's order. */
  rows: Int32Array;
  /** First point of each node, and the one after its last. */
  starts: Int32Array;
  ends: Int32Array;
  /** Node after all parts of a node; of a leaf, that is the one after it. */
  next: Int32Array;
  /** Node that a node is half of; -1 for the first. */
  parents: Int32Array;
  /** Least and greatest number of each node's points in each dimension. */
  lows: Float64Array;
  highs: Float64Array;
}

/** Points in a leaf: fewer make more boxes to look at, more make more points. */
const LEAF_SIZE = 24;

/** Builds the tree. Points that coincide are no trouble: halves are of equal number. */
export function kdTree({ values, count, dimensions }: PointMatrix): KdTree {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const size = nodesOf(count);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  const next = new Int32Array(size);
  const parents = new Int32Array(size).fill(-1);
  const lows = new Float64Array(size * dimensions);
  const highs = new Float64Array(size * dimensions);
  let nodes = 0;

  const grow = (start: number, end: number, parent: number): void => {
    const node = nodes++;
    starts[node] = start;
    ends[node] = end;
    parents[node] = parent;
    const low = lows.subarray(node * dimensions, (node + 1) * dimensions).fill(Infinity);
    const high = highs.subarray(node * dimensions, (node + 1) * dimensions).fill(-Infinity);
    for (let place = start; place < end; place++) {
      const at = rows[place]! * dimensions;
      for (let d = 0; d < dimensions; d++) {
        const value = values[at + d]!;
        if (value < low[d]!) low[d] = value;
        if (value > high[d]!) high[d] = value;
      }
    }
    if (end - start > LEAF_SIZE) {
      let widest = 0;
      for (let d = 1; d < dimensions; d++) {
        if (high[d]! - low[d]! > high[widest]! - low[widest]!) widest = d;
      }
      const middle = (start + end) >> 1;
      putInPlace(rows, start, end - 1, middle, (row) => values[row * dimensions + widest]!);
      grow(start, middle, node);
      grow(middle, end, node);
    }
    next[node] = nodes;
  };
  if (count > 0) grow(0, count, -1);

  const sorted = new Float64Array(values.length);
  for (let place = 0; place < count; place++) {
    const at = rows[place]! * dimensions;
    for (let d = 0; d < dimensions; d++) sorted[place * dimensions + d] = values[at + d]!;
  }
  return {
    points: { values: sorted, count, dimensions },
    rows,
    starts,
    ends,
    next,
    parents,
    lows,
    highs,
  };
}

/** How many nodes so many points make. */
function nodesOf(count: number): number {
  if (count === 0) return 0;
  if (count <= LEAF_SIZE) return 1;
  return 1 + nodesOf(count >> 1) + nodesOf(count - (count >> 1));
}

/** Hoare's selection: moves rows until the one at `place` has those below it before it. */
function putInPlace(
  rows: Int32Array,
  from: number,
  to: number,
  place: number,
  numberOf: (row: number) => number,
): void {
  let [left, right] = [from, to];
  while (left < right) {
    const pivot = numberOf(rows[(left + right) >> 1]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (numberOf(rows[i]!) < pivot) i++;
      while (numberOf(rows[j]!) > pivot) j--;
      if (i > j) break;
      const swapped = rows[i]!;
      rows[i++] = rows[j]!;
      rows[j--] = swapped;
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else return;
  }
}

/**
 * Whether a node's box is farther from a point than a distance whose square is `limit`. Then
 * all its points are, rounding included: their squares add terms in the same order that are
 * nowhere smaller.
 */
export function isBeyond(
  { lows, highs, points: { values, dimensions } }: KdTree,
  node: number,
  point: number,
  limit: number,
): boolean {
  let sum = 0;
  const box = node * dimensions;
  const at = point * dimensions;
  for (let d = 0; d < dimensions; d++) {
    const value = values[at + d]!;
    const low = lows[box + d]!;
    const high = highs[box + d]!;
    const outside = value < low ? low - value : value > high ? value - high : 0;
    sum += outside * outside;
    if (sum > limit) return true;
  }
  return false;
}
