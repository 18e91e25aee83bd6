import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Figure } from "../../lib/plot/figure";
import { figureText } from "../../lib/plot/figure-text";
import { figureToSvg } from "../../lib/plot/static-image";
import { boxStatistics } from "../../lib/plot/static-image/box-statistics";

const EVIL = "</text><script>alert(1)</script>\u0000";
const days = ["2019-01-01", "2019-01-02", "2019-01-03"];

/** Words of a picture, in order, as a reader sees them. */
function words(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1] as string);
}

const paths = (svg: string, color: string) =>
  [...svg.matchAll(/<(?:path|polygon)[^>]*>/g)].filter(([path]) => path.includes(color)).length;

describe("figureToSvg", () => {
  it("shows title, units, legend and dates", () => {
    const svg = figureToSvg({
      data: [
        { type: "scatter", mode: "lines", x: days, y: [1000, 4000, 2000], name: "pages" },
        { type: "scatter", mode: "markers", x: ["2019-01-02"], y: [4000], name: "unusual" },
      ],
      layout: { title: { text: "A finding" }, yaxis: { title: { text: "pages per day" } } },
    });
    expect(words(svg)).toEqual(expect.arrayContaining(["A finding", "pages per day"]));
    expect(words(svg)).toEqual(expect.arrayContaining(["pages", "unusual", "4,000"]));
    expect(svg).toMatch(/^<svg width="900" height="450"/);
    expect(svg).toContain("<title>A finding</title>");
  });

  it("shows hostile text as text, in titles, names, ticks and notes", () => {
    const evil = figureText(EVIL);
    const svg = figureToSvg({
      data: [
        { type: "bar", orientation: "h", x: [3, 5], y: [evil, "/"], name: evil },
        { type: "bar", orientation: "h", x: [1, 1], y: [evil, "/"], name: "other" },
      ],
      layout: {
        title: { text: evil },
        xaxis: { title: { text: evil } },
        annotations: [{ x: 1, y: "/", text: evil }],
      },
      description: EVIL,
    });
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0000");
    const shown = "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u0000";
    expect(words(svg).filter((word) => word === shown).length).toBeGreaterThanOrEqual(5);
  });

  it("leaves every other object of the process as it was, whatever texts are called", () => {
    const names = Object.getOwnPropertyNames(Object.prototype);
    const evil = [...names, "&#95;_proto__", "a __proto__/b"];
    const svg = figureToSvg({
      data: [
        {
          type: "bar",
          orientation: "h",
          x: evil.map(() => 1),
          y: evil,
          text: evil,
          name: "__proto__",
        },
        { type: "scatter", x: [1], y: evil, name: "constructor", line: { color: "__proto__" } },
      ],
      layout: {
        title: { text: evil.join(" ") },
        xaxis: { title: { text: "__proto__" } },
        annotations: [{ x: 1, y: "valueOf", text: "__proto__", font: { color: "__proto__" } }],
      },
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(
      names.flatMap((name) => Object.keys(Object(({} as Record<string, unknown>)[name]))),
    ).toEqual([]);
    expect(words(svg)).toEqual(expect.arrayContaining(["__proto__", "constructor", "toString"]));
  });

  it("draws bars that lie, stand, stack and stand in groups", () => {
    const bars = (barmode: "stack" | "group"): Figure => ({
      data: ["#111111", "#222222"].map((color) => ({
        type: "bar" as const,
        x: ["2018", "2019", "2020"],
        y: [1, 2, 3],
        name: color,
        marker: { color },
      })),
      layout: { barmode, xaxis: { type: "category" } },
    });
    for (const mode of ["stack", "group"] as const) {
      const svg = figureToSvg(bars(mode));
      // three bars and one mark in the legend
      expect([paths(svg, "#111111"), paths(svg, "#222222")]).toEqual([4, 4]);
      expect(words(svg)).toEqual(expect.arrayContaining(["2018", "2019", "2020"]));
    }
    expect(words(figureToSvg(bars("stack")))).toContain("6");
  });

  it("draws boxes, heatmaps, logarithmic axes and several panels", () => {
    const svg = figureToSvg({
      data: [
        { type: "box", y: [1, 2, 3, 4, 100], name: "Darden", marker: { color: "#111111" } },
        { type: "heatmap", x: ["Mon", "Tue"], y: ["9:00"], z: [[1, 2]], xaxis: "x2", yaxis: "y2" },
        { type: "scatter", mode: "lines", x: [1, 2], y: [1, 1000], xaxis: "x3", yaxis: "y3" },
      ],
      layout: { grid: { rows: 1, columns: 3, pattern: "independent" }, yaxis3: { type: "log" } },
    });
    expect(words(svg)).toEqual(
      expect.arrayContaining(["Darden", "Mon", "Tue", "9:00", "10", "1,000"]),
    );
    expect(svg).toContain("#111111");
  });

  it("sets boxes of a group side by side", () => {
    const box = (color: string) => ({
      type: "box" as const,
      x: ["a", "a", "a"],
      y: [1, 2, 3],
      name: color,
      marker: { color },
    });
    const svg = figureToSvg({
      data: [box("#111111"), box("#222222")],
      layout: { boxmode: "group" },
    });
    const left = (color: string) =>
      Number(new RegExp(`<polygon points="([\\d.]+)[^>]*${color}80`).exec(svg)?.[1]);
    expect(left("#111111")).toBeGreaterThan(0);
    expect(left("#222222") - left("#111111")).toBeGreaterThan(60);
  });

  it("fills between a line and the one before it", () => {
    const svg = figureToSvg({
      data: [
        { type: "scatter", mode: "lines", x: days, y: [1, 1, 1], line: { width: 0 } },
        {
          type: "scatter",
          mode: "lines",
          x: days,
          y: [2, 3, 2],
          fill: "tonexty",
          fillcolor: "#abcdef",
          line: { width: 0 },
        },
      ],
      layout: {},
    });
    expect(paths(svg, "#abcdef")).toBe(1);
  });

  it("says so where a figure needs a script", () => {
    const svg = figureToSvg({
      data: [{ type: "pie", values: [1, 2] }],
      layout: { title: { text: "Shares" } },
    });
    expect(words(svg).sort()).toEqual([
      "Shares",
      "This figure (pie) needs a page that runs scripts.",
    ]);
  });

  it("makes a picture of nothing, of nulls, and of sizes that are asked for", () => {
    expect(figureToSvg({ data: [], layout: { title: { text: "Nothing" } } })).toContain("Nothing");
    const gaps: Figure = {
      data: [{ type: "scatter", x: days, y: [1, null, Number.NaN] }],
      layout: {},
    };
    expect(figureToSvg(gaps, { width: 600, height: 200 })).toMatch(
      /^<svg width="600" height="200"/,
    );
    expect(figureToSvg(gaps)).not.toContain("NaN");
    expect(figureToSvg(gaps)).toBe(figureToSvg(gaps));
  });

  it("draws a long series in a small picture", () => {
    const x = Array.from({ length: 100_000 }, (_, index) => index);
    const svg = figureToSvg({ data: [{ type: "scatter", mode: "markers", x, y: x }], layout: {} });
    expect(svg.length).toBeLessThan(1_000_000);
  });

  it("lets the process end", () => {
    const script = `require("./lib/typescript.cjs"); require("./lib/plot/static-image").figureToSvg({ data: [], layout: {} });`;
    const { status, signal } = spawnSync(process.execPath, ["-e", script], { timeout: 30_000 });
    expect([status, signal]).toEqual([0, null]);
  });
});

describe("boxStatistics", () => {
  it("takes quartiles by linear interpolation at n p - 1/2", () => {
    // 8 values: places 1.5, 3.5 and 5.5, counted from 0
    expect(boxStatistics([8, 1, 7, 2, 6, 3, 5, 4])).toEqual({
      five: [1, 2.5, 4.5, 6.5, 8],
      outliers: [],
    });
  });

  it("ends whiskers at the last point within 1.5 interquartile ranges", () => {
    // quartiles 2, 3, 4.25..: 1.75, 3, 4.25 + 1.5 * 2.5 = 8 for 1, 2, 3, 4, 100 at places 0.75, 2, 3.25
    expect(boxStatistics([1, 2, 3, 4, 100])).toEqual({
      five: [1, 1.75, 3, 28, 28],
      outliers: [100],
    });
    expect(boxStatistics([Number.NaN])).toBeNull();
  });
});
