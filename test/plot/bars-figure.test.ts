import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { hourlyPageViews } from "../../lib/explore/hourly-page-views";
import { topPaths } from "../../lib/explore/top-paths";
import { valueCounts } from "../../lib/explore/value-counts";
import { topPathsFigure, valueCountsFigure } from "../../lib/plot/bars-figures";
import { hourlyFigure } from "../../lib/plot/hourly-figure";
import { COLORS, PROGRAM_COLORS } from "../../lib/plot/theme";
import { accessLog } from "../support/access-log";
import { layout, traces } from "./parts";

const title = "t";

describe("topPathsFigure", () => {
  it("names each bar by group and path, in the program's color, a hostile path as text", () => {
    const java = { program: "Java Full Stack", path: "toc" };
    const log = accessLog([
      { at: "2020-01-01 10:00:00", program: "Data Science", path: "<img src=x onerror=alert(1)>" },
      { at: "2020-01-01 10:00:00", ...java },
      { at: "2020-01-01 10:00:01", ...java },
    ]);
    const figure = topPathsFigure(topPaths(log, { by: "program" }), { title });
    const { x, y, marker } = traces(figure)[0]!;
    expect(y[0]).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(JSON.stringify(figure)).not.toContain("<img");
    expect([y[1], x]).toEqual(["Java Full Stack · toc", [1, 2]]);
    const colors = ["Data Science", "Java Full Stack"].map((program) => PROGRAM_COLORS[program]);
    expect(marker.color).toEqual(colors);
    expect(layout(figure).xaxis).toMatchObject({
      ...{ title: { text: "page views" }, rangemode: "tozero" },
    });
    expect(figure.description).toContain("the longest: Java Full Stack · toc 2, Data Science");
  });

  it("keeps bars apart whose labels are cut to the same text", () => {
    const long = "a".repeat(500);
    const top = pl.DataFrame({ path: [`${long}1`, `${long}2`], pages: [2, 1] });
    expect(new Set(traces(topPathsFigure(top, { title }))[0]!.y).size).toBe(2);
  });
});

describe("valueCountsFigure", () => {
  it("draws a bar per value, the largest on top, and names those without", () => {
    const frame = pl.DataFrame({ year: ["2019", null, null] });
    const figure = valueCountsFigure(valueCounts(frame, "year", { nulls: true }), { title });
    expect(traces(figure)[0]).toMatchObject({ y: ["none", "2019"], x: [2, 1] });
    expect(traces(figure)[0]!.marker.color).toEqual([COLORS.usual, COLORS.usual]);
    expect(layout(figure).yaxis).toEqual({ type: "category", autorange: "reversed" });
  });

  it("keeps bars apart where a value is what others are called here", () => {
    const counts = pl.DataFrame({ year: [null, "none", "none (2)"], rows: [3, 2, 1] });
    const [bars] = traces(valueCountsFigure(counts, { title }));
    expect(bars!.y).toEqual(["none", "none (2)", "none (2) (2)"]);
  });

  it.each([
    [{ year: ["2019"] }, "valueCountsFigure needs column rows"],
    [{ rows: [1] }, "needs a column of values beside rows"],
  ])("says what it needs of %o", (columns, said) => {
    expect(() => valueCountsFigure(pl.DataFrame(columns), { title })).toThrow(said);
  });
});

it("hourlyFigure places page views by weekday and hour, Monday on top", () => {
  // a Monday and twice a Sunday
  const times = ["2021-03-15 09:00:00", "2021-03-21 23:30:00", "2021-03-21 23:31:00"];
  const figure = hourlyFigure(hourlyPageViews(accessLog(times.map((at) => ({ at })))), { title });
  const { y, z, zmin, zmax } = traces(figure)[0]!;
  expect([zmin, zmax]).toEqual([0, 2]);
  expect([y[0], z[0][9], z[6][23]]).toEqual(["Monday", 1, 2]);
  expect(z.flat().reduce((a: number, b: number) => a + b)).toBe(3);
  expect(layout(figure).yaxis).toEqual({ type: "category", autorange: "reversed" });
  expect(figure.description).toContain("the most, 2, on Sundays from 23:00.");
});
