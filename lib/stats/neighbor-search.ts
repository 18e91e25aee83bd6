import { type PointMatrix, somePoints, squaredDistance } from "./points";

/** Points that lie together, and the box that encloses them. */
interface Node {
  /** Its points in the tree's order, the end not included. */
  start: number;
  end: number;
  /** Node after all its parts; the node after itself is its first half. */
  next: number;
  /** Points that have not been removed. */
  left: number;
  lows: Float64Array;
  highs: Float64Array;
}

const LEAF_SIZE = 24;

/** Neighbors by a k-d tree: points halved along the widest dimension until few are left. */
export function neighborSearch(given: PointMatrix, eps: number) {
  const limit = eps * eps;
  const { rows, nodes } = kdTree(given);
  const points = somePoints(given, rows);
  const placeOf = new Int32Array(given.count);
  rows.forEach((row, place) => {
    placeOf[row] = place;
  });
  const isGone = new Uint8Array(given.count);
  /** Rows at a distance of at most `eps` from a row, itself included; `most` are enough. */
  const neighborsOf = (row: number, most = Infinity) => {
    const own = placeOf[row]!;
    const found: number[] = [];
    for (let at = 0; at < nodes.length && found.length < most; ) {
      const node = nodes[at]!;
      const isLeaf = node.next === at + 1;
      at = at + 1;
      if (node.left === 0 || isBeyond(points, node, own, limit)) at = node.next;
      else if (isLeaf) {
        for (let other = node.start; other < node.end; other++) {
          if (isGone[other] === 1) continue;
          if (squaredDistance(points, own, other, limit) <= limit) found.push(rows[other]!);
        }
      }
    }
    return found;
  };
  const remove = (row: number) => {
    const place = placeOf[row]!;
    isGone[place] = 1;
    for (let at = 0; ; ) {
      const node = nodes[at]!;
      node.left--;
      if (node.next === at + 1) return;
      const half = nodes[at + 1]!;
      at = place < half.end ? at + 1 : half.next;
    }
  };
  return { neighborsOf, remove };
}

function kdTree(points: PointMatrix): { rows: Int32Array; nodes: Node[] } {
  const { values, count, dimensions } = points;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const nodes: Node[] = [];
  const grow = (start: number, end: number): void => {
    const own = rows.subarray(start, end);
    const [lows, highs] = boxOf(points, own);
    const node = { start, end, next: 0, left: end - start, lows, highs };
    nodes.push(node);
    if (own.length > LEAF_SIZE) {
      const widths = highs.map((high, d) => high - lows[d]!);
      const widest = widths.indexOf(Math.max(...widths));
      own.sort((a, b) => values[a * dimensions + widest]! - values[b * dimensions + widest]!);
      const middle = (start + end) >> 1;
      grow(start, middle);
      grow(middle, end);
    }
    node.next = nodes.length;
  };
  if (count > 0) grow(0, count);
  return { rows, nodes };
}

function boxOf({ values, dimensions }: PointMatrix, rows: Int32Array) {
  const lows = new Float64Array(dimensions).fill(Number.POSITIVE_INFINITY);
  const highs = new Float64Array(dimensions).fill(Number.NEGATIVE_INFINITY);
  for (const row of rows) {
    for (let d = 0; d < dimensions; d++) {
      const value = values[row * dimensions + d]!;
      if (value < lows[d]!) lows[d] = value;
      if (value > highs[d]!) highs[d] = value;
    }
  }
  return [lows, highs] as const;
}

/** Whether a node's box is too far from a point: rounding never hides a neighbor. */
function isBeyond(
  { values, dimensions }: PointMatrix,
  { lows, highs }: Node,
  point: number,
  limit: number,
): boolean {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const value = values[point * dimensions + d]!;
    const outside = value < lows[d]! ? lows[d]! - value : value > highs[d]! ? value - highs[d]! : 0;
    sum += outside * outside;
    if (sum > limit) return true;
  }
  return false;
}
