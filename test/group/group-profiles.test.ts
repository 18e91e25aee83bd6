import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { exampleUsers } from "../../lib/group/example-users";
import { groupNames, type NamedGroup } from "../../lib/group/group-names";
import { groupProfiles } from "../../lib/group/group-profiles";
import { groupUsers } from "../../lib/group/group-users";
import { usageHabits } from "../../lib/group/usage-habits";
import { rowsOf } from "../support/access-log";
import { hasRealUsage, REAL_USAGE, realUsageNote, usageFrame } from "../support/usage";

const day = (n: number) => new Date(Date.UTC(2021, 0, n)).toISOString().slice(0, 10);

// Users 1 to 3 come once (2, 4 and 6 calls); 11 to 13 daily for ten days (100 calls a day);
// user 21 on two days sixty days apart (3 calls each).
const usage = usageFrame([
  ...[1, 2, 3].map((u) => ({ dt: day(1), user_id: u, type: "<b>a", api_count: 2 * u })),
  ...Array.from({ length: 30 }, (_, i) => ({
    dt: day(1 + (i % 10)),
    user_id: 11 + Math.floor(i / 10),
    type: "<b>a",
    api_count: 100,
  })),
  { dt: day(1), user_id: 21, type: "<b>a", api_count: 3 },
  { dt: day(61), user_id: 21, type: "<b>a", api_count: 3 },
]);
const { groups } = groupUsers(usage, { eps: 0.3, minSamples: [3] });

describe("usageHabits", () => {
  it("counts days and calls as people do", () => {
    const rows = rowsOf(usageHabits(usage));
    expect(rows[2]).toEqual([3, "<b>a", 1, 0, 1, 6, 6, 6]);
    expect(rows[3]).toEqual([11, "<b>a", 10, 9, 10, 1000, 100, 100]);
    expect(rows[6]).toEqual([21, "<b>a", 2, 60, 1, 6, 3, 3]);
  });

  it("takes ISO text, and refuses what it cannot count", () => {
    const text = usage.withColumns(pl.col("dt").cast(pl.String));
    expect(rowsOf(usageHabits(text))).toEqual(rowsOf(usageHabits(usage)));
    expect(() => usageHabits(text.withColumns(pl.lit("no day").alias("dt")))).toThrow(
      'usageHabits needs dt to be days as in 2021-08-13; found "no day"',
    );
    expect(() => usageHabits(pl.concat([usage, usage.head(1)]))).toThrow(
      "usageHabits needs one row per user, API and day",
    );
    expect(() =>
      usageHabits(usage.withColumns(pl.lit(-1).cast(pl.Int64).alias("api_count"))),
    ).toThrow("usageHabits needs api_count to be integers from 0; found -1 in row");
    expect(usageHabits(usage.head(0)).height).toBe(0);
  });
});

