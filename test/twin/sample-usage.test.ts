import { createHash } from "node:crypto";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { groupUsers } from "../../lib/group/group-users";
import { sampleUsage } from "../../lib/twin/sample-usage";

describe.each([1, 77])("sampleUsage, seed %i", (seed) => {
  const usage = sampleUsage({ seed });

  it("has the case's columns and types", () => {
    expect(usage.columns).toEqual(["dt", "user_id", "type", "api_count"]);
    expect(usage.dtypes.map(String)).toEqual([pl.Date, pl.Int64, pl.String, pl.Int64].map(String));
  });

  it("has 912 pairs of user and API in the case's proportions, of 611 users", () => {
    const pairs = usage.select("user_id", "type").unique();
    const perApi = pairs.groupBy("type").agg(pl.len().cast(pl.Int64).alias("pairs"));
    // user_api_data.csv, pandas 1.5.3: groupby('type').user_id.nunique()
    expect(Object.fromEntries(perApi.rows())).toEqual({
      analysis: 106,
      context: 90,
      gnql: 554,
      noise_quick: 21,
      riot: 141,
    });
    expect(usage.getColumn("user_id").nUnique()).toBe(611);
  });

  it("has about the case's 3,579 days of use on its 118 days, at most one row each", () => {
    expect(Math.abs(usage.height - 3_579)).toBeLessThan(36);
    expect(usage.select("dt", "user_id", "type").unique().height).toBe(usage.height);
    expect(usage.frameEqual(usage.sort(["dt", "user_id", "type"]))).toBe(true);
    const days = usage.select(pl.col("dt").cast(pl.String)).getColumn("dt").toArray();
    expect([days[0], days[days.length - 1]]).toEqual(["2021-08-13", "2021-12-08"]);
    expect(new Set(days).size).toBe(118);
  });

  it("forms groups like the case's: about as many of each API's users are in some", () => {
    const { groups } = groupUsers(usage, { select: "last" });
    const grouped = groups.filter(pl.col("cluster_label").gtEq(pl.lit(0)));
    const perApi = grouped.groupBy("type").agg(pl.len().cast(pl.Int64).alias("users"));
    const found = Object.fromEntries(perApi.rows()) as Record<string, number>;
    // Published: analysis 71, context 46, gnql 331 + 146, noise_quick 9, riot 74.
    const published = { analysis: 71, context: 46, gnql: 477, noise_quick: 9, riot: 74 };
    for (const [api, users] of Object.entries(published)) {
      expect(Math.abs(found[api]! - users) / users, api).toBeLessThan(0.45);
    }
    const gnql = groups.filter(pl.col("type").eq(pl.lit("gnql"))).getColumn("cluster_label");
    expect(gnql.max()).toBe(1);
  });

  it("is skewed: half of the pairs come once, and the mean of calls is far above the median", () => {
    const calls = usage.getColumn("api_count");
    expect(calls.min()).toBe(1);
    expect(calls.mean()).toBeGreaterThan(100 * calls.median());
    const lengths = usage
      .groupBy(["user_id", "type"])
      .agg(pl.len().cast(pl.Int64).alias("days"))
      .getColumn("days")
      .toArray();
    expect(lengths.filter((days) => days === 1).length).toBe(497);
  });
});

describe("sampleUsage", () => {
  it("gives the rows recorded here on every platform and Node", () => {
    // Recorded on Linux x64, Node 20.20.
    const hash = createHash("sha256").update(sampleUsage().writeCSV()).digest("hex");
    expect(hash).toBe("72b3c456ec31d4359f6acc583a2dea478fa189e60131b4f3adeda42ada622060");
  });

  it("refuses a seed that is not an integer", () => {
    expect(() => sampleUsage({ seed: Number.NaN })).toThrow(
      "sampleUsage needs seed to be an integer, got NaN",
    );
  });
});
