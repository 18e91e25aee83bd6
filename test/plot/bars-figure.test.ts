import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { topPaths } from "../../lib/explore/top-paths";
import { valueCounts } from "../../lib/explore/value-counts";
import { COLORS, PROGRAM_COLORS } from "../../lib/plot/theme";
import { topPathsFigure } from "../../lib/plot/top-paths-figure";
import { valueCountsFigure } from "../../lib/plot/value-counts-figure";
import { accessLog } from "../support/access-log";

type Bars = { x: number[]; y: string[]; text: string[]; marker: { color: string[] } };
const bars = (figure: { data: unknown[] }) => figure.data[0] as Bars;
const HOSTILE = "<img src=x onerror=alert(1)>";

describe("topPathsFigure", () => {
  const log = accessLog([
    { at: "2020-01-01 10:00:00", program: "Data Science", path: HOSTILE },
    { at: "2020-01-01 10:00:00", program: "Java Full Stack", path: "toc" },
    { at: "2020-01-01 10:00:01", program: "Java Full Stack", path: "toc" },
  ]);
  const figure = topPathsFigure(topPaths(log, { by: "program" }), { title: "t" });

  it("names each bar by group and path, in the program's color", () => {
    expect(bars(figure).y[1]).toBe("Java Full Stack · toc");
    expect(bars(figure).x).toEqual([1, 2]);
    expect(bars(figure).marker.color).toEqual([
      PROGRAM_COLORS["Data Science"],
      PROGRAM_COLORS["Java Full Stack"],
    ]);
    expect(figure.layout.xaxis).toMatchObject({
      title: { text: "page views" },
      rangemode: "tozero",
    });
    expect(figure.description).toContain("the longest: Java Full Stack · toc 2, Data Science");
  });

  it("shows a hostile path as text", () => {
    expect(JSON.stringify(figure)).not.toContain("<img");
    expect(bars(figure).y[0]).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("keeps bars apart whose labels are cut to the same text", () => {
    const long = "a".repeat(500);
    const top = pl.DataFrame({ path: [`${long}1`, `${long}2`], pages: [2, 1] });
    expect(new Set(bars(topPathsFigure(top, { title: "t" })).y).size).toBe(2);
  });
});

describe("valueCountsFigure", () => {
  it("draws a bar per value, the largest on top, and names those without", () => {
    const frame = pl.DataFrame({ year: ["2019", null, null] });
    const figure = valueCountsFigure(valueCounts(frame, "year", { nulls: true }), { title: "t" });
    expect(bars(figure).y).toEqual(["none", "2019"]);
    expect(bars(figure).x).toEqual([2, 1]);
    expect(bars(figure).marker.color).toEqual([COLORS.usual, COLORS.usual]);
    expect(figure.layout.yaxis).toEqual({ type: "category", autorange: "reversed" });
  });

  it("keeps bars apart where a value is what others are called here", () => {
    const counts = pl.DataFrame({ year: [null, "none", "none (2)"], rows: [3, 2, 1] });
    const figure = valueCountsFigure(counts, { title: "t" });
    expect(bars(figure).y).toEqual(["none", "none (2)", "none (2) (2)"]);
  });

  it("says what it needs", () => {
    expect(() => valueCountsFigure(pl.DataFrame({ year: ["2019"] }), { title: "t" })).toThrow(
      "valueCountsFigure needs column rows",
    );
    expect(() => valueCountsFigure(pl.DataFrame({ rows: [1] }), { title: "t" })).toThrow(
      "needs a column of values beside rows",
    );
  });
});
