import { describe, expect, it } from "vitest";
import { kruskalWallis, mannWhitneyTest, midRanks } from "../../lib/stats/rank-tests";
// scipy 1.10.1: see validity.py
import { kruskal_wallis as recorded } from "./validity.json";

describe("kruskalWallis", () => {
  it.each(recorded)("equals scipy's: $name", ({ values, labels, statistic, p_value }) => {
    const found = kruskalWallis(Float64Array.from(values), labels)!;
    expect(Math.abs(found.statistic - statistic)).toBeLessThan(1e-10 * Math.max(1, statistic));
    expect(Math.abs(found.pValue / p_value - 1)).toBeLessThan(1e-10);
    expect(found.epsilonSquared).toBeCloseTo(statistic / (values.length - 1), 12);
  });

  it("has nothing to test in one group, or with one value", () => {
    expect(kruskalWallis(Float64Array.of(1, 2, 3), [0, 0, 0])).toBeUndefined();
    expect(kruskalWallis(Float64Array.of(2, 2, 2), [0, 1, 1])).toBeUndefined();
    expect(kruskalWallis(new Float64Array(0), [])).toBeUndefined();
  });
});

describe("mannWhitneyTest", () => {
  // scipy 1.10: mannwhitneyu(a, b, method="asymptotic").pvalue
  it.each([
    [[0, 0, 0.1, 0.2], [0.1, 0.3, 0.4, 0, 0.5], 0.21090292605661043],
    [[0, 0, 0], [0, 0, 1], 0.5049850750938458],
    [[1, 1], [1, 1], 1],
  ])("of %j and %j is scipy's", (a, b, p) => {
    const ranked = midRanks(Float64Array.from([...a, ...b]));
    expect(mannWhitneyTest(ranked, 0, a.length)).toBeCloseTo(p, 14);
  });

  // scipy 1.10.1: mannwhitneyu(a, b, method="exact").pvalue, b being the places not in a; of nine
  // and nine method="asymptotic"
  it.each([
    [[1, 2, 3], 7, 0.05714285714285714],
    [[1], 2, 1.0],
    [[2, 5, 9, 11], 12, 0.9333333333333333],
    [[1, 2, 3, 4, 5, 6, 7, 8], 16, 0.0001554001554001554],
    [[3, 30, 31, 40, 44, 52, 60, 61], 300, 5.948774024367801e-5],
    [[6, 11], 13, 0.641025641025641],
    [[1, 3, 4, 6, 8, 9, 11, 13, 14], 18, 0.1577043874630777],
  ])("of ranks %j of %d without ties is scipy's", (a, count, p) => {
    const rest = Array.from({ length: count }, (_, i) => i + 1).filter((i) => !a.includes(i));
    const ranked = midRanks(Float64Array.from([...a, ...rest]));
    expect(Math.abs(mannWhitneyTest(ranked, 0, a.length) / p - 1)).toBeLessThan(1e-13);
    expect(mannWhitneyTest(ranked, a.length, count)).toBe(mannWhitneyTest(ranked, 0, a.length));
  });
});
