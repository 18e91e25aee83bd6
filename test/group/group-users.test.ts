import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { groupUsers } from "../../lib/group/group-users";
import { usageFeatures } from "../../lib/group/usage-features";
import { dbscan } from "../../lib/stats/dbscan";
import { silhouetteScore } from "../../lib/stats/silhouette-score";
import { rowsOf, typesOf } from "../support/access-log";
import { hasRealUsage, REAL_USAGE, realUsageNote, usageFrame } from "../support/usage";

const day = (n: number) => new Date(Date.UTC(2021, 0, n)).toISOString().slice(0, 10);

/** Six users who come once and six who come daily for twenty days; API "b" has one user. */
const usage = usageFrame([
  ...Array.from({ length: 6 }, (_, u) => ({ dt: day(1), user_id: u, type: "a", api_count: 1 + u })),
  ...Array.from({ length: 120 }, (_, i) => ({
    dt: day(1 + (i % 20)),
    user_id: 10 + Math.floor(i / 20),
    type: "a",
    api_count: 900 + (i % 3),
  })),
  { dt: day(1), user_id: 3, type: "b", api_count: 9 },
]);

describe("groupUsers", () => {
  it("tells those who came once from those who came daily", () => {
    const { groups } = groupUsers(usage, { minSamples: [3, 4] });
    expect(groups.columns.slice(0, 3)).toEqual(["user_id", "type", "use_days"]);
    expect(typesOf(groups).at(-1)).toBe("cluster_label DataType(Int64)");
    const labels = rowsOf(
      groups.filter(pl.col("type").eq(pl.lit("a"))).select("user_id", "cluster_label"),
    );
    expect(labels).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((user) => [user, 0]),
      ...[10, 11, 12, 13, 14, 15].map((user) => [user, 1]),
    ]);
  });

  it("labels everyone noise where no setting forms a cluster", () => {
    const { groups, sweep } = groupUsers(usage);
    expect(rowsOf(groups.filter(pl.col("type").eq(pl.lit("b"))).select("cluster_label"))).toEqual([
      [-1],
    ]);
    expect(rowsOf(sweep.filter(pl.col("type").eq(pl.lit("b"))))[0]).toEqual(["b", 3, 0, 1, null]);
  });

  it("says of an API with one user or two what can be said", () => {
    const few = usageFrame([
      { dt: day(1), user_id: 1, type: "one", api_count: 5 },
      { dt: day(1), user_id: 1, type: "two", api_count: 5 },
      { dt: day(1), user_id: 2, type: "two", api_count: 5 },
    ]);
    const { groups, sweep } = groupUsers(few, { minSamples: [3, 2, 1] });
    expect(rowsOf(groups.select("user_id", "type", "cluster_label"))).toEqual([
      [1, "one", 0],
      [1, "two", 0],
      [2, "two", 0],
    ]);
    // One label has no silhouette; nor have two users whom nothing tells apart.
    expect(rowsOf(sweep)).toEqual([
      ["one", 1, 1, 0, null],
      ["one", 2, 0, 1, null],
      ["one", 3, 0, 1, null],
      ["two", 1, 1, 0, null],
      ["two", 2, 1, 0, null],
      ["two", 3, 0, 2, null],
    ]);
  });

  it("gives frames without rows for usage without rows", () => {
    const { groups, sweep } = groupUsers(usage.head(0));
    expect([groups.height, sweep.height]).toEqual([0, 0]);
    expect(typesOf(sweep).at(-1)).toBe("silhouette DataType(Float64)");
    expect(typesOf(groups).at(-1)).toBe("cluster_label DataType(Int64)");
  });

  it("shows every setting, with no silhouette where it is not defined", () => {
    const { sweep } = groupUsers(usage, { minSamples: [1, 6, 7] });
    expect(typesOf(sweep)).toEqual([
      "type DataType(String)",
      "min_samples DataType(Int64)",
      "clusters DataType(Int64)",
      "noise DataType(Int64)",
      "silhouette DataType(Float64)",
    ]);
    expect(rowsOf(sweep).map((row) => row.slice(0, 4))).toEqual([
      ["a", 1, 2, 0],
      ["a", 6, 2, 0],
      ["a", 7, 0, 12],
      ["b", 1, 1, 0],
      ["b", 6, 0, 1],
      ["b", 7, 0, 1],
    ]);
    expect(
      sweep
        .getColumn("silhouette")
        .toArray()
        .map((x) => x === null),
    ).toEqual([false, false, true, true, true, true]);
  });

  it("scores each setting as dbscan and silhouetteScore do by themselves", () => {
    const features = usageFeatures(usage)
      .filter(pl.col("type").eq(pl.lit("a")))
      .drop("user_id", "type");
    const points = features.rows() as number[][];
    const expected = silhouetteScore(points, dbscan(points, { eps: 0.15, minSamples: 4 }));
    expect(
      groupUsers(usage, { minSamples: [4] })
        .sweep.getColumn("silhouette")
        .get(0),
    ).toBe(expected);
  });

  it("says what it needs", () => {
    expect(() => groupUsers(usage, { eps: 0 })).toThrow("groupUsers needs eps above 0");
    expect(() => groupUsers(usage, { eps: Number.NaN })).toThrow("eps above 0, got NaN");
    expect(() => groupUsers(usage, { minSamples: [2.5] })).toThrow("from 1, got 2.5");
    expect(() => groupUsers(usage, { minSamples: [] })).toThrow("needs a setting of minSamples");
    expect(() => groupUsers(usage, { minSamples: [3, 0] })).toThrow("from 1, got 0");
    expect(() => groupUsers(usage, { select: "first" as "last" })).toThrow(
      '"best" or "last", got "first"',
    );
    expect(() => groupUsers(usage.drop("dt"))).toThrow("needs column dt");
  });
});

// Printed in the case study: users per API and label.
const PUBLISHED = {
  analysis: [35, 71],
  context: [44, 46],
  gnql: [77, 331, 146],
  noise_quick: [12, 9],
  riot: [67, 74],
};
// What its loop meant to keep: the settings of the highest silhouette.
const CORRECT = { ...PUBLISHED, analysis: [32, 74], gnql: [70, 331, 153] };

it.skipIf(!hasRealUsage).each([
  ["last", PUBLISHED],
  ["best", CORRECT],
] as const)(
  `forms the case study's groups on its own file: %s${realUsageNote}`,
  (select, expected) => {
    const { groups, sweep } = groupUsers(pl.readCSV(REAL_USAGE), { select });
    const counts = groups.groupBy(["type", "cluster_label"]).agg(pl.len().alias("users"));
    const found: Record<string, number[]> = {};
    for (const [type, , users] of rowsOf(counts.sort(["type", "cluster_label"]))) {
      found[type as string] = [...(found[type as string] ?? []), users as number];
    }
    expect(found).toEqual(expected);
    expect(groups.height).toBe(912);
    expect(sweep.height).toBe(5 * 22);
  },
);
