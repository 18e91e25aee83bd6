import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { exampleUsers } from "../../lib/group/example-users";
import { groupUsers } from "../../lib/group/group-users";
import { where } from "../../lib/log/where";
import { featureBoxesFigure, groupMapFigure } from "../../lib/plot/groups-figures";
import { kDistanceFigure, sweepPanelsFigure } from "../../lib/plot/settings-figures";
import { figureToSvg } from "../../lib/plot/static-image";
import { COLORS, UNUSUAL_MARKER } from "../../lib/plot/theme";
import { usageTimelinesFigure } from "../../lib/plot/usage-timelines-figure";
import { tableOf } from "../support/table-of";
import { usageFrame } from "../support/usage";
import { layout, traces } from "./parts";

const NAME = "<b>a";
const SHOWN = "&lt;b&gt;a";
const day = (n: number) => new Date(Date.UTC(2021, 0, n)).toISOString().slice(0, 10);

// Four users who come once, four daily, one twice; API b has one user.
const usage = usageFrame([
  ...[1, 2, 3, 4].map((user_id) => ({ dt: day(1), user_id, type: NAME, api_count: user_id })),
  ...Array.from({ length: 40 }, (_, i) => {
    const user = Math.floor(i / 10);
    return { dt: day(1 + (i % 10)), user_id: 11 + user, type: NAME, api_count: 90 + user };
  }),
  { dt: day(1), user_id: 21, type: NAME, api_count: 1 },
  { dt: day(31), user_id: 21, type: NAME, api_count: 9_999 },
  { dt: day(1), user_id: 21, type: "b", api_count: 5 },
]);
const { groups, sweep } = groupUsers(usage, { eps: 0.3, minSamples: [3, 4, 5] });
const examples = exampleUsers(groups);
const title = "A finding";
const ofName = { title, type: NAME };

const all = {
  sweep: sweepPanelsFigure(sweep, groups, { title }),
  boxes: featureBoxesFigure(groups, ofName),
  map: groupMapFigure(groups, ofName),
  timelines: usageTimelinesFigure(usage, examples, ofName),
};

it.each(Object.entries(all))("%s is drawn without a script too, its text as text", (_, figure) => {
  const svg = figureToSvg(figure);
  expect(svg).toContain(">A finding</text>");
  expect(svg).not.toContain("needs a page that runs scripts");
  expect(svg).not.toContain("<b>");
});

describe("sweepPanelsFigure", () => {
  it("draws silhouette, noise and number of groups in a panel per API", () => {
    const [silhouette, noise, clusters, ...others] = traces(all.sweep);
    expect([others.length, others[0]!.xaxis]).toEqual([3, "x2"]);
    expect(silhouette!.x).toEqual([3, 4, 5]);
    expect(silhouette!.y[2]).toBeNull();
    expect(noise!.y).toEqual([1 / 9, 1 / 9, 1]);
    expect(noise!.marker.color).toBe(COLORS.reference);
    expect(clusters!.text).toEqual(["2", "", "0"]); // where it changes
    expect(all.sweep.description).toContain(`Highest silhouette: ${SHOWN} 0.8`);
    expect(all.sweep.description).toContain("b no silhouette.");
    const { height, meta } = layout(all.sweep);
    expect(meta.narrow.height).toBeGreaterThan(height);
  });

  it("refuses groups of other users, and says where there is nothing", () => {
    expect(() => sweepPanelsFigure(sweep, groups.head(0), { title })).toThrow(
      "sweepPanelsFigure needs the groups of the sweep",
    );
    const nothing = sweepPanelsFigure(sweep.head(0), groups, { title });
    expect(nothing.description).toBe("No settings to show.");
  });
});