describe("groupProfiles", () => {
  const profiles = groupProfiles(groups, usage);

  it("describes each group in days and calls, those in none last", () => {
    const shown = profiles.select(
      ...["cluster_label", "group_name", "users", "calls", "median_calls", "median_use_days"],
      ...["median_use_duration", "user_ids"],
    );
    expect(rowsOf(shown)).toEqual([
      [0, "one-day visitors", 3, 12, 4, 1, 0, "2, 3, 1"],
      [1, "heavy short-term daily users", 3, 3000, 1000, 10, 9, "11, 12, 13"],
      [-1, "scattered long-term occasional users", 1, 6, 6, 2, 60, "21"],
    ]);
  });

  it("says it in a sentence, the API's name as text", () => {
    const [first, , last] = profiles.getColumn("finding").toArray();
    expect(first).toBe(
      "3 of 7 users of <b>a (42.9%) are one-day visitors: at the median 1 day of use and 4 calls; " +
        "together 12 calls, 0.4% of the API's.",
    );
    expect(last).toBe(
      "1 of 7 users of <b>a (14.3%) are in no group (scattered long-term occasional users): at the " +
        "median 2 days of use over 61 days and 6 calls; together 6 calls, 0.2% of the API's.",
    );
  });

  it("does not depend on the order of rows", () => {
    expect(rowsOf(groupProfiles(groups.sort("user_id", true), usage.sort("dt", true)))).toEqual(
      rowsOf(profiles),
    );
  });

  it("refuses usage of other users", () => {
    expect(() => groupProfiles(groups, usage.head(3))).toThrow(
      "groupProfiles needs the usage that the groups were made from; it has none of user 11, <b>a",
    );
    expect(() => groupProfiles(groups.drop("cluster_label"), usage)).toThrow(
      "groupProfiles needs column cluster_label",
    );
    expect(() => groupProfiles(pl.concat([groups, groups]), usage)).toThrow(
      "groupProfiles needs one row per user and API",
    );
  });

  it.skipIf(!hasRealUsage)(`describes the case study's own groups${realUsageNote}`, async () => {
    const { usage: real } = await readUsageCsv(REAL_USAGE);
    const found = groupProfiles(groupUsers(real).groups, real);
    // 331 users of gnql: counted, with their calls, by pandas 1.5.3 from the labels of scikit-learn 1.2.1.
    expect(rowsOf(found.select("type", "cluster_label", "group_name", "users"))).toEqual([
      ["analysis", 0, "one-day visitors", 74],
      ["analysis", -1, "scattered heavy occasional users", 32],
      ["context", 0, "one-day visitors", 46],
      ["context", -1, "scattered heavy regular users", 44],
      ["gnql", 0, "one-day visitors", 331],
      ["gnql", 1, "short-term regular users", 153],
      ["gnql", -1, "scattered long-term regular users", 70],
      ["noise_quick", 0, "one-day visitors", 9],
      ["noise_quick", -1, "scattered heavy regular users", 12],
      ["riot", 0, "one-day visitors", 74],
      ["riot", -1, "scattered regular users", 67],
    ]);
    const calls = real.getColumn("api_count").sum();
    expect(found.getColumn("calls").sum()).toBe(calls);
  });
});

describe("groupNames", () => {
  const group = (label: number, more: Partial<NamedGroup> = {}): NamedGroup => ({
    label,
    use_days: 4,
    use_duration: 20,
    avg_cont_use: 1,
    calls: 10,
    othersCalls: 10,
    ...more,
  });

  it("tells two of one kind apart by calls, more by a number", () => {
    expect(groupNames([group(0), group(1, { calls: 20 })])).toEqual([
      "lighter regular users",
      "heavier regular users",
    ]);
    expect(groupNames([group(0), group(1, { calls: 11 }), group(2, { calls: 30 })])).toEqual([
      "regular users, 10 calls",
      "regular users, 11 calls",
      "regular users, 30 calls",
    ]);
    expect(groupNames([group(0), group(1, { use_days: 5 })])).toEqual([
      "regular users, on 4 days",
      "regular users, on 5 days",
    ]);
  });

  it("falls back on labels where nothing differs", () => {
    expect(groupNames([group(0), group(1)])).toEqual([
      "regular users (group 0)",
      "regular users (group 1)",
    ]);
  });

  it("draws its lines where its documentation says", () => {
    const name = (use_days: number, span: number) =>
      groupNames([group(0, { use_days, use_duration: span - 1 })])[0];
    expect(name(1, 1)).toBe("one-day visitors");
    expect(name(2, 13)).toBe("short-term regular users"); // 2 of 13 days
    expect(name(2, 14)).toBe("regular users"); // exactly one in seven
    expect(name(2, 15)).toBe("occasional users");
    expect(name(8, 10)).toBe("short-term daily users"); // exactly four in five
    expect(name(8, 56)).toBe("regular users");
    expect(name(8, 57)).toBe("long-term occasional users");
    expect(groupNames([group(0, { calls: 100 })])).toEqual(["heavy regular users"]);
    expect(groupNames([group(-1, { calls: 99 })])).toEqual(["scattered regular users"]);
    expect(groupNames([group(0, { calls: 100, othersCalls: null })])).toEqual(["regular users"]);
  });
});

describe("exampleUsers", () => {
  it("gives those nearest to the median, equally near ones by id", () => {
    const features = { features: ["total_calls_log10"], count: 2 };
    const found = exampleUsers(groups, features);
    expect(rowsOf(found.select("cluster_label", "user_id"))).toEqual([
      [0, 2],
      [0, 3], // log10 of 6 is nearer to that of 4 than that of 2
      [1, 11],
      [1, 12],
      [-1, 21],
    ]);
    expect(() => exampleUsers(groups, { count: 0 })).toThrow(RangeError);
  });
});
