import { expect, it } from "vitest";
import { changePoint } from "../../lib/stats/change-point";
import { type CountSeries, countSeries } from "../support/count-series";
import { randomIntegers } from "../support/random";

const ones = (n: number) => new Array<number>(n).fill(1);
const sum = (list: number[]) => list.reduce((total, x) => total + x, 0);

/** The definition: Poisson log-likelihood of the whole series, for every split. */
function obvious(counts: number[], exposure: number[]) {
  const logLikelihood = (from: number, to: number) => {
    const rate = sum(counts.slice(from, to)) / sum(exposure.slice(from, to));
    const expected = exposure.slice(from, to).map((x) => rate * x);
    return sum(expected.map((x, i) => (rate > 0 ? counts[from + i]! * Math.log(x) : 0) - x));
  };
  const n = counts.length;
  const ratios = counts
    .slice(1)
    .map((_, i) => logLikelihood(0, i + 1) + logLikelihood(i + 1, n) - logLikelihood(0, n));
  const ratio = Math.max(...ratios);
  return { index: 1 + ratios.findIndex((r) => r > ratio - 1e-9), ratio };
}

it("finds the one fall of a series, with the rates on both sides", () => {
  const found = changePoint([9, 11, 10, 1, 0, 2], new Array(6).fill(100))!;
  expect(found).toMatchObject({ index: 3, before: 0.1, after: 0.01 });
  // 30 events of 300 and 3 of 300, against 33 of 600.
  const ratio = 30 * Math.log(0.1 / 0.055) + 3 * Math.log(0.01 / 0.055);
  expect(found.logLikelihoodRatio).toBeCloseTo(ratio, 12);
});

it("agrees with every split tried by the plain formula, on 100 random series", () => {
  const random = randomIntegers(4);
  for (let series = 0; series < 100; series++) {
    const counts = Array.from({ length: random(2, 30) }, () => random(0, 9));
    const exposure = counts.map(() => random(1, 50));
    const found = changePoint(counts, exposure, { permutations: 1 });
    const { index, ratio } = obvious(counts, exposure);
    expect(found?.logLikelihoodRatio ?? 0).toBeCloseTo(ratio, 9);
    if (found) expect(found.index).toBe(index);
  }
});

it.each([
  [
    "of twice the pages in twice the time: no change",
    [1, 1, 2, 2],
    [10, 10, 20, 20],
    {},
    undefined,
  ],
  ["of rates, not of counts", [2, 2, 2, 2], [10, 10, 40, 40], {}, 2],
  ["that is a rise", [0, 0, 8, 8, 8, 1, 1], ones(7), { change: "rise" }, 2],
  ["that is a fall", [0, 0, 8, 8, 8, 1, 1], ones(7), { change: "fall" }, 5],
  ["that is a fall, of which there is none", [1, 2, 3], ones(3), { change: "fall" }, undefined],
  ["over periods without exposure", [5, 0, 0, 1], [10, 0, 0, 10], {}, 1],
  ["with nothing beside it", [5, 0], [10, 0], {}, undefined],
  ["of nothing", [], [], {}, undefined],
  ["of one count", [3], [1], {}, undefined],
  ["of no events", [0, 0, 0], ones(3), {}, undefined],
] as const)("finds the change %s", (_, counts, exposure, options, index) => {
  expect(changePoint(counts, exposure, options)?.index).toBe(index);
});

it("gives the share of shuffled series with a change as large, the found one among them", () => {
  // Of 6 orders of two events beside two quiet periods 2 have both events at one end.
  const { pValue } = changePoint([1, 1, 0, 0], ones(4), { permutations: 20_000, block: 1 })!;
  expect(Math.abs(pValue! - 1 / 3)).toBeLessThan(0.01);
  const fall = [...ones(30), ...new Array(30).fill(0)];
  expect(changePoint(fall, ones(60), { block: 1 })!.pValue).toBe(0.001);
});

it("is rarely sure of a change in noise that varies more than Poisson counts do", () => {
  const random = randomIntegers(7);
  const sure = Array.from({ length: 100 }, (_, seed) => {
    const bursts = Array.from({ length: 60 }, () => (random(0, 9) === 0 ? random(10, 30) : 0));
    return changePoint(bursts, ones(60), { permutations: 99, block: 1, seed })!.pValue! <= 0.05;
  }).filter(Boolean).length;
  expect(sure).toBeLessThanOrEqual(12); // 5 are expected; a Poisson p-value is sure nearly always
});

