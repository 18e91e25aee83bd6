import { describe, expect, it } from "vitest";
import { hypergeometricTest } from "../../lib/stats/hypergeometric-test";
import { logFactorial } from "../../lib/stats/log-factorial";

describe("hypergeometricTest", () => {
  // scipy 1.10.1: hypergeom.sf(observed - 1, count, m, n)
  it.each([
    [4, 5, 4, 10, 0.02380952380952381],
    [0, 3, 3, 10, 1.0],
    [3, 8, 7, 12, 1.0],
    [40, 60, 80, 200, 5.545132329294632e-7],
    [100, 1000, 1000, 100000, 1.2175470206209571e-66],
  ])("of %i shared by %i and %i out of %i is scipy's", (observed, m, n, count, p) => {
    expect(hypergeometricTest(observed!, m!, n!, count!) / p!).toBeCloseTo(1, 9);
  });
});

describe("logFactorial", () => {
  // scipy 1.10.1: gammaln(n + 1)
  it.each([
    [5, 4.787491742782046],
    [63, 201.00931639928152],
    [64, 205.1681994826412],
    [65, 209.34258675253682],
    [1000, 5912.128178488164],
    [1000000, 12815518.384658169],
  ])("of %i is scipy's", (n, log) => {
    expect(Math.abs(logFactorial(n!) - log!)).toBeLessThanOrEqual(1e-14 * log!);
  });
});
