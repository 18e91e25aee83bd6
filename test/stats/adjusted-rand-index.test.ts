import { describe, expect, it } from "vitest";
import { adjustedRandIndex } from "../../lib/stats/adjusted-rand-index";
// scikit-learn 1.2.1: see validity.py
import { rand_index as recorded } from "./validity.json";

describe("adjustedRandIndex", () => {
  it.each(recorded)("equals scikit-learn's: $name", ({ a, b, score }) => {
    expect(Math.abs(adjustedRandIndex(a, b) - score)).toBeLessThan(1e-12);
    expect(adjustedRandIndex(b, a)).toBe(adjustedRandIndex(a, b));
  });

  it("refuses labels of other points, and what are no labels", () => {
    expect(() => adjustedRandIndex([0, 1], [0])).toThrow("got 2 and 1 labels");
    expect(() => adjustedRandIndex([0], [Number.NaN])).toThrow("integers; found NaN");
    expect(adjustedRandIndex([], [])).toBe(1);
  });
});
