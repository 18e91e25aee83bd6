import { describe, expect, it } from "vitest";
import { poissonRateTest } from "../../lib/stats/poisson-rate-test";

describe("poissonRateTest", () => {
  // scipy 1.10.1: binomtest(a, a + b, ea / (ea + eb)).pvalue
  it.each([
    [20, 100, 5, 100, 0.004077315330505371],
    [3, 10, 9, 80, 0.14079222999282523],
    [0, 50, 7, 120, 0.11374124856128291],
    [150, 1000, 90, 900, 0.002325823234306236],
    [1438, 346181, 141, 357437, 4.465968249256219e-280],
  ])("equals scipy's binomtest on %d of %d and %d of %d", (a, ea, b, eb, expected) => {
    const { pValue, logPValue } = poissonRateTest(a, ea, b, eb);
    expect(pValue / expected).toBeCloseTo(1, 9);
    expect(logPValue).toBeCloseTo(Math.log(expected), 9);
    expect(poissonRateTest(b, eb, a, ea).logPValue).toBeCloseTo(logPValue, 9);
  });

  it("finds nothing in nothing, and goes on where a p-value is too small for a double", () => {
    expect(poissonRateTest(0, 5, 0, 9).pValue).toBe(1);
    expect(poissonRateTest(4, 10, 4, 10).pValue).toBe(1);
    // All of 2,000 events in one of two equal halves: 2 * 0.5 ** 2000.
    const { pValue, logPValue } = poissonRateTest(2000, 1, 0, 1);
    expect(pValue).toBe(0);
    expect(logPValue).toBeCloseTo(-1999 * Math.LN2, 6);
  });

  it("refuses what is not a count or an exposure", () => {
    expect(() => poissonRateTest(1.5, 1, 1, 1)).toThrow("counts of 0 or more, got 1.5");
    expect(() => poissonRateTest(-1, 1, 1, 1)).toThrow(RangeError);
    expect(() => poissonRateTest(1, 0, 1, 1)).toThrow("exposures above 0, got 0");
    expect(() => poissonRateTest(1, 1, 1, Number.NaN)).toThrow(RangeError);
  });
});
