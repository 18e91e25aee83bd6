import { expect, it } from "vitest";
import { rateSegments } from "../../lib/stats/rate-segments";
import { countSeries } from "../support/count-series";
import { randomIntegers } from "../support/random";

const sum = (list: number[]) => list.reduce((total, x) => total + x, 0);

/** The definition, without pruning: every last cut of every beginning (optimal partitioning). */
function slow(counts: number[], exposure: number[], least: number, price: number) {
  const cost = (from: number, until: number) => {
    const [events, over] = [sum(counts.slice(from, until)), sum(exposure.slice(from, until))];
    return events > 0 ? -2 * events * Math.log(events / over) : 0;
  };
  const best: { total: number; cuts: number[] }[] = [{ total: -price, cuts: [] }];
  for (let until = 1; until <= counts.length; until++) {
    let own = { total: Infinity, cuts: [] as number[] };
    for (let from = 0; from <= until - least; from++) {
      const total = best[from]!.total + cost(from, until) + price;
      if (total < own.total) own = { total, cuts: [...best[from]!.cuts, until] };
    }
    best.push(own);
  }
  return best.at(-1)!;
}

it("finds the cuts that trying all of them finds, on 200 random series", () => {
  const random = randomIntegers(5);
  let cuts = 0;
  for (let round = 0; round < 200; round++) {
    const least = random(1, 5);
    const rates = [random(1, 9), random(1, 30), random(1, 9)];
    const counts = Array.from({ length: random(least, 40) }, (_, i) =>
      random(0, 2 * rates[Math.floor(i / 14)]!),
    );
    const exposure = counts.map(() => random(1, 50));
    const [penalty, dispersion] = [random(1, 4), random(1, 5)];
    const found = rateSegments(counts, exposure, { least, penalty, dispersion });
    const price = penalty * dispersion * Math.log(counts.length);
    expect(found.map(({ until }) => until)).toEqual(slow(counts, exposure, least, price).cuts);
    cuts += found.length - 1;
  }
  expect(cuts).toBeGreaterThan(300);
});

const weeks = (seed: number, sway: number) => {
  const pages = Array.from({ length: 170 }, (_, i) => 3000 + 1500 * Math.sin(i * i));
  // 1, 15 and 0.4 in 1,000, from weeks 85 and 100 on.
  const rate = (i: number) => (i < 85 ? 0.001 : i < 100 ? 0.015 : 0.0004);
  const counts = countSeries(seed, { length: 170, mean: (i) => pages[i]! * rate(i), sway });
  return { counts, pages };
};

// Poisson, and about twice as much variance: 1 + 45 * (exp(0.15 ** 2) - 1).
it.each([
  ["Poisson", 0, 20],
  ["overdispersed", 0.15, 20],
])("cuts rates of 1, 15 and 0.4 in 1,000 where they change, in %s counts", (_, sway, right) => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const found = seeds.map((seed) => {
    const { counts, pages } = weeks(seed, sway);
    return rateSegments(counts, pages);
  });
  const near = found.filter(
    ([, late, last, ...more]) =>
      late &&
      last &&
      more.length === 0 &&
      Math.abs(late.from - 85) <= 1 &&
      Math.abs(last.from - 100) <= 1,
  );
  expect(near).toHaveLength(right);
});

it("cuts no counts of one rate, however they vary", () => {
  for (const sway of [0, 0.3]) {
    const cuts = Array.from({ length: 100 }, (_, seed) => {
      const counts = countSeries(seed, { length: 170, mean: 60, sway });
      return (
        rateSegments(
          counts,
          counts.map(() => 4000),
        ).length - 1
      );
    });
    expect(sum(cuts)).toBeLessThanOrEqual(5);
  }
});

it("gives each segment with its counts, its rate null without exposure", () => {
  const rest = { least: 2, dispersion: 1 };
  expect(rateSegments([1, 1, 0, 9, 8, 9], [9, 9, 9, 9, 9, 9], rest)).toEqual([
    { from: 0, until: 3, count: 2, exposure: 27, rate: 2 / 27 },
    { from: 3, until: 6, count: 26, exposure: 27, rate: 26 / 27 },
  ]);
  const none = { from: 0, until: 2, count: 0, exposure: 0, rate: null };
  expect(rateSegments([0, 0], [0, 0])).toEqual([none]);
  expect(rateSegments([], [])).toEqual([]);
});

it.each([
  [[1], [1, 2], {}, "rateSegments needs an exposure for each count"],
  [[1], [0], {}, "rateSegments needs exposure wherever there are events, got 1 out of 0 at 0"],
  [[1], [1], { least: 0 }, "least to be an integer of at least 1"],
  [[1], [1], { penalty: -1 }, "penalty to be above 0"],
])("refuses %j out of %j with %j", (counts, exposure, options, message) => {
  expect(() => rateSegments(counts, exposure, options)).toThrow(message);
});
