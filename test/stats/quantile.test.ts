import { describe, expect, it } from "vitest";
import { median, medianOfSorted, quantile } from "../../lib/stats/quantile";
import { theilSenSlope } from "../../lib/stats/theil-sen-slope";

describe("quantile", () => {
  it("lies between neighbors as numpy's does, and is nothing of none", () => {
    // numpy 1.24: np.quantile([.1, .2, .4, .9], [0, .25, .5, .75, 1])
    const found = [0, 0.25, 0.5, 0.75, 1].map((part) => quantile([0.1, 0.2, 0.4, 0.9], part));
    [0.1, 0.175, 0.3, 0.525, 0.9].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 15);
    });
    expect(quantile([0.1, 0.1, 0.1], 0.3)).toBe(0.1); // no rounding between equal ones
    expect([0, 0.3, 1].map((part) => quantile(Int32Array.of(7), part))).toEqual([7, 7, 7]);
    expect(quantile([], 0.3)).toBeNaN();
  });
});

describe("median", () => {
  it("is the middle by size, or the mean of two, and leaves its values as they are", () => {
    const values = [10, 9, 1];
    expect(median(values)).toBe(9);
    expect(values).toEqual([10, 9, 1]);
    expect(median(Int32Array.of(-3, 4, -20, 5))).toBe(0.5);
    expect([0, 1, 2, 3].map((count) => medianOfSorted([1, 2, 6], count))).toEqual([NaN, 1, 1.5, 2]);
  });
});

describe("theilSenSlope", () => {
  it("is the median of the slopes of all pairs", () => {
    // scipy 1.10: stats.theilslopes([1, 3, 2, 8, 5, 13, 4, 4], range(8))[0]
    expect(theilSenSlope([1, 3, 2, 8, 5, 13, 4, 4])).toBeCloseTo(0.5, 12);
    expect(theilSenSlope([5])).toBe(0);
  });
});
