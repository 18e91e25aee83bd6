import { type PointMatrix, squaredDistance } from "./points";

/** Each point's neighbors: those of point `i` are `list` from `starts[i]` to `starts[i + 1]`. */
export interface Neighbors {
  starts: Int32Array;
  list: Int32Array;
}

/**
 * Every point's neighbors at a distance of at most `eps`, itself included, in
 * order of index. Compares every pair once: fine for thousands of points.
 */
export function neighborsWithin(points: PointMatrix, eps: number): Neighbors {
  const near: number[][] = Array.from({ length: points.count }, (_, i) => [i]);
  for (let i = 0; i < points.count; i++) {
    for (let j = 0; j < i; j++) {
      if (squaredDistance(points, i, j) <= eps * eps) {
        near[i]!.push(j);
        near[j]!.push(i);
      }
    }
  }
  const starts = new Int32Array(points.count + 1);
  near.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length;
  });
  const list = new Int32Array(starts[points.count]!);
  near.forEach((own, i) => {
    list.set(own, starts[i]!);
  });
  return { starts, list };
}
