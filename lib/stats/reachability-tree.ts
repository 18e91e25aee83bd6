import { distanceOf, type PointMatrix, squaredDistance } from "./points";

/** Edge `e` joins points `from[e]` and `to[e]`. */
export interface ReachabilityTree {
  from: Int32Array;
  to: Int32Array;
  weights: Float64Array;
}

/** Prim's spanning tree by the largest of two points' distance and their core distances. */
export function reachabilityTree(points: PointMatrix, cores: Float64Array): ReachabilityTree {
  const edges = Math.max(0, points.count - 1);
  const from = new Int32Array(edges);
  const to = new Int32Array(edges);
  const weights = new Float64Array(edges);
  const nearest = new Float64Array(points.count).fill(Number.POSITIVE_INFINITY);
  const nearestFrom = new Int32Array(points.count);
  const isIn = new Uint8Array(points.count);
  let last = 0;
  for (let edge = 0; edge < edges; edge++) {
    isIn[last] = 1;
    let next = -1;
    for (let point = 0; point < points.count; point++) {
      if (isIn[point] === 1) continue;
      const distance = Math.max(cores[last]!, cores[point]!, distanceOf(points, last, point));
      if (distance < nearest[point]!) {
        nearest[point] = distance;
        nearestFrom[point] = last;
      }
      if (next < 0 || nearest[point]! < nearest[next]!) next = point;
    }
    from[edge] = nearestFrom[next]!;
    to[edge] = next;
    weights[edge] = nearest[next]!;
    last = next;
  }
  return { from, to, weights };
}

/** Each point's distance to its `k`-th nearest other point; infinite where there are fewer. */
export function nearestDistances(points: PointMatrix, k: number): Float64Array {
  const distances = new Float64Array(points.count);
  const nearest = new Float64Array(k);
  for (let i = 0; i < points.count && k > 0; i++) {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < points.count; j++) {
      const squared = squaredDistance(points, i, j);
      if (j === i || squared >= nearest[k - 1]!) continue;
      let place = k - 1;
      for (; place > 0 && nearest[place - 1]! > squared; place--) {
        nearest[place] = nearest[place - 1]!;
      }
      nearest[place] = squared;
    }
    distances[i] = Math.sqrt(nearest[k - 1]!);
  }
  return distances;
}
