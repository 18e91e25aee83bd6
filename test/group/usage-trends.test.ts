import { describe, expect, it } from "vitest";
import { scaledFeatures } from "../../lib/group/scaled-features";
import { TREND_FEATURES, usageTrends } from "../../lib/group/usage-trends";
import { rowsOf, typesOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

// 2021-03-01 is a Monday. User 1: 9, 99 and 999 calls on the Mondays of three weeks, 1 on the
// Saturday of the first. User 2: once, on the log's last day, a Sunday four weeks on.
const usage = usageFrame([
  { dt: "2021-03-01", user_id: 1, type: "a", api_count: 8 },
  { dt: "2021-03-06", user_id: 1, type: "a", api_count: 1 },
  { dt: "2021-03-08", user_id: 1, type: "a", api_count: 99 },
  { dt: "2021-03-15", user_id: 1, type: "a", api_count: 999 },
  { dt: "2021-03-28", user_id: 2, type: "a", api_count: 10 },
]);

describe("usageTrends", () => {
  it("gives the trend, the peak and the end of each user's use", () => {
    const found = usageTrends(usage);
    const [first, second] = rowsOf(found);
    // Weeks: 9, 99, 999 calls, log10 of one more each: 1, 2, 3.
    expect(first!.slice(0, 2)).toEqual([1, "a"]);
    expect(first![2]).toBeCloseTo(Math.log10(1107), 12);
    expect(first![3]).toBeCloseTo(1, 12);
    expect(first![4]).toBeCloseTo(999 / 1107, 12);
    expect(first!.slice(5)).toEqual([3 / 4, 3, 13]);
    // Its only week is not over when the log ends: no slope.
    expect(second).toEqual([2, "a", 1, 0, 1, 0, 1, 0]);
    expect(typesOf(found).slice(5)).toEqual([
      "weekday_share DataType(Float64)",
      "weeks_active DataType(Int64)",
      "days_since_last DataType(Int64)",
    ]);
  });

  it("counts quiet weeks in between as weeks without calls", () => {
    // Weeks 9, 0, 9 calls: 1, 0, 1; slopes -1, 1 and 0: the median is 0.
    const gap = usageFrame([
      { dt: "2021-03-01", user_id: 1, type: "a", api_count: 9 },
      { dt: "2021-03-21", user_id: 1, type: "a", api_count: 9 },
    ]);
    expect(rowsOf(usageTrends(gap))[0]![3]).toBe(0);
  });

  it("leaves out a week that the log does not see to its end", () => {
    // Weeks of 9 and 99 calls, and a day of 0 in a third that is one day long.
    const cut = usageFrame([
      { dt: "2021-03-01", user_id: 1, type: "a", api_count: 9 },
      { dt: "2021-03-08", user_id: 1, type: "a", api_count: 99 },
      { dt: "2021-03-15", user_id: 1, type: "a", api_count: 0 },
    ]);
    expect(rowsOf(usageTrends(cut))[0]![3]).toBeCloseTo(1, 12);
  });

  it("does not depend on the order of rows, and gives nothing of nothing", () => {
    expect(rowsOf(usageTrends(usage.sort("dt", true)))).toEqual(rowsOf(usageTrends(usage)));
    expect(usageTrends(usage.head(0)).height).toBe(0);
  });

  it("refuses a user without any call", () => {
    const silent = usageFrame([{ dt: "2021-03-01", user_id: 1, type: "a", api_count: 0 }]);
    expect(() => usageTrends(silent)).toThrow("usageTrends needs some calls of every user and API");
  });
});

describe("scaledFeatures", () => {
  it("brings each feature to 0 to 1, one that never differs to 0", () => {
    const scaled = scaledFeatures(usageTrends(usage), TREND_FEATURES);
    expect(rowsOf(scaled).map((row) => row.slice(3))).toEqual([
      [1, 0, 1, 1, 1],
      [0, 1, 0, 0, 0],
    ]);
    const one = scaledFeatures(usageTrends(usage.head(1)), TREND_FEATURES);
    expect(rowsOf(one)[0]!.slice(2)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(() => scaledFeatures(usage, ["user"])).toThrow("scaledFeatures needs column user");
  });
});

describe("usageTrends, of a slip in a day", () => {
  it("says between which days the log would lie", () => {
    const slip = usageFrame(
      ["0001-01-01", "2021-08-02"].map((dt) => ({ dt, user_id: 1, type: "a", api_count: 1 })),
    );
    expect(() => usageTrends(slip)).toThrow(
      "usageTrends needs usage within 30 years; it goes from 0001-01-01 to 2021-08-02: one of these days is a slip",
    );
  });
});