describe("featureBoxesFigure", () => {
  it("draws a panel per feature with a box per group, those in none last and gray", () => {
    const named = where(groups, { cluster_label: 0 });
    const profiles = named.withColumns(pl.lit("<i>daily").alias("group_name"));
    const figure = featureBoxesFigure(groups, { ...ofName, profiles });
    expect(traces(figure)).toHaveLength(21);
    expect(traces(figure).filter(({ showlegend }) => showlegend)).toHaveLength(3);
    const names = traces(figure).map(({ name }) => name);
    const three = ["&lt;i&gt;daily (4)", "group 1 (4)", "in no group (1)"];
    expect(names.slice(0, 3)).toEqual(three);
    expect(traces(figure)[2]!.marker.color).toBe(COLORS.reference);
    expect(figure.description).toContain("use_duration 0, 0.3, 1");
  });

  it("leaves zeros out of a logarithmic scale, and shows other columns in their units", () => {
    const own = groups.withColumns(pl.col("use_days").mul(9).alias("days"));
    const options = { features: ["days"], units: { days: "days of use" }, log: ["days"] };
    const figure = featureBoxesFigure(own, { ...ofName, ...options });
    expect(traces(figure)[0]!.y).toEqual([]);
    const axis = { type: "log", title: { text: "days of use (log)" } };
    expect(layout(figure).yaxis).toMatchObject(axis);
  });

  it("tells which APIs there are when asked for another", () => {
    expect(() => featureBoxesFigure(groups, { title, type: "riot" })).toThrow(
      `featureBoxesFigure needs a type with users, got "riot"; the frame has ${NAME}, b`,
    );
  });
});

it("groupMapFigure places users by group, with the features that pull most", () => {
  const [users, arrows] = [traces(all.map).slice(0, 3), traces(all.map).slice(3)];
  expect(users.map(({ name, marker }) => [name, marker.symbol])).toEqual([
    ["group 0 (4)", "circle"],
    ["group 1 (4)", "square"],
    ["in no group (1)", "x"],
  ]);
  const { text } = layout(all.map).xaxis.title;
  expect(text).toMatch(/^component 1 \(\d+(\.\d)?% of the variance\)$/);
  expect(arrows.length).toBeGreaterThan(1);
  for (const { x, y, text } of arrows) {
    expect([x[0], y[0], text[0]]).toEqual([0, 0, ""]);
    expect(groups.columns).toContain(text[1]);
  }
  expect(all.map.description).toContain("9 users by two principal components");
});

describe("usageTimelinesFigure", () => {
  it("draws a row per user in a panel per group, dots larger with more calls", () => {
    const own = traces(all.timelines);
    const users = [2, 3, 4, 12, 13, 14, 21].map((id) => `user ${id}`);
    expect(own.map(({ y }) => y[0])).toEqual(users);
    const last = own.at(-1)!;
    expect([last.x, last.xaxis]).toEqual([["2021-01-01", "2021-01-31"], "x3"]);
    // 4 + 5.5 * sqrt(log10(2)), rounded; 4 + 5.5 * sqrt(log10(10,000)) = 15
    expect(last.marker.size).toEqual([7, 15]);
    expect(all.timelines.description).toContain("user 21 2 days, 10,000 calls.");
    const evil = groups.withColumns(pl.lit(NAME).alias("group_name"));
    const named = usageTimelinesFigure(usage, examples, { ...ofName, profiles: evil });
    expect(layout(named).annotations[0].text).toBe(`<b>${SHOWN}</b>`);
  });

  it("refuses examples without usage, or of another API", () => {
    expect(() => usageTimelinesFigure(usage.head(1), examples, ofName)).toThrow("user 2 has none");
    expect(() => usageTimelinesFigure(usage, examples, { title, type: "riot" })).toThrow(
      'usageTimelinesFigure needs 1 to 40 examples of "riot"; got 0',
    );
  });
});

it("kDistanceFigure draws a sorted curve per API and marks its knee", () => {
  const columns = "type place distance";
  const own = [2, 1, 3].map((place) => [NAME, place, [0.1, 0.2, 0.9][place - 1]]);
  const distances = tableOf(columns, ["b", 1, 0.5], ...own);
  const knees = tableOf("type distance", [NAME, 0.2], ["b", null]);
  const figure = kDistanceFigure(distances, knees, { title });
  const [line, knee, other, ...more] = traces(figure);
  expect(more).toEqual([]);
  expect(line).toMatchObject({ x: [1, 2, 3], y: [0.1, 0.2, 0.9] });
  expect(knee).toMatchObject({ x: [2], y: [0.2], marker: { ...UNUSUAL_MARKER } });
  expect(other!.xaxis).toBe("x2");
  expect(figure.description).toContain(`knees: ${SHOWN} 0.2; b none.`);
});
