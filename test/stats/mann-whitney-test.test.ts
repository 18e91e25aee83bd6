import { describe, expect, it } from "vitest";
import { mannWhitneyTest, midRanks } from "../../lib/stats/mann-whitney-test";

describe("mannWhitneyTest", () => {
  // scipy 1.10: mannwhitneyu(a, b, method="asymptotic").pvalue
  it.each([
    [[0, 0, 0.1, 0.2], [0.1, 0.3, 0.4, 0, 0.5], 0.21090292605661043],
    [[1, 2, 3], [4, 5, 6, 7], 0.05182992721790968],
    [[0, 0, 0], [0, 0, 1], 0.5049850750938458],
    [[1, 1], [1, 1], 1],
  ])("of %j and %j is scipy's", (a, b, p) => {
    const ranked = midRanks(Float64Array.from([...a, ...b]));
    expect(mannWhitneyTest(ranked, 0, a.length)).toBeCloseTo(p, 14);
  });
});
