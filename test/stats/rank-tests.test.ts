import { describe, expect, it } from "vitest";
import { kruskalWallis } from "../../lib/stats/rank-tests";
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
