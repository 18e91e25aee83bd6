import { expect, it } from "vitest";
import { scaledFeatures, TREND_FEATURES, usageTrends } from "../../lib";
import { rowsOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

/** Calls on days of March 2021, whose first is a Monday. */
const march = (user_id: number, ...uses: [day: number, calls: number][]) =>
  uses.map(([day, api_count]) => {
    const dt = `2021-03-${String(day).padStart(2, "0")}`;
    return { dt, user_id, type: "a", api_count };
  });

// User 1: 9, 99 and 999 calls in three weeks, 1 of them on a Saturday. User 2: once, on the log's
// last day, a Sunday four weeks on.
const usage = usageFrame([...march(1, [1, 8], [6, 1], [8, 99], [15, 999]), ...march(2, [28, 10])]);

it("usageTrends gives the trend, the peak and the end of each user's use", () => {
  const [first, second] = rowsOf(usageTrends(usage));
  // Weeks: 9, 99, 999 calls, log10 of one more each: 1, 2, 3.
  expect(first!.slice(0, 2)).toEqual([1, "a"]);
  expect(first![2]).toBeCloseTo(Math.log10(1107), 12);
  expect(first![3]).toBeCloseTo(1, 12);
  expect(first![4]).toBeCloseTo(999 / 1107, 12);
  expect(first!.slice(5)).toEqual([3 / 4, 3, 13]);
  // Its only week is not over when the log ends: no slope.
  expect(second).toEqual([2, "a", 1, 0, 1, 0, 1, 0]);
});

it("usageTrends counts quiet weeks, and leaves out one that the log does not see to its end", () => {
  // Weeks of 9, 0, 9 calls: 1, 0, 1; slopes -1, 1 and 0: the median is 0.
  const gap = usageFrame(march(1, [1, 9], [21, 9]));
  expect(rowsOf(usageTrends(gap))[0]![3]).toBe(0);
  // Weeks of 9 and 99 calls, and a day of 0 in a third that is one day long.
  const cut = usageFrame(march(1, [1, 9], [8, 99], [15, 0]));
  expect(rowsOf(usageTrends(cut))[0]![3]).toBeCloseTo(1, 12);
  // A third week that lacks its last day when the log ends, on a Saturday; a day later it counts:
  // 1, 2 and 0 have slopes 1, -2 and -1/2.
  const until = (day: number) =>
    usageFrame([...march(1, [1, 9], [8, 99], [15, 0]), ...march(2, [day, 1])]);
  expect(rowsOf(usageTrends(until(20)))[0]![3]).toBeCloseTo(1, 12);
  expect(rowsOf(usageTrends(until(21)))[0]![3]).toBeCloseTo(-1 / 2, 12);
  // After the last use no week counts, however long the log goes on.
  const over = usageFrame([...march(1, [1, 9], [8, 99]), ...march(2, [28, 1])]);
  expect(rowsOf(usageTrends(over))[0]![3]).toBeCloseTo(1, 12);
});

it("usageTrends refuses a user without any call, and a slip in a day", () => {
  expect(() => usageTrends(usageFrame(march(1, [1, 0])))).toThrow(
    "usageTrends needs some calls of every user and API; none in all by user 1 of API a",
  );
  const slip = usageFrame([...march(1, [2, 1]), { ...march(1, [2, 1])[0]!, dt: "0001-01-01" }]);
  expect(() => usageTrends(slip)).toThrow(
    "usageTrends needs usage within 30 years; it goes from 0001-01-01 to 2021-03-02: one of these days is a slip",
  );
});

it("scaledFeatures brings each feature to 0 to 1, one that never differs to 0", () => {
  const scaled = scaledFeatures(usageTrends(usage), TREND_FEATURES);
  expect(rowsOf(scaled).map((row) => row.slice(3))).toEqual([
    [1, 0, 1, 1, 1],
    [0, 1, 0, 0, 0],
  ]);
  const one = scaledFeatures(usageTrends(usage.head(1)), TREND_FEATURES);
  expect(rowsOf(one)[0]!.slice(2)).toEqual([0, 0, 0, 0, 0, 0]);
});
