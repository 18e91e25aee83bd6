import { expect, it } from "vitest";
import { largestOf, rateChanges, weeklyCounts } from "../../lib/log/rate-changes";

// January 6, 2020, a Monday.
const MONDAY = 18_267;

/** Days with 100 pages each and so many of a kind; none at all where it is below 0. */
const daily = (counts: number[], first = MONDAY) => ({
  first,
  counts: Float64Array.from(counts, (count) => Math.max(0, count)),
  exposure: Float64Array.from(counts, (count) => (count < 0 ? 0 : 100)),
});
const days = (n: number, count: number) => new Array<number>(n).fill(count);

it("weeklyCounts begin on Mondays, also where days do not", () => {
  const { counts, exposure } = weeklyCounts(daily(days(10, 2), MONDAY + 5));
  expect([...counts]).toEqual([4, 14, 2]);
  expect([...exposure]).toEqual([200, 700, 100]);
  expect(weeklyCounts(daily([])).counts).toHaveLength(0);
});

it.each([
  ["in the middle of a week", [...days(80, 9), ...days(80, 1)], 80, 80],
  ["before days of which nothing is known", [...days(80, 9), -1, -1, ...days(80, 1)], 80, 82],
  ["at a Monday", [...days(70, 9), ...days(70, 1)], 70, 70],
])("finds the day of a fall %s, with the rates on both sides", (_, counts, change, day) => {
  const found = rateChanges(daily(counts), { factor: 5 });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ after: { from: MONDAY + day }, isLasting: true });
  expect(found[0]!.before.rate).toBeCloseTo(0.09, 9);
  expect(found[0]!.after.rate).toBeCloseTo(0.01, 9);
  expect(found[0]!.before.from).toBe(MONDAY);
  expect(found[0]!.after.until).toBe(MONDAY + counts.length);
  const [from, until] = [9 * change, counts.filter((count) => count === 1).length];
  const [early, late] = [100 * change, 100 * until];
  const one = (from + until) * Math.log((from + until) / (early + late));
  const two = from * Math.log(0.09) + until * Math.log(0.01);
  expect(found[0]!.logLikelihoodRatio).toBeCloseTo(two - one, 6);
});

it("quotes only the stretches next to a change, and says whether the rate came back", () => {
  // A hundred days each of 1, 15, 2, 12 and 0 in 100.
  const rates = [1, 15, 2, 12, 0];
  const series = daily(rates.flatMap((rate) => days(100, rate)));
  const seen = (change: "any" | "fall") =>
    rateChanges(series, { factor: 5, change }).map(({ before, after, isLasting }) => [
      ...[after.from - MONDAY, before.rate, after.rate].map((x) => Math.round(100 * x!) / 100),
      isLasting,
    ]);
  const falls = [
    [200, 0.15, 0.02, false],
    [400, 0.12, 0, true],
  ];
  expect(seen("fall")).toEqual(falls);
  expect(seen("any")).toEqual([
    [100, 0.01, 0.15, false],
    falls[0],
    [300, 0.02, 0.12, false],
    falls[1],
  ]);
  expect(rateChanges(series, { factor: 20 })).toHaveLength(1); // to none
});

it("takes a fall as lasting where the rate comes back by less than half", () => {
  const isLasting = (later: number) =>
    rateChanges(daily([12, 0, later].flatMap((rate) => days(100, rate))), { factor: 5 })[0]!
      .isLasting;
  expect([3, 5, 7, 12].map(isLasting)).toEqual([true, true, false, false]);
});

it("largestOf is the most likely one, the first of several", () => {
  const both = rateChanges(daily([...days(70, 9), ...days(70, 1), ...days(70, 30)]), { factor: 5 });
  expect(both.map(({ after }) => after.from - MONDAY)).toEqual([70, 140]);
  expect(largestOf(both)).toBe(both[1]);
  expect(largestOf([both[0]!, { ...both[0]! }])).toBe(both[0]);
  expect(largestOf([])).toBeUndefined();
});
