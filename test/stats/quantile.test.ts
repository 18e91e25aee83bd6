import { expect, it } from "vitest";
import { knee } from "../../lib/stats/knee";
import { likelihoodRatios, placesWithin } from "../../lib/stats/likelihood-ratios";
import { median, medianOfSorted, quantile } from "../../lib/stats/quantile";
import { theilSenSlope } from "../../lib/stats/theil-sen-slope";

it("quantile lies between neighbors as numpy's does, and is nothing of none", () => {
  // numpy 1.24: np.quantile([.1, .2, .4, .9], [0, .25, .5, .75, 1])
  const found = [0, 0.25, 0.5, 0.75, 1].map((part) => quantile([0.1, 0.2, 0.4, 0.9], part));
  expect(found).toEqual([0.1, 0.175, 0.3, 0.525, 0.9].map((x) => expect.closeTo(x, 15)));
  expect(quantile([0.1, 0.1, 0.1], 0.3)).toBe(0.1); // no rounding between equal ones
  expect([0, 0.3, 1].map((part) => quantile(Int32Array.of(7), part))).toEqual([7, 7, 7]);
  expect(quantile([], 0.3)).toBeNaN();
});

it("median is the middle by size, or the mean of two, and leaves its values as they are", () => {
  const values = [10, 9, 1];
  expect(median(values)).toBe(9);
  expect(values).toEqual([10, 9, 1]);
  expect(median(Int32Array.of(-3, 4, -20, 5))).toBe(0.5);
  expect([0, 1, 2, 3].map((count) => medianOfSorted([1, 2, 6], count))).toEqual([NaN, 1, 1.5, 2]);
});

it("theilSenSlope is the median of the slopes of all pairs", () => {
  // scipy 1.10: stats.theilslopes([1, 3, 2, 8, 5, 13, 4, 4], range(8))[0]
  expect(theilSenSlope([1, 3, 2, 8, 5, 13, 4, 4])).toBeCloseTo(0.5, 12);
  expect(theilSenSlope([5])).toBe(0);
});

it.each([
  // scaled: places 0, 0.25, 0.5, 0.75, 1 less values 0, 0.1, 0.2, 0.3, 1
  ["where the curve lies farthest below the line from end to end", [0, 1, 2, 3, 10], 3],
  ["nowhere on a straight line", [0, 1, 2, 3, 4], undefined],
  ["nowhere by less than a step", [0, 1, 2, 2.9, 4], undefined],
  ["nowhere on a flat one", [2, 2, 2, 2], undefined],
  ["nowhere on one that only flattens", [0, 7, 8, 9, 10], undefined],
  ["nowhere between two", [0, 10], undefined],
])("knee is %s", (_, curve, place) => {
  expect(knee(curve)).toBe(place);
});

it("knee is at 1 / sqrt(10) of the way along y = -1 / x + 5, by calculus, turned over here", () => {
  // Satopaa et al. 2011
  const curve = Array.from({ length: 1001 }, (_, i) => 1 / (0.1 + (0.9 * (1000 - i)) / 1000));
  expect(0.1 + (0.9 * (1000 - knee(curve)!)) / 1000).toBeCloseTo(Math.sqrt(0.1), 3);
});

it("likelihoodRatios compares how frequent a value is among the labelled and among others, oneself left out", () => {
  // Halves: 1, 2 | 3, 4 and 5. Labelled are 2, 4 and 5; each half has one more, and oneself is out.
  const labelled = [false, true, false, true, true];
  const [ratios] = likelihoodRatios([Float64Array.of(1, 2, 3, 4, 5)], labelled, 2);
  const byHand = [2 / 5 / (1 / 3), 1 / 4 / (2 / 4), 3 / 5 / (1 / 3), 2 / 4 / (2 / 4), 1];
  expect(Array.from(ratios!, Math.exp)).toEqual(byHand.map((ratio) => expect.closeTo(ratio, 12)));
  expect(() => likelihoodRatios([Float64Array.of(1, NaN)], [false, true], 2)).toThrow(
    "likelihoodRatios needs numbers, got NaN at 1",
  );
});

it("placesWithin gives each value's place among those of its group", () => {
  const places = placesWithin(Float64Array.of(9, 1, 5, 5, 7, 100), [0, 0, 0, 0, 1, 1]);
  expect(Array.from(places)).toEqual([3.5 / 4, 0.5 / 4, 0.5, 0.5, 0.25, 0.75]);
});
