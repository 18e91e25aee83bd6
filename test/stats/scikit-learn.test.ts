import fc from "fast-check";
import { expect, it } from "vitest";
import { adjustedRandIndex } from "../../lib/stats/adjusted-rand-index";
import { dbscan } from "../../lib/stats/dbscan";
import { silhouetteScore } from "../../lib/stats/silhouette-score";
// scikit-learn 1.2.1: python3 test/stats/scikit-learn.py < test/stats/scikit-learn.json
import recorded from "./scikit-learn.json";
// scikit-learn 1.2.1: see validity.py
import { rand_index as pairs } from "./validity.json";

it.each(recorded)("dbscan and silhouetteScore equal scikit-learn's: $name", (set) => {
  const { points, eps, min_samples, labels, silhouette } = set;
  expect(Array.from(dbscan(points, { eps, minSamples: min_samples }))).toEqual(labels);
  // Of one label, or a label each, there is none.
  if (silhouette === null) expect(() => silhouetteScore(points, labels)).toThrow(RangeError);
  else expect(Math.abs(silhouetteScore(points, labels) - silhouette)).toBeLessThan(1e-10);
});

it("dbscan counts a point as its own neighbor, and a neighbor at exactly eps", () => {
  const line = [[0], [1], [2], [9]];
  expect(dbscan(line, { eps: 1, minSamples: 2 })).toEqual(Int32Array.of(0, 0, 0, -1));
  expect(dbscan(line, { eps: 0.999, minSamples: 1 })).toEqual(Int32Array.of(0, 1, 2, 3));
  expect(dbscan([], { eps: 1, minSamples: 2 })).toEqual(new Int32Array(0));
});

it("dbscan agrees with a slow and obvious version on random sets full of ties", () => {
  const upTo = (max: number, min = 1) => fc.integer({ min, max });
  const sets = upTo(3).chain((dimensions) => {
    const point = fc.array(upTo(9, 0), { minLength: dimensions, maxLength: dimensions });
    return fc.array(point, { minLength: 1, maxLength: 80, size: "max" });
  });
  const property = fc.property(sets, upTo(3), upTo(6), (points, eps, least) => {
    const found = Array.from(dbscan(points, { eps, minSamples: least }));
    expect(found).toEqual(obvious(points, eps, least));
  });
  fc.assert(property, { numRuns: 300, seed: 4 });
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

it.each([
  // Outer points: within 1, nearest (10 + 11) / 2; inner: within 1, nearest (9 + 10) / 2.
  ["of two pairs ten apart", [0, 1, 10, 11], [0, 0, 1, 1], (9.5 / 10.5 + 8.5 / 9.5) / 2],
  // Within 1 and 4; nearest 12 and 11, 9.5 and 13.5: noise is a cluster.
  ["with noise", [0, 1, 10, 14], [0, 0, -1, -1], (11 / 12 + 10 / 11 + 5.5 / 9.5 + 9.5 / 13.5) / 4],
  ["where all coincide", [0, 0, 0], [0, 0, 1], 0],
  // 0 and 1 score (10 - 1) / 10 and (9 - 1) / 9, the lone 10 scores 0.
  ["with a point alone", [0, 1, 10], [0, 0, 1], (9 / 10 + 8 / 9) / 3],
])("silhouetteScore is right by hand %s", (_, line, labels, score) => {
  const points = line.map((x) => [x]);
  expect(silhouetteScore(points, labels)).toBeCloseTo(score, 12);
});

it("silhouetteScore scores a sample as if there were no other points", () => {
  const points = Array.from({ length: 400 }, (_, i) => [(i % 2) * 50 + i / 10]);
  const labels = points.map((_, i) => i % 2);
  const score = (sampleSize: number, seed?: number) =>
    silhouetteScore(points, labels, { sampleSize, seed });
  const exact = silhouetteScore(points, labels);
  expect([score(400), score(9_999)]).toEqual([exact, exact]);
  expect(score(100, 3)).toBe(score(100, 3));
  expect(score(100, 3)).not.toBe(score(100, 4));
  expect(Math.abs(score(100) - exact)).toBeLessThan(0.1);
});

it.each(pairs)("adjustedRandIndex equals scikit-learn's: $name", ({ a, b, score }) => {
  expect(Math.abs(adjustedRandIndex(a, b) - score)).toBeLessThan(1e-12);
  expect(adjustedRandIndex(b, a)).toBe(adjustedRandIndex(a, b));
});

it("takes points and labels that belong together, and says what is wrong with others", () => {
  const one = { eps: 1, minSamples: 1 };
  const sample = { sampleSize: 2 };
  expect(() => dbscan([[0, 1], [2]], one)).toThrow("point 0 has 2 numbers, point 1 has 1");
  expect(() => dbscan([[0], [Number.NaN]], one)).toThrow("point 1 has NaN in dimension 0");
  expect(() => silhouetteScore([[0], [1], [2]], [0, 1, 1], sample)).toThrow("in the sample");
  expect(() => silhouetteScore([[0], [1]], [0])).toThrow("got 1 labels for 2 points");
  expect(() => silhouetteScore([[0], [1]], [0, 1])).toThrow("got 2 over 2 points");
  expect(() => adjustedRandIndex([0, 1], [0])).toThrow("got 2 and 1 labels");
  expect(() => adjustedRandIndex([0], [Number.NaN])).toThrow("integers; found NaN");
  expect(adjustedRandIndex([], [])).toBe(1);
});
