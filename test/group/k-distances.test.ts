import { expect, it } from "vitest";
import { kDistances } from "../../lib/group/k-distances";
import { rowsOf } from "../support/access-log";
import { featureFrame, featuresOf, uniformPoints } from "../support/feature-frame";

const line = featureFrame([[0], [1], [3], [7], [20]]);
const features = ["f0"];

it("gives each user's distance to another one, itself not counted", () => {
  const { distances, knees } = kDistances(line, { k: 1, features });
  // nearest others: 1, 1, 2, 4, 13
  expect(rowsOf(distances)).toEqual([1, 1, 2, 4, 13].map((far, i) => ["a", i + 1, far]));
  // scaled: 0, 0.25, 0.5, 0.75, 1 less 0, 0, 1/12, 3/12, 1: 0.5 at the fourth
  expect(rowsOf(knees)).toEqual([["a", 1, 5, 4, 4]]);
});

it("agrees with sorting all distances", () => {
  const points = uniformPoints(1, 40, 3);
  const sorted = points.map((a) =>
    points.map((b) => Math.hypot(...a.map((x, d) => x - b[d]!))).sort((x, y) => x - y),
  );
  for (const k of [1, 4, 39]) {
    const expected = sorted.map((row) => row[k]!).sort((x, y) => x - y);
    const { distances } = kDistances(featureFrame(points), { k, features: featuresOf(3) });
    rowsOf(distances).forEach(([, , distance], i) => {
      expect(distance).toBeCloseTo(expected[i]!, 12);
    });
  }
});

it("has no distances where there are too few users", () => {
  const { distances, knees } = kDistances(line, { k: 5, features });
  expect(distances.height).toBe(0);
  expect(rowsOf(knees)).toEqual([["a", 5, 5, null, null]]);
});
