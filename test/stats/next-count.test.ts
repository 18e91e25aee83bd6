import { expect, it } from "vitest";
import { logRising } from "../../lib/stats/log-rising";
import {
  historyWeights,
  lowestCount,
  mixedLaw,
  nextCount,
  tailOf,
} from "../../lib/stats/next-count";
import { anscombeResidual, quasiPoisson } from "../../lib/stats/quasi-poisson";

const EARLIER = [
  ...[4, 7, 1, 9, 6, 3, 12, 5, 8, 2, 6, 10, 3, 5, 4, 7, 9, 1, 14, 6, 2, 5, 8, 3, 11, 4, 6],
];
const OUTBREAK = EARLIER.map((count, i) => (i === 11 ? 90 : count));

/** Sums of weighted counts. */
const momentsOf = (counts: readonly number[], weights: readonly number[]) => ({
  n: weights.reduce((sum, weight) => sum + weight, 0),
  sum: counts.reduce((sum, count, i) => sum + weights[i]! * count, 0),
  squares: counts.reduce((sum, count, i) => sum + weights[i]! * count * count, 0),
});

// R 4.2.2, surveillance 1.20.3; `counts` is EARLIER or OUTBREAK, which b = 9 and w = 1 take as history:
//   obs <- rep(0, 65); obs[unlist(lapply(9:1, function(i) 65 - 7 * i + -1:1))] <- counts
//   obs[65] <- 25; s <- sts(observed = obs, start = c(2000, 1), frequency = 7)
//   f <- farringtonFlexible(s, list(range = 65, b = 9, w = 1, trend = FALSE, noPeriods = 1,
//     pastWeeksNotIncluded = 1, alpha = 0.001, thresholdMethod = "nbPlugin", limit54 = c(0, 4)))
//   f@control$expected; f@control$phiVector; f@control$pvalue; f@upperbound
it.each([
  { counts: EARLIER, expected: 5.962962963, phi: 1.8896321103, p: 9.89449533585e-5, upper: 20 },
  { counts: OUTBREAK, expected: 6.1595136602, phi: 6.7554854381, p: 0.0210276856954, upper: 44 },
])("fit, residuals and quantile are those of R's farringtonFlexible: phi $phi", (r) => {
  const n = r.counts.length;
  const first = quasiPoisson(momentsOf(r.counts, Array(n).fill(1)));
  const raw = r.counts.map((count) => {
    const residual = anscombeResidual(count, first) / Math.sqrt(1 - 1 / n);
    return residual > 2.58 ? residual ** -2 : 1;
  });
  const all = raw.reduce((a, b) => a + b);
  const fit = quasiPoisson(
    momentsOf(
      r.counts,
      raw.map((weight) => (weight * n) / all),
    ),
  );
  expect(Math.abs(fit.mean - r.expected)).toBeLessThan(1e-6);
  expect(Math.abs(fit.dispersion - r.phi)).toBeLessThan(1e-6);

  // Known for certain: a success probability of 1 / phi, as of a history without end.
  const size = fit.mean / (fit.dispersion - 1);
  const endless = 1e12;
  const known = { size, a: endless, b: endless * (fit.dispersion - 1), share: 1 };
  const law = mixedLaw([known]);
  let higher = 1; // than the count before
  for (let count = 0; count < 25; count++) higher = 2 * tailOf(law, count) - higher;
  expect(Math.abs(higher / r.p - 1)).toBeLessThan(1e-6);
  // Mid-p lies between the probability of a higher count and that of as high a one.
  expect(tailOf(law, r.upper + 1)).toBeLessThan(0.001);
  expect(tailOf(law, r.upper - 1)).toBeGreaterThan(0.001);
  expect(lowestCount(law, 0.001, 1000) - r.upper).toBeOneOf([0, 1]);
});

// scipy 1.17.1: with k = arange(count + 1), pmf = exp(gammaln(size + k) - gammaln(size)
//   - gammaln(k + 1) + betaln(a + size, b + k) - betaln(a, b)); 1 - pmf.sum() + pmf[-1] / 2
it.each([
  [0, 0.25, 0.25, 1, 0.75],
  [5, 2, 60.25, 140, 0.3763479103636253],
  [40, 0.75, 3.5, 20, 0.01510520967837772],
  [300, 6, 50, 2000, 0.2623610716690262],
])("tail of count %d under size %d, a %d, b %d equals scipy's", (count, size, a, b, expected) => {
  const law = { size, a, b, share: 1 };
  expect(tailOf(mixedLaw([law]), count)).toBeCloseTo(expected, 10);
  expect(tailOf(mixedLaw([law, { ...law, share: 3 }]), count)).toBeCloseTo(expected, 10);
});

// mpmath 1.3.0: loggamma(x + by) - loggamma(x)
it.each([
  [0.25, 1, -1.386294361119891],
  [3.5, 0.75, 0.913483325103297],
  [12, 40, 134.9072847386234],
  [1e6, 2.5, 34.538778269909436],
])("gamma(%d + %d) / gamma(%d) as by mpmath", (x, by, expected) => {
  expect(logRising(x, by)).toBeCloseTo(expected, 11);
});

it("the lowest count with a small tail is found from anywhere", () => {
  const { law } = nextCount(EARLIER);
  for (const limit of [0.5, 1e-6, 0.01, 0.001]) {
    const found = lowestCount(law, limit, 1000);
    expect(tailOf(law, found)).toBeLessThanOrEqual(limit);
    expect(tailOf(law, found - 1)).toBeGreaterThan(limit);
  }
  expect(lowestCount(law, 0.9999, 1000)).toBe(0);
  expect(lowestCount(law, 1e-6, 9)).toBe(9);
  expect(tailOf(law, 100_000)).toBe(1e-10);
});

it("an outbreak weighs less, ordinary counts alike, and together as much as before", () => {
  expect([...historyWeights(EARLIER)]).toEqual(Array(27).fill(1));
  const weights = historyWeights(OUTBREAK);
  // numpy 2.4.6: the others' mean m is 5.808 and dispersion 1.901; the residual
  // 1.5 * (90**(2/3) * m**(-1/6) - m**.5) / sqrt(1.901 * (1 + 1/26)) is 13.418, 2.58 by it squared:
  expect(weights[11]! / weights[0]!).toBeCloseTo(0.036969058346247335, 10);
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(27, 12);
  expect(tailOf(nextCount(OUTBREAK).law, 60)).toBeLessThan(1e-3);
});
