import { type PointMatrix, squaredDistance } from "./points";

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
