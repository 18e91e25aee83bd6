import { describe, expect, it } from "vitest";
import { silhouetteScore } from "../../lib/stats/silhouette-score";
// scikit-learn 1.2.1: python3 test/stats/scikit-learn.py < test/stats/scikit-learn.json
import recorded from "./scikit-learn.json";

const scored = recorded.filter(({ silhouette }) => silhouette !== null);
const unscored = recorded.filter(({ silhouette }) => silhouette === null);

describe("silhouetteScore", () => {
  it.each(scored)("equals scikit-learn's: $name", ({ points, labels, silhouette }) => {
    expect(Math.abs(silhouetteScore(points, labels) - silhouette!)).toBeLessThan(1e-10);
  });

  it.each(unscored)("is not defined for one label, or a label each: $name", (set) => {
    expect(() => silhouetteScore(set.points, set.labels)).toThrow(RangeError);
  });

  it("is 0.899749 for two pairs ten apart", () => {
    // Outer points: within 1, nearest (10 + 11) / 2; inner: within 1, nearest (9 + 10) / 2.
    const byHand = (9.5 / 10.5 + 8.5 / 9.5) / 2;
    expect(silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1])).toBeCloseTo(byHand, 12);
    expect(byHand).toBeCloseTo(0.899749, 6);
  });

  it("counts noise as a cluster, whatever number stands for it", () => {
    const points = [[0], [1], [10], [14]];
    expect(silhouetteScore(points, [0, 0, -1, -1])).toBe(silhouetteScore(points, [5, 5, 7, 7]));
  });

  it("gives 0 to a point alone, and to points that all coincide", () => {
    expect(silhouetteScore([[0], [0], [0]], [0, 0, 1])).toBe(0);
    // by hand: 0 and 1 score (10 - 1) / 10 and (9 - 1) / 9, the lone 10 scores 0
    expect(silhouetteScore([[0], [1], [10]], [0, 0, 1])).toBeCloseTo((9 / 10 + 8 / 9) / 3, 12);
  });

  it("scores a sample as if there were no other points", () => {
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

  it("says what it needs", () => {
    const sample = { sampleSize: 2 };
    expect(() => silhouetteScore([[0], [1], [2]], [0, 1, 1], sample)).toThrow("in the sample");
    expect(() => silhouetteScore([[0], [1]], [0])).toThrow("got 1 labels for 2 points");
    expect(() => silhouetteScore([[0], [1]], [0, 1])).toThrow("got 2 over 2 points");
    expect(() => silhouetteScore([], [])).toThrow("got 0 over 0 points");
  });
});
