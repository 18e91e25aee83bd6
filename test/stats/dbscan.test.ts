import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dbscan } from "../../lib/stats/dbscan";
// scikit-learn 1.2.1: python3 test/stats/scikit-learn.py < test/stats/scikit-learn.json
import recorded from "./scikit-learn.json";

describe("dbscan", () => {
  it.each(recorded)(
    "labels as scikit-learn does: $name",
    ({ points, eps, min_samples, labels }) => {
      expect(Array.from(dbscan(points, { eps, minSamples: min_samples }))).toEqual(labels);
    },
  );

  it("counts a point as its own neighbor, and a neighbor at exactly eps", () => {
    const line = [[0], [1], [2], [9]];
    expect(dbscan(line, { eps: 1, minSamples: 2 })).toEqual(Int32Array.of(0, 0, 0, -1));
    expect(dbscan(line, { eps: 0.999, minSamples: 1 })).toEqual(Int32Array.of(0, 1, 2, 3));
    expect(dbscan([], { eps: 1, minSamples: 2 })).toEqual(new Int32Array(0));
  });

  it("agrees with a slow and obvious version on random sets full of ties", () => {
    const sets = fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
      fc.array(
        fc.array(fc.integer({ min: 0, max: 9 }), {
          minLength: dimensions,
          maxLength: dimensions,
        }),
        { minLength: 1, maxLength: 80, size: "max" },
      ),
    );
    const one = fc.integer({ min: 1, max: 3 });
    const property = fc.property(
      sets,
      one,
      fc.integer({ min: 1, max: 6 }),
      (points, eps, least) => {
        const found = Array.from(dbscan(points, { eps, minSamples: least }));
        expect(found).toEqual(obvious(points, eps, least));
      },
    );
    fc.assert(property, { numRuns: 300, seed: 4 });
  });

  it("refuses points that are not points", () => {
    const options = { eps: 1, minSamples: 1 };
    expect(() => dbscan([[0, 1], [2]], options)).toThrow("point 0 has 2 numbers, point 1 has 1");
    expect(() => dbscan([[0], [Number.NaN]], options)).toThrow("point 1 has NaN in dimension 0");
  });
});

/** From the definition: core points that reach each other share a number, borders take the lowest. */
function obvious(points: number[][], eps: number, minSamples: number): number[] {
  const near = (a: number[], b: number[]) =>
    Math.hypot(...a.map((x, d) => x - b[d]!)) <= eps + 1e-9;
  const neighbors = points.map((a) => points.flatMap((b, j) => (near(a, b) ? [j] : [])));
  const isCore = neighbors.map((list) => list.length >= minSamples);
  // Each core point starts alone; the lowest name spreads until nothing changes.
  let name = points.map((_, i) => i);
  for (let before = ""; before !== name.join(); ) {
    before = name.join();
    const spread = (i: number) =>
      Math.min(...neighbors[i]!.filter((j) => isCore[j]).map((j) => name[j]!));
    name = name.map((own, i) => (isCore[i] ? spread(i) : own));
  }
  const clusters = [...new Set(name.filter((_, i) => isCore[i]))].sort((a, b) => a - b);
  return points.map((_, i) => {
    const reachable = isCore[i] ? [i] : neighbors[i]!.filter((j) => isCore[j]);
    const numbers = reachable.map((j) => clusters.indexOf(name[j]!));
    return numbers.length > 0 ? Math.min(...numbers) : -1;
  });
}
