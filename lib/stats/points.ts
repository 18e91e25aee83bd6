/** One row per point, one number per dimension. */
export type Points = ReadonlyArray<ArrayLike<number>>;

/** The same, checked, one row after the other in one array. */
export interface PointMatrix {
  values: Float64Array;
  count: number;
  dimensions: number;
}

/** Refuses rows that differ in length or hold anything but finite numbers. */
export function pointMatrix(caller: string, points: Points): PointMatrix {
  const dimensions = points[0]?.length ?? 0;
  const values = new Float64Array(points.length * dimensions);
  points.forEach((point, row) => {
    if (point.length !== dimensions) {
      throw new Error(
        `${caller} needs points of one length; point 0 has ${dimensions} numbers, point ${row} has ${point.length}`,
      );
    }
    for (let d = 0; d < dimensions; d++) {
      const value = point[d];
      if (typeof value !== "number" || !Number.isFinite(value)) {
        throw new Error(
          `${caller} needs finite numbers; point ${row} has ${value} in dimension ${d}`,
        );
      }
      values[row * dimensions + d] = value;
    }
  });
  return { values, count: points.length, dimensions };
}

export function requireLabels(caller: string, labels: ArrayLike<number>, count: number): void {
  if (labels.length === count) return;
  throw new Error(
    `${caller} needs one label per point; got ${labels.length} labels for ${count} points`,
  );
}

/** Square of the straight-line distance between two points; adding stops above `limit`. */
export function squaredDistance(
  { values, dimensions }: PointMatrix,
  a: number,
  b: number,
  limit = Number.POSITIVE_INFINITY,
): number {
  let sum = 0;
  const i = a * dimensions;
  const j = b * dimensions;
  for (let d = 0; d < dimensions; d++) {
    const difference = values[i + d]! - values[j + d]!;
    sum += difference * difference;
    if (sum > limit) break;
  }
  return sum;
}

export const distanceOf = (points: PointMatrix, a: number, b: number): number =>
  Math.sqrt(squaredDistance(points, a, b));

export function somePoints(points: PointMatrix, rows: ArrayLike<number>): PointMatrix {
  const { dimensions } = points;
  const values = new Float64Array(rows.length * dimensions);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * dimensions;
    values.set(points.values.subarray(from, from + dimensions), i * dimensions);
  }
  return { values, count: rows.length, dimensions };
}

/** Rows of points by their first number, then their second and so on. */
export function orderOfPoints({ values, count, dimensions }: PointMatrix): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = values[a * dimensions + d]! - values[b * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}
