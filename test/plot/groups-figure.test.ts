import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { groupUsers } from "../../lib/group/group-users";
import { featuresFigure } from "../../lib/plot/features-figure";
import { sweepFigure } from "../../lib/plot/sweep-figure";
import { COLORS } from "../../lib/plot/theme";
import { usageFrame } from "../support/usage";

type Trace = {
  name: string;
  x: (string | number)[];
  y: (number | null)[];
  marker: { color?: string };
};
const traces = (figure: { data: unknown[] }) => figure.data as Trace[];

// Four users who come once, and one who comes twice, far apart.
const usage = usageFrame([
  ...[1, 2, 3, 4].map((user_id) => ({ dt: "2021-01-01", user_id, type: "<b>a", api_count: 1 })),
  { dt: "2021-01-01", user_id: 9, type: "<b>a", api_count: 900 },
  { dt: "2021-03-01", user_id: 9, type: "<b>a", api_count: 1 },
]);
const { groups, sweep } = groupUsers(usage, { minSamples: [3, 4, 5] });

describe("sweepFigure", () => {
  const figure = sweepFigure(sweep, { title: "t" });

  it("draws a line per API, with a gap where there is no silhouette", () => {
    expect(traces(figure)).toHaveLength(1);
    expect(traces(figure)[0]?.x).toEqual([3, 4, 5]);
    expect(traces(figure)[0]?.y).toEqual([0.8, 0.8, null]); // four at 1, one alone at 0
    expect(figure.description).toBe("Highest silhouette per API: &lt;b&gt;a 0.800 at 3.");
  });

  it("shows the API's name as text", () => {
    expect(traces(figure)[0]?.name).toBe("&lt;b&gt;a");
  });
});

describe("featuresFigure", () => {
  const figure = featuresFigure(groups, { title: "t", type: "<b>a" });

  it("draws seven boxes per group, those in no group in gray", () => {
    expect(traces(figure).map(({ name }) => name)).toEqual(["in no group (1)", "group 0 (4)"]);
    expect(traces(figure).map(({ x }) => x.length)).toEqual([7, 28]);
    expect(new Set(traces(figure)[1]?.x).size).toBe(7);
    expect(traces(figure)[0]?.marker.color).toBe(COLORS.reference);
  });

  it("tells which APIs there are when asked for another", () => {
    expect(() => featuresFigure(groups, { title: "t", type: "riot" })).toThrow(
      'featuresFigure needs a type with users, got "riot"; the frame has <b>a',
    );
    expect(() => featuresFigure(groups.drop("use_days"), { title: "t", type: "a" })).toThrow(
      "featuresFigure needs column use_days",
    );
  });

  it("takes labels as they come", () => {
    const many = groups.withColumns(pl.lit(6).cast(pl.Int64).alias("cluster_label"));
    expect(traces(featuresFigure(many, { title: "t", type: "<b>a" }))[0]?.name).toBe("group 6 (5)");
  });
});
