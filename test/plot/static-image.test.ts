import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import type { Figure } from "../../lib/plot/figure";
import { figureText } from "../../lib/plot/figure-text";
import { figureToSvg } from "../../lib/plot/static-image";
import { boxStatistics } from "../../lib/plot/static-image/boxes";

const EVIL = "</text><script>alert(1)</script>\u0000";
const days = ["2019-01-01", "2019-01-02", "2019-01-03"];

/** Words of a picture, in order, as a reader sees them. */
const words = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1] as string);
const paths = (svg: string, color: string) =>
  [...svg.matchAll(/<(?:path|polygon)[^>]*>/g)].filter(([path]) => path.includes(color)).length;
const drawn = (data: object[], layout: object = {}, more: object = {}) =>
  figureToSvg({ data, layout, ...more } as Figure);
const titled = (text: string) => ({ title: { text } });
/** A bar, line or box of a color, which is its name too. */
const colored = (color: string) => ({ name: color, marker: { color } });
const [ONE, TWO] = ["#111111", "#222222"] as const;

it("shows title, units, legend and dates", () => {
  const lines = { type: "scatter", mode: "lines", x: days, y: [1000, 4000, 2000], name: "pages" };
  const marks = { type: "scatter", mode: "markers", x: [days[1]], y: [4000], name: "unusual" };
  const yaxis = titled("pages per day");
  const svg = drawn([lines, marks], { ...titled("A finding"), yaxis });
  for (const word of ["A finding", "pages per day", "pages", "unusual", "4,000"])
    expect(words(svg)).toContain(word);
  expect(svg).toMatch(/^<svg width="900" height="450"/);
  expect(svg).toContain("<title>A finding</title>");
});

it("shows hostile text as text, in titles, names, ticks and notes", () => {
  const evil = figureText(EVIL);
  const bars = { type: "bar", orientation: "h", y: [evil, "/"] };
  const data = [
    { ...bars, x: [3, 5], name: evil },
    { ...bars, x: [1, 1], name: "other" },
  ];
  const annotations = [{ x: 1, y: "/", text: evil }];
  const layout = { ...titled(evil), xaxis: titled(evil), annotations };
  const svg = drawn(data, layout, { description: EVIL });
  expect(svg).not.toMatch(/<script|\0/);
  const shown = "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u0000";
  expect(words(svg).filter((word) => word === shown).length).toBeGreaterThanOrEqual(5);
});

it("leaves every other object of the process as it was, whatever texts are called", () => {
  const names = Object.getOwnPropertyNames(Object.prototype);
  const [evil, proto] = [[...names, "&#95;_proto__", "a __proto__/b"], "__proto__"];
  const bar = { type: "bar", orientation: "h", x: evil.map(() => 1), y: evil, text: evil };
  const line = { type: "scatter", x: [1], y: evil, name: "constructor", line: { color: proto } };
  const note = { x: 1, y: "valueOf", text: proto, font: { color: proto } };
  const layout = { ...titled(evil.join(" ")), xaxis: titled(proto), annotations: [note] };
  const svg = drawn([{ ...bar, name: proto }, line], layout);
  const empty: Record<string, unknown> = {};
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(names.flatMap((name) => Object.keys(Object(empty[name])))).toEqual([]);
  expect(words(svg)).toEqual(expect.arrayContaining([proto, "constructor", "toString"]));
});

it.each(["stack", "group"])("draws bars in mode %s", (barmode) => {
  const bar = { type: "bar", x: ["2018", "2019", "2020"], y: [1, 2, 3] };
  const data = [ONE, TWO].map((color) => ({ ...bar, ...colored(color) }));
  const svg = drawn(data, { barmode, xaxis: { type: "category" } });
  // three bars and one mark in the legend
  expect([paths(svg, ONE), paths(svg, TWO)]).toEqual([4, 4]);
  expect(words(svg)).toEqual(expect.arrayContaining(["2018", "2019", "2020"]));
  expect(words(svg).includes("6")).toBe(barmode === "stack");
});

