import { describe, expect, it } from "vitest";
import {
  benjaminiHochberg,
  binomialTail,
  hypergeometricTest,
  logFactorial,
  signTest,
  wilsonInterval,
} from "../../lib/stats/exact-tests";

describe("hypergeometricTest", () => {
  // scipy 1.10.1: hypergeom.sf(observed - 1, count, m, n)
  it.each([
    [4, 5, 4, 10, 0.02380952380952381],
    [0, 3, 3, 10, 1.0],
    [3, 8, 7, 12, 1.0],
    [40, 60, 80, 200, 5.545132329294632e-7],
    [100, 1000, 1000, 100000, 1.2175470206209571e-66],
  ])("of %i shared by %i and %i out of %i is scipy's", (observed, m, n, count, p) => {
    expect(hypergeometricTest(observed, m, n, count) / p).toBeCloseTo(1, 9);
  });
});

describe("logFactorial", () => {
  // scipy 1.10.1: gammaln(n + 1)
  it.each([
    [5, 4.787491742782046],
    [63, 201.00931639928152],
    [64, 205.1681994826412],
    [1000, 5912.128178488164],
    [1000000, 12815518.384658169],
  ])("of %i is scipy's", (n, log) => {
    expect(Math.abs(logFactorial(n) - log)).toBeLessThanOrEqual(1e-14 * log);
  });
});

describe("signTest", () => {
  // Python 3.11.2, scipy 1.17.1: binomtest(less, less + more).pvalue
  it.each([
    [56, 0, 2.7755575615628914e-17],
    [6, 0, 0.03125],
    [10, 3, 0.09228515625],
    [5, 5, 1],
    [0, 1, 1],
    [700, 600, 0.0060157938610449395],
  ])("of %i and %i is scipy's", (less, more, expected) => {
    expect(signTest(less, more) / expected).toBeCloseTo(1, 9);
    expect(signTest(more, less)).toBe(signTest(less, more));
  });

  it("of none is 1", () => {
    expect(signTest(0, 0)).toBe(1);
  });
});

describe("benjaminiHochberg", () => {
  it("corrects for how many were looked at", () => {
    // 0.01 * 4 / 1; 0.02 * 4 / 2; 0.03 * 4 / 3; 0.5 * 4 / 4, the smaller of it and the next
    expect([...benjaminiHochberg([0.5, 0.01, 0.03, 0.02])]).toEqual([0.5, 0.04, 0.04, 0.04]);
    expect([...benjaminiHochberg([])]).toEqual([]);
  });
});

it("binomialTail is scipy's", () => {
  // scipy 1.10.1: binom.sf(least - 1, n, p)
  const cases = [
    [3, 10, 0.2, 0.32220047360000015],
    [19, 38, 1 / 1182, 1.45199337292166e-48],
    [1, 5, 0.01, 0.04900995010000001],
    [38, 38, 0.5, 3.637978807091713e-12],
    ...[
      [0, 5, 0.5, 1],
      [1, 5, 0, 0],
      [5, 5, 1, 1],
      [6, 5, 1, 0],
    ],
  ] as const;
  for (const [least, n, p, tail] of cases) {
    expect(Math.abs(binomialTail(least, n, p) - tail)).toBeLessThanOrEqual(1e-12 * tail);
  }
});

it("wilsonInterval is R's", () => {
  // R 4.2.2: prop.test(count, n, correct = FALSE)$conf.int
  const cases = [
    [19, 627, 0.0194841490977, 0.0468422760852],
    [0, 5, 0, 0.434482464783],
    [3, 10, 0.107791267406, 0.603221852539],
  ] as const;
  for (const [count, n, ...ends] of cases) {
    expect(wilsonInterval(count, n)).toEqual(ends.map((end) => expect.closeTo(end, 11)));
  }
});
