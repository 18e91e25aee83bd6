import { isBeyond, kdTree } from "./kd-tree";
import { isWithin, type PointMatrix } from "./points";

/** Each point's neighbors: those of point `i` are `list` from `starts[i]` to `starts[i + 1]`. */
export interface Neighbors {
  starts: Int32Array;
  list: Int32Array;
}

/** Points up to which comparing every pair takes less time than a tree. */
export const FEW_POINTS = 1_000;

/** Neighbors in all that fit into memory: one gigabyte of them. */
const MOST_NEIGHBORS = 2 ** 28;

/**
 * Every point's neighbors at a distance of at most `eps`, itself included, in
 * order of index: of few points by comparing every pair, else by a k-d tree.
 *
 * @throws {RangeError} if there are more than 2^28 neighbors in all
 */
export function neighborsWithin(points: PointMatrix, eps: number): Neighbors {
  return points.count <= FEW_POINTS ? byPairs(points, eps * eps) : byTree(points, eps * eps);
}

function byPairs(points: PointMatrix, limit: number): Neighbors {
  const { count } = points;
  // Of each pair the lower index, in order of the higher one.
  let lower: Int32Array = new Int32Array(4 * count);
  const counts = new Int32Array(count).fill(1);
  const ends = new Int32Array(count);
  let pairs = 0;
  for (let i = 0; i < count; i++) {
    if (pairs + i > lower.length) lower = enlarged(lower, pairs + i);
    for (let j = 0; j < i; j++) {
      if (!isWithin(points, i, j, limit)) continue;
      lower[pairs++] = j;
      counts[i]!++;
      counts[j]!++;
    }
    ends[i] = pairs;
  }
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = starts[i]! + counts[i]!;
  const list = new Int32Array(starts[count]!);
  const places = starts.slice(0, count);
  for (let i = 0, pair = 0; i < count; i++) {
    for (; pair < ends[i]!; pair++) {
      const j = lower[pair]!;
      list[places[i]!++] = j;
      list[places[j]!++] = i;
    }
    list[places[i]!++] = i;
  }
  return { starts, list };
}

function byTree(points: PointMatrix, limit: number): Neighbors {
  const tree = kdTree(points);
  const { rows, starts: from, ends: to, next } = tree;
  const places = new Int32Array(points.count);
  for (let place = 0; place < points.count; place++) places[rows[place]!] = place;
  const starts = new Int32Array(points.count + 1);
  let list: Int32Array = new Int32Array(16 * points.count);
  let found = 0;
  for (let row = 0; row < points.count; row++) {
    const point = places[row]!;
    for (let node = 0; node < from.length; ) {
      if (isBeyond(tree, node, point, limit)) {
        node = next[node]!;
        continue;
      }
      if (next[node] === node + 1) {
        if (found + to[node]! - from[node]! > list.length) list = enlarged(list, found);
        for (let other = from[node]!; other < to[node]!; other++) {
          if (isWithin(tree.points, point, other, limit)) list[found++] = rows[other]!;
        }
      }
      node++;
    }
    starts[row + 1] = found;
    list.subarray(starts[row]!, found).sort();
  }
  return { starts, list: list.slice(0, found) };
}

/** The same in an array with room for as many again, and for at least so many. */
function enlarged(list: Int32Array, atLeast: number): Int32Array {
  if (list.length >= MOST_NEIGHBORS) {
    throw new RangeError(
      `points have more than ${MOST_NEIGHBORS} neighbors in all, too many to keep: take a smaller eps`,
    );
  }
  const larger = new Int32Array(Math.min(MOST_NEIGHBORS, Math.max(2 * list.length, atLeast)));
  larger.set(list);
  return larger;
}