it("draws boxes, heat maps, logarithmic axes and several panels", () => {
  const at = (number: number) => ({ xaxis: `x${number}`, yaxis: `y${number}` });
  const svg = drawn(
    [
      { type: "box", y: [1, 2, 3, 4, 100], name: "Darden", marker: { color: ONE } },
      { type: "heatmap", x: ["Mon", "Tue"], y: ["9:00"], z: [[1, 2]], ...at(2) },
      { type: "scatter", mode: "lines", x: [1, 2], y: [1, 1000], ...at(3) },
    ],
    {
      ...{ xaxis: { domain: [0, 0.3] }, xaxis2: { domain: [0.35, 0.65] } },
      ...{ xaxis3: { domain: [0.7, 1] }, yaxis3: { type: "log" } },
    },
  );
  for (const word of ["Darden", "Mon", "Tue", "9:00", "10", "1,000"])
    expect(words(svg)).toContain(word);
  expect(svg).toContain(ONE);
});

it("sets boxes of a group side by side", () => {
  const box = { type: "box", x: ["a", "a", "a"], y: [1, 2, 3] };
  const data = [ONE, TWO].map((color) => ({ ...box, ...colored(color) }));
  const svg = drawn(data, { boxmode: "group" });
  const left = (color: string) =>
    Number(new RegExp(`<path d="M([\\d.]+)[^>]*stroke="${color}"`).exec(svg)?.[1]);
  expect(left(ONE)).toBeGreaterThan(0);
  expect(left(TWO) - left(ONE)).toBeGreaterThan(60);
});

it("fills between a line and the one before it", () => {
  const line = { type: "scatter", mode: "lines", x: days, line: { width: 0 } };
  const band = { ...line, y: [2, 3, 2], fill: "tonexty", fillcolor: "#abcdef" };
  expect(paths(drawn([{ ...line, y: [1, 1, 1] }, band]), "#abcdef")).toBe(1);
});

it.each([
  ["pie", { type: "pie", values: [1, 2] }, {}],
  ["histogram", { type: "histogram", x: [1, 2] }, {}],
  ["stacked areas", { y: [1, 2], stackgroup: "a" }, {}],
  ["axes over others", { y: [1, 2], yaxis: "y2" }, { yaxis2: { overlaying: "y" } }],
])("says that a figure needs a script: %s", (what, trace, layout) => {
  const said = `This figure (${what}) needs a page that runs scripts.`;
  expect(words(drawn([trace], { ...titled("Shares"), ...layout })).sort()).toEqual([
    "Shares",
    said,
  ]);
});

it("makes a picture of nothing, of nulls, of very many points, and of sizes that are asked for", () => {
  expect(drawn([], titled("Nothing"))).toContain("Nothing");
  const gaps = {
    data: [{ type: "scatter", x: days, y: [1, null, Number.NaN] }],
    layout: {},
  } as Figure;
  const small = figureToSvg(gaps, { width: 600, height: 200 });
  expect(small).toMatch(/^<svg width="600" height="200"/);
  expect(small).not.toContain("NaN");
  expect(figureToSvg(gaps)).toBe(figureToSvg(gaps));
  const x = Array.from({ length: 100_000 }, (_, index) => index);
  expect(drawn([{ mode: "markers", x, y: x }]).length).toBeLessThan(1_000_000);
});

it("lets the process end", () => {
  const script = `require("./lib/typescript.cjs"); require("./lib/plot/static-image").figureToSvg({ data: [], layout: {} });`;
  const { status, signal } = spawnSync(process.execPath, ["-e", script], { timeout: 30_000 });
  expect([status, signal]).toEqual([0, null]);
});

it.each([
  // 8 values: places 1.5, 3.5 and 5.5, counted from 0
  [[8, 1, 7, 2, 6, 3, 5, 4], { five: [1, 2.5, 4.5, 6.5, 8], outliers: [] }],
  // places 0.75, 2, 3.25: quartiles 1.75, 3, 28; no point lies up to 28 + 1.5 * 26.25
  [[1, 2, 3, 4, 100], { five: [1, 1.75, 3, 28, 28], outliers: [100] }],
  [[Number.NaN], null],
])(
  "boxes of %j have quartiles by interpolation at n p - 1/2, and whiskers of 1.5 ranges",
  (values, box) => {
    expect(boxStatistics(values)).toEqual(box);
  },
);
