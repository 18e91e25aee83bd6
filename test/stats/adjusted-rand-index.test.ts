import { describe, expect, it } from "vitest";
import { adjustedRandIndex } from "../../lib/stats/adjusted-rand-index";
import { randomIntegers } from "../support/random";
// scikit-learn 1.2.1: see validity.py
import { rand_index as recorded } from "./validity.json";

describe("adjustedRandIndex", () => {
  it.each(recorded)("equals scikit-learn's: $name", ({ a, b, score }) => {
    expect(Math.abs(adjustedRandIndex(a, b) - score)).toBeLessThan(1e-12);
    expect(adjustedRandIndex(b, a)).toBe(adjustedRandIndex(a, b));
  });

  it("agrees with counting every pair", () => {
    const random = randomIntegers(3);
    for (let set = 0; set < 300; set++) {
      const [a, b] = [1, 2].map((labels) =>
        Array.from({ length: 12 }, () => random(-1, labels)),
      ) as [number[], number[]];
      expect(adjustedRandIndex(a, b)).toBeCloseTo(obvious(a, b), 12);
    }
  });

  it("refuses labels of other points, and what are no labels", () => {
    expect(() => adjustedRandIndex([0, 1], [0])).toThrow("got 2 and 1 labels");
    expect(() => adjustedRandIndex([0], [Number.NaN])).toThrow("integers; found NaN");
    expect(adjustedRandIndex([], [])).toBe(1);
  });
});

/** Hubert and Arabie's: pairs together in both, less the expected, by the most less the expected. */
function obvious(a: number[], b: number[]): number {
  const pairs = a.flatMap((_, i) => a.slice(0, i).map((_, j) => [i, j] as const));
  const inA = pairs.filter(([i, j]) => a[i] === a[j]).length;
  const inB = pairs.filter(([i, j]) => b[i] === b[j]).length;
  const inBoth = pairs.filter(([i, j]) => a[i] === a[j] && b[i] === b[j]).length;
  const expected = (inA * inB) / pairs.length;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (inBoth - expected) / (most - expected);
}
