import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterTree } from "../../lib/stats/cluster-tree";
import { labelClusters } from "../../lib/stats/dbscan";
import { kdTree } from "../../lib/stats/kd-tree";
import { neighborsWithin } from "../../lib/stats/neighbors-within";
import { pointMatrix } from "../../lib/stats/points";
import { randomIntegers } from "../support/random";

const matrixOf = (points: number[][]) => pointMatrix("test", points);

/** Lists of neighbors from the definition. */
function obvious(points: number[][], eps: number): number[][] {
  const square = (a: number[], b: number[]) => a.reduce((sum, x, d) => sum + (x - b[d]!) ** 2, 0);
  return points.map((a) => points.flatMap((b, j) => (square(a, b) <= eps * eps ? [j] : [])));
}

function listsOf({ starts, list }: ReturnType<typeof neighborsWithin>): number[][] {
  return Array.from(starts.subarray(1), (end, i) => Array.from(list.subarray(starts[i], end)));
}

describe("neighborsWithin", () => {
  it("lists each point's neighbors in order, itself and those at exactly eps included", () => {
    const { starts, list } = neighborsWithin(matrixOf([[0], [2], [1], [9]]), 1);
    expect([starts, list]).toEqual([
      Int32Array.of(0, 2, 4, 7, 8),
      Int32Array.of(0, 2, 1, 2, 0, 1, 2, 3),
    ]);
  });

  it.each([999, 1_001])("agrees with a slow and obvious version on %i points", (count) => {
    const random = randomIntegers(count);
    const points = Array.from({ length: count }, () => [random(0, 30), random(0, 30)]);
    expect(listsOf(neighborsWithin(matrixOf(points), 2))).toEqual(obvious(points, 2));
  });

  it("takes points without end of them near each other, and none", () => {
    const same = Array.from({ length: 1_500 }, () => [5, 5]);
    expect(neighborsWithin(matrixOf(same), 1).list.length).toBe(1_500 ** 2);
    expect(neighborsWithin(matrixOf([]), 1)).toEqual({
      starts: Int32Array.of(0),
      list: new Int32Array(0),
    });
  });
});

describe("clusterTree", () => {
  it("labels as lists of neighbors do, on a thousand random sets", () => {
    const coordinate = fc.oneof(
      fc.integer({ min: 0, max: 9 }),
      fc.double({ min: 0, max: 9, noNaN: true }),
    );
    const sets = fc.integer({ min: 1, max: 4 }).chain((dimensions) =>
      fc.array(fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }), {
        minLength: 0,
        maxLength: 120,
        size: "max",
      }),
    );
    const property = fc.property(
      sets,
      fc.constantFrom(0.5, 1, 2, 3),
      fc.integer({ min: 1, max: 7 }),
      (points, eps, minSamples) => {
        const matrix = matrixOf(points);
        expect(clusterTree(kdTree(matrix), eps, minSamples)).toEqual(
          labelClusters(neighborsWithin(matrix, eps), minSamples),
        );
      },
    );
    fc.assert(property, { numRuns: 1_000, seed: 5 });
  });
});