it("keeps blocks together, and is less sure where neighbors are alike", () => {
  const weeks = [9, 1, 2].flatMap((count) => new Array<number>(7).fill(count));
  const alone = changePoint(weeks, ones(21), { block: 1 })!;
  const together = changePoint(weeks, ones(21), { block: 7 })!;
  expect(together).toMatchObject({ index: 7, logLikelihoodRatio: alone.logLikelihoodRatio });
  expect(alone.pValue).toBe(0.001);
  expect(together.pValue).toBeGreaterThan(0.5); // of 6 orders of weeks 4 begin or end with the 9s
});

it("gives the same for the same seed, another p-value for another", () => {
  const series = [3, 4, 2, 5, 1, 2, 0, 3, 1, 2];
  const of = (seed: number) => changePoint(series, ones(10), { block: 1, seed })!.pValue;
  expect(of(5)).toBe(of(5));
  expect(new Set([1, 2, 3, 4].map(of)).size).toBeGreaterThan(1);
});

/** Share of 200 series with a p-value of at most 0.01, and of those without one. */
function rejected(series: CountSeries) {
  const found = Array.from({ length: 200 }, (_, seed) => {
    const counts = countSeries(seed, series);
    return changePoint(counts, ones(counts.length), { permutations: 99, seed })?.pValue;
  });
  const share = (is: (p: number | null | undefined) => boolean) => found.filter(is).length / 200;
  return { sure: share((p) => typeof p === "number" && p <= 0.01), none: share((p) => p === null) };
}

// At 1 %. Shuffled one by one, about half of such series and more are called a change.
it.each([
  [170, 0.3, 4],
  [170, 0.3, 60],
  [170, 1, 4],
  [170, 1, 60],
  [400, 0.5, 20],
  [1000, 0.3, 4],
])(
  "is hardly ever sure of a change in %i counts that wander (sway %d, mean %d)",
  (length, sway, mean) => {
    expect(rejected({ length, phi: 0.9, sway, mean }).sure).toBeLessThanOrEqual(0.03);
  },
);

it("gives a p-value where counts are independent, and is sure of a change that is there", () => {
  const noise = rejected({ length: 170, sway: 0.3, mean: 10 });
  expect(noise.none).toBeLessThanOrEqual(0.1);
  expect(noise.sure).toBeLessThanOrEqual(0.03);
  const fall = (i: number) => (i < 100 ? 10 : 5);
  expect(rejected({ length: 170, sway: 0.3, mean: fall }).sure).toBeGreaterThan(0.7);
});

it("gives no p-value of fewer than 160 counts, or of neighbors that are alike, unless told", () => {
  const fall = (length: number) => countSeries(1, { length, mean: (i) => (i < 80 ? 60 : 20) });
  expect(changePoint(fall(159), ones(159))!.pValue).toBeNull();
  // Two of 252 orders of ten blocks have the high ones together at an end.
  const { pValue } = changePoint(fall(160), ones(160), { permutations: 9999 })!;
  expect(pValue! * 252).toBeCloseTo(2, 0);
  // A rise and a fall: one change leaves the other over.
  const episode = [...fall(160).reverse(), ...new Array(50).fill(0)];
  const found = changePoint(episode, ones(210))!;
  expect(found.pValue).toBeNull();
  expect(found.autocorrelation).toBeGreaterThan(0.3);
  expect(changePoint(episode, ones(210), { block: 1 })!.pValue).toBe(0.001);
});

it("tells how much counts vary about both rates, and how alike neighbors are", () => {
  // About 9 and 1: residuals 1, -1, -1, 1 and 1, -1, -1, 1; 8 squares of 6 degrees of freedom.
  const found = changePoint([12, 6, 6, 12, 2, 0, 0, 2], ones(8), { block: 1 })!;
  expect(found).toMatchObject({ index: 4, before: 9, after: 1, block: 1 });
  expect(found.dispersion).toBeCloseTo(8 / 6, 12);
  expect(found.autocorrelation).toBeCloseTo(-1 / 8, 12);
});

it.each([
  [[1], [1, 2], "got 1 counts and 2 exposures"],
  [[1, -1], [1, 1], "count 1 to be an integer of at least 0, got -1"],
  [[1, 0], [1, Number.NaN], "exposure 1 to be at least 0, got NaN"],
  [[1, 1], [0, 1], "got 1 out of 0 at 0"],
])("refuses counts %j out of %j", (counts, exposure, message) => {
  expect(() => changePoint(counts, exposure)).toThrow(message);
});
