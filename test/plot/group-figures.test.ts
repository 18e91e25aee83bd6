import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { exampleUsers } from "../../lib/group/example-users";
import { groupUsers } from "../../lib/group/group-users";
import { featureBoxesFigure } from "../../lib/plot/feature-boxes-figure";
import type { Figure } from "../../lib/plot/figure";
import { groupMapFigure } from "../../lib/plot/group-map-figure";
import { kDistanceFigure } from "../../lib/plot/k-distance-figure";
import { figureToSvg } from "../../lib/plot/static-image";
import { sweepPanelsFigure } from "../../lib/plot/sweep-panels-figure";
import { COLORS, UNUSUAL_MARKER } from "../../lib/plot/theme";
import { usageTimelinesFigure } from "../../lib/plot/usage-timelines-figure";
import { usageFrame } from "../support/usage";

type Trace = {
  type: string;
  name: string;
  mode?: string;
  x: unknown[];
  y: (number | string | null)[];
  text?: string[];
  xaxis?: string;
  showlegend?: boolean;
  marker: { color?: string; size?: number | number[]; symbol?: string };
};
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const words = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1] as string);

const NAME = "<b>a";
const SHOWN = "&lt;b&gt;a";
const day = (n: number) => new Date(Date.UTC(2021, 0, n)).toISOString().slice(0, 10);

// Four users who come once, four daily, one twice; API b has one user.
const usage = usageFrame([
  ...[1, 2, 3, 4].map((user_id) => ({ dt: day(1), user_id, type: NAME, api_count: user_id })),
  ...Array.from({ length: 40 }, (_, i) => ({
    dt: day(1 + (i % 10)),
    user_id: 11 + Math.floor(i / 10),
    type: NAME,
    api_count: 90 + Math.floor(i / 10),
  })),
  { dt: day(1), user_id: 21, type: NAME, api_count: 1 },
  { dt: day(31), user_id: 21, type: NAME, api_count: 9_999 },
  { dt: day(1), user_id: 21, type: "b", api_count: 5 },
]);
const { groups, sweep } = groupUsers(usage, { eps: 0.3, minSamples: [3, 4, 5] });

describe("sweepPanelsFigure", () => {
  const figure = sweepPanelsFigure(sweep, groups, { title: "t" });

  it("draws silhouette, noise and number of groups in a panel per API", () => {
    const [silhouette, noise, clusters, ...others] = traces(figure);
    expect(others).toHaveLength(3);
    expect(others[0]?.xaxis).toBe("x2");
    expect(silhouette?.x).toEqual([3, 4, 5]);
    expect(silhouette?.y[2]).toBeNull();
    expect(noise?.y).toEqual([1 / 9, 1 / 9, 1]);
    expect(noise?.marker.color).toBe(COLORS.reference);
    expect(clusters?.text).toEqual(["2", "", "0"]); // where it changes
    expect(figure.description).toContain(`Highest silhouette: ${SHOWN} 0.8`);
    expect(figure.description).toContain("b no silhouette.");
  });

  it("is one column on a narrow page", () => {
    const { height, meta } = figure.layout as {
      height: number;
      meta: { narrow: { height: number } };
    };
    expect(meta.narrow.height).toBeGreaterThan(height);
  });

  it("refuses groups of other users", () => {
    expect(() => sweepPanelsFigure(sweep, groups.head(0), { title: "t" })).toThrow(
      "sweepPanelsFigure needs the groups of the sweep",
    );
    expect(sweepPanelsFigure(sweep.head(0), groups, { title: "t" }).description).toBe(
      "No settings to show.",
    );
  });
});

describe("featureBoxesFigure", () => {
  it("draws a panel per feature with a box per group, those in none last and gray", () => {
    const profiles = groups
      .filter(pl.col("cluster_label").eq(pl.lit(0)))
      .withColumns(pl.lit("<i>daily").alias("group_name"));
    const figure = featureBoxesFigure(groups, { title: "t", type: NAME, profiles });
    expect(traces(figure)).toHaveLength(21);
    expect(traces(figure).filter(({ showlegend }) => showlegend)).toHaveLength(3);
    const [first, second, last] = traces(figure);
    expect(first?.name).toBe("&lt;i&gt;daily (4)");
    expect(second?.name).toBe("group 1 (4)");
    expect(last?.name).toBe("in no group (1)");
    expect(last?.marker.color).toBe(COLORS.reference);
    expect(figure.description).toContain("use_duration 0, 0.3, 1");
  });

  it("leaves zeros out of a logarithmic scale, and shows other columns in their units", () => {
    const own = groups.withColumns(pl.col("use_days").mul(9).alias("days"));
    const figure = featureBoxesFigure(own, {
      title: "t",
      type: NAME,
      features: ["days"],
      units: { days: "days of use" },
      log: ["days"],
    });
    expect(traces(figure)[0]?.y).toEqual([]);
    const { yaxis } = figure.layout as { yaxis: { type: string; title: { text: string } } };
    expect([yaxis.type, yaxis.title.text]).toEqual(["log", "days of use (log)"]);
  });

  it("tells which APIs there are when asked for another", () => {
    expect(() => featureBoxesFigure(groups, { title: "t", type: "riot" })).toThrow(
      `featureBoxesFigure needs a type with users, got "riot"; the frame has ${NAME}, b`,
    );
  });
});

