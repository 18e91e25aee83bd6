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
  });

  it("labels no points with no labels", () => {
    expect(dbscan([], { eps: 1, minSamples: 2 })).toEqual(new Int32Array(0));
  });

  it("agrees with a slow and obvious version on a thousand random sets", () => {
    const sets = fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
      fc.array(
        fc.array(fc.integer({ min: 0, max: 7 }), {
          minLength: dimensions,
          maxLength: dimensions,
        }),
        { minLength: 1, maxLength: 25 },
      ),
    );
    const property = fc.property(
      sets,
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 6 }),
      (points, eps, minSamples) => {
        expect(Array.from(dbscan(points, { eps, minSamples }))).toEqual(
          obvious(points, { eps, minSamples }),
        );
      },
    );
    fc.assert(property, { numRuns: 1_000, seed: 4 });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses an eps of %d", (eps) => {
    expect(() => dbscan([[0]], { eps, minSamples: 1 })).toThrow(RangeError);
    expect(() => dbscan([[0]], { eps, minSamples: 1 })).toThrow(`eps above 0, got ${eps}`);
  });

  it.each([0, -1, 2.5, Number.NaN])("refuses minSamples of %d", (minSamples) => {
    expect(() => dbscan([[0]], { eps: 1, minSamples })).toThrow(`from 1, got ${minSamples}`);
  });

  it("refuses points that are not points", () => {
    const options = { eps: 1, minSamples: 1 };
    expect(() => dbscan([[0, 1], [2]], options)).toThrow("point 0 has 2 numbers, point 1 has 1");
    expect(() => dbscan([[0], [Number.NaN]], options)).toThrow("point 1 has NaN in dimension 0");
  });
});

/** From the definition: core points that reach each other share a number, borders take the lowest. */
function obvious(points: number[][], { eps, minSamples }: { eps: number; minSamples: number }) {
  const near = (a: number[], b: number[]) =>
    Math.hypot(...a.map((x, d) => x - b[d]!)) <= eps + 1e-9;
  const neighbors = points.map((a) => points.flatMap((b, j) => (near(a, b) ? [j] : [])));
  const core = neighbors.map((list) => list.length >= minSamples);
  // Each core point starts alone; the lowest name spreads until nothing changes.
  const name = points.map((_, i) => i);
  for (let changed = true; changed; ) {
    changed = false;
    neighbors.forEach((list, i) => {
      for (const j of list) {
        if (core[i] && core[j] && name[j]! < name[i]!) {
          name[i] = name[j]!;
          changed = true;
        }
      }
    });
  }
  const clusters = [...new Set(name.filter((_, i) => core[i]))].sort((a, b) => a - b);
  return points.map((_, i) => {
    const reachable = core[i] ? [i] : neighbors[i]!.filter((j) => core[j]);
    const numbers = reachable.map((j) => clusters.indexOf(name[j]!));
    return numbers.length > 0 ? Math.min(...numbers) : -1;
  });
}
