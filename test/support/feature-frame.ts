import pl from "nodejs-polars";
import { randomIntegers } from "./random";

/** Points as users of one API with features `f0`, `f1`, ... */
export function featureFrame(points: number[][], api = "a"): pl.DataFrame {
  const user = points.map((_, i) => i);
  const type = points.map(() => api);
  return pl.DataFrame([
    pl.Series("user_id", user, pl.Int64),
    pl.Series("type", type, pl.String),
    ...featuresOf(points[0]?.length ?? 1).map((name, d) => {
      const values = points.map((point) => point[d]!);
      return pl.Series(name, values, pl.Float64);
    }),
  ]);
}

export const featuresOf = (dimensions: number) =>
  Array.from({ length: dimensions }, (_, d) => `f${d}`);

/** Points at random places of a square (cube, ...) from 0 to `size`. */
export function uniformPoints(seed: number, count: number, dimensions: number, size = 1) {
  const random = randomIntegers(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: dimensions }, () => (size * random(0, 1e6)) / 1e6),
  );
}

/** Centers for `blobs`. */
export const CORNERS = [
  [0, 0],
  [1, 0],
  [0, 1],
];

/** Points at random places of small squares around centers, one center's after another's. */
export function blobs(seed: number, centers: number[][], each: number, size: number) {
  return centers.flatMap((center, c) =>
    uniformPoints(100 * seed + c, each, center.length, size).map((point) =>
      point.map((x, d) => center[d]! + x - size / 2),
    ),
  );
}

/** Two half circles, one in the other's opening. */
export function moons(each: number): number[][] {
  const angles = Array.from({ length: each }, (_, i) => (Math.PI * i) / (each - 1));
  return [
    ...angles.map((angle) => [Math.cos(angle), Math.sin(angle)]),
    ...angles.map((angle) => [1 - Math.cos(angle), 0.5 - Math.sin(angle)]),
  ];
}

/** Labels numbered by their first point: the same groups have the same ones. */
export function byFirstPoint(labels: Iterable<number>): number[] {
  const known = new Map<number, number>();
  return Array.from(labels, (label) => {
    if (label < 0) return -1;
    if (!known.has(label)) known.set(label, known.size);
    return known.get(label)!;
  });
}
