import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { exampleUsers, groupProfiles, groupUsers, usageHabits } from "../../lib";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { rowsOf } from "../support/access-log";
import { hasRealUsage, REAL_USAGE, realUsageNote, usageFrame } from "../support/usage";

const uses = (user_id: number, days: number[], api_count: number) =>
  days.map((day) => {
    const dt = new Date(Date.UTC(2021, 0, day)).toISOString().slice(0, 10);
    return { dt, user_id, type: "<b>a", api_count };
  });

// Users 1 to 3 come once (2, 4 and 6 calls); 11 to 13 daily for ten days (100 calls a day);
// user 21 on two days sixty days apart (3 calls each).
const usage = usageFrame([
  ...[1, 2, 3].flatMap((user) => uses(user, [1], 2 * user)),
  ...[11, 12, 13].flatMap((user) => uses(user, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 100)),
  ...uses(21, [1, 61], 3),
]);
const { groups } = groupUsers(usage, { eps: 0.3, minSamples: [3] });

it("usageHabits counts days and calls as people do", () => {
  const [, , third, fourth, , , last] = rowsOf(usageHabits(usage));
  expect(third).toEqual([3, "<b>a", 1, 0, 1, 6, 6, 6]);
  expect(fourth).toEqual([11, "<b>a", 10, 9, 10, 1000, 100, 100]);
  expect(last).toEqual([21, "<b>a", 2, 60, 1, 6, 3, 3]);
});

const profiles = groupProfiles(groups, usage);

it("groupProfiles describes each group in days and calls, those in none last, and in a sentence", () => {
  const shown = profiles.select(
    ...["cluster_label", "group_name", "users", "calls", "median_calls", "median_use_days"],
    ...["median_use_duration", "user_ids"],
  );
  expect(rowsOf(shown)).toEqual([
    [0, "one-day visitors", 3, 12, 4, 1, 0, "2, 3, 1"],
    [1, "heavy short-term daily users", 3, 3000, 1000, 10, 9, "11, 12, 13"],
    [-1, "scattered long-term occasional users", 1, 6, 6, 2, 60, "21"],
  ]);
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

it("groupProfiles refuses usage of other users", () => {
  expect(() => groupProfiles(groups, usage.head(3))).toThrow(
    "groupProfiles needs the usage that the groups were made from; it has none of user 11 of API <b>a",
  );
  expect(() => groupProfiles(pl.concat([groups, groups.head(1)]), usage)).toThrow(
    "groupProfiles needs one row per user and API; user 1 of API <b>a has 2",
  );
});

it.skipIf(!hasRealUsage)(
  `groupProfiles describes the case study's own groups${realUsageNote}`,
  async () => {
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
    expect(found.getColumn("calls").sum()).toBe(real.getColumn("api_count").sum());
  },
);

it("exampleUsers gives those nearest to the median, equally near ones by id", () => {
  const found = exampleUsers(groups, { features: ["total_calls_log10"], count: 2 });
  expect(rowsOf(found.select("cluster_label", "user_id"))).toEqual([
    [0, 2],
    [0, 3], // log10 of 6 is nearer to that of 4 than that of 2
    [1, 11],
    [1, 12],
    [-1, 21],
  ]);
});