describe("groupMapFigure", () => {
  const figure = groupMapFigure(groups, { title: "t", type: NAME });

  it("places users by group, and says how much of the variance is seen", () => {
    expect(
      traces(figure)
        .slice(0, 3)
        .map(({ name }) => name),
    ).toEqual(["group 0 (4)", "group 1 (4)", "in no group (1)"]);
    const shapes = traces(figure)
      .slice(0, 3)
      .map(({ marker }) => marker.symbol);
    expect(shapes).toEqual(["circle", "square", "x"]);
    const { xaxis } = figure.layout as { xaxis: { title: { text: string } } };
    expect(xaxis.title.text).toMatch(/^component 1 \(\d+(\.\d)?% of the variance\)$/);
  });

  it("labels the features that pull most, from the center", () => {
    const arrows = traces(figure).slice(3);
    expect(arrows.length).toBeGreaterThan(1);
    for (const { x, y, text } of arrows) {
      expect([x[0], y[0], text?.[0]]).toEqual([0, 0, ""]);
      expect(groups.columns).toContain(text?.[1]);
    }
    expect(figure.description).toContain("9 users by two principal components");
  });
});

describe("usageTimelinesFigure", () => {
  const figure = usageTimelinesFigure(usage, exampleUsers(groups), { title: "t", type: NAME });

  it("draws a row per user in a panel per group, dots larger with more calls", () => {
    expect(traces(figure).map(({ y }) => y[0])).toEqual([
      ...["user 2", "user 3", "user 4"],
      ...["user 12", "user 13", "user 14"],
      "user 21",
    ]);
    const last = traces(figure).at(-1);
    expect(last?.x).toEqual(["2021-01-01", "2021-01-31"]);
    const [few, many] = last!.marker.size as number[];
    expect(few).toBe(7); // 4 + 5.5 * sqrt(log10(2)), rounded
    expect(many).toBe(15); // 4 + 5.5 * sqrt(log10(10,000)) = 15
    expect(last?.xaxis).toBe("x3");
    expect(figure.description).toContain("user 21 2 days, 10,000 calls.");
  });

  it("refuses examples without usage, or of another API", () => {
    const examples = exampleUsers(groups);
    expect(() => usageTimelinesFigure(usage.head(1), examples, { title: "t", type: NAME })).toThrow(
      "user 2 has none",
    );
    expect(() => usageTimelinesFigure(usage, examples, { title: "t", type: "riot" })).toThrow(
      'usageTimelinesFigure needs 1 to 40 examples of "riot"; got 0',
    );
  });
});

describe("kDistanceFigure", () => {
  const distances = pl.DataFrame([
    pl.Series("type", ["b", NAME, NAME, NAME], pl.String),
    pl.Series("place", [1, 2, 1, 3], pl.Int64),
    pl.Series("distance", [0.5, 0.2, 0.1, 0.9], pl.Float64),
  ]);
  const knees = pl.DataFrame([
    pl.Series("type", [NAME, "b"], pl.String),
    pl.Series("distance", [0.2, null], pl.Float64),
  ]);
  const figure = kDistanceFigure(distances, knees, { title: "t" });

  it("draws a sorted curve per API and marks its knee", () => {
    const [line, knee, other, ...more] = traces(figure);
    expect(more).toEqual([]);
    expect([line?.x, line?.y]).toEqual([
      [1, 2, 3],
      [0.1, 0.2, 0.9],
    ]);
    expect([knee?.x, knee?.y, knee?.marker]).toEqual([[2], [0.2], { ...UNUSUAL_MARKER }]);
    expect(other?.xaxis).toBe("x2");
    expect(figure.description).toContain(`knees: ${SHOWN} 0.2; b none.`);
  });
});

describe("every figure of groups", () => {
  it("is drawn without a script too, its text as text", () => {
    const figures = [
      sweepPanelsFigure(sweep, groups, { title: "A finding" }),
      featureBoxesFigure(groups, { title: "A finding", type: NAME }),
      groupMapFigure(groups, { title: "A finding", type: NAME }),
      usageTimelinesFigure(usage, exampleUsers(groups), { title: "A finding", type: NAME }),
    ];
    for (const figure of figures) {
      const svg = figureToSvg(figure);
      expect(words(svg)).toContain("A finding");
      expect(words(svg).join()).not.toContain("needs a page that runs scripts");
      expect(svg).not.toContain("<b>");
    }
  });
});
