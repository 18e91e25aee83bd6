import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childOf } from "../support/ask-child";

// What a cell may hand to show, by mistake or on purpose: it is drawn, or it fails in one clear line,
// in little memory and in no more than a moment.

const child = childOf<string, string>("draw-figures.ts", ["--max-old-space-size=512"]);
beforeAll(() => child.ask("{ data: [], layout: {} }", 60_000), 60_000);
afterAll(() => child.stop());

const points = (trace: string, layout = "") =>
  `{ data: [{ type: "scatter", y: [1, 1e9], ${trace} }], layout: { ${layout} } }`;
const many = (length: number, item: string) =>
  `Array.from({ length: ${length} }, (_, i) => (${item}))`;

const REFUSED: [name: string, source: string, said: string][] = [
  [
    "a length in place of a list of ticks",
    points("", "xaxis: { tickvals: { length: 1e9 } }"),
    "layout.xaxis.tickvals",
  ],
  ["a length in place of values", points("x: { length: 1e9 }"), "data[0].x"],
  ["a length in place of a row", points("type: 'heatmap', z: [{ length: 1e9 }]"), "data[0].z[0]"],
  ["a length as text", points("text: { length: '1e9' }"), "data[0].text"],
  [
    "a length in place of menus",
    points("", "updatemenus: [{ buttons: { length: 1e9 } }]"),
    "layout.updatemenus[0].buttons",
  ],
  ["a list that is empty and long", points("x: new Array(4e9)"), "at most 250,000 values"],
  [
    "a list that lies about its length",
    points("x: new Proxy([], { get: (_, key) => key === 'length' ? 1e9 : 1 })"),
    "at most 250,000 values",
  ],
  ["a set", points("x: new Set([1, 2])"), "an object of Set"],
  ["many typed numbers", points("x: new Float64Array(3e7)"), "at most 250,000 values"],
  ["five million points", points(`x: ${many(5e6, "i")}`), "at most 250,000 values"],
  ["a getter that fails", points("get x() { throw new Error('not ready') }"), "not ready"],
  [
    "a getter without end",
    "(() => { const deep = () => ({ get a() { return deep(); } }); return { data: [{ meta: deep() }], layout: {} }; })()",
    "at most 20 levels",
  ],
  [
    "an object that holds itself",
    "(() => { const f = { data: [], layout: {} }; f.layout.meta = f; return f; })()",
    "holds itself",
  ],
  [
    "a list that holds itself twice over",
    "(() => { let a = [1]; for (let i = 0; i < 90; i++) a = [a, a]; return { data: [{ y: a }], layout: {} }; })()",
    "at most",
  ],
  ["no trace", "{ data: [null], layout: {} }", "data[0]"],
  ["no layout", "{ data: [], layout: null }", "layout"],
  ["a text of a megabyte", points("", "title: { text: 'ab '.repeat(4e5) }"), "layout.title.text"],
  [
    "names without number",
    points(`type: "bar", x: ${many(5e4, "'n' + i")}, y: ${many(5e4, "i")}`),
    "names along the x axis",
  ],
  [
    "traces without number",
    `{ data: ${many(1e4, "{ y: [1, 2] }")}, layout: {} }`,
    "entries of data",
  ],
  [
    "axes without number",
    `{ data: ${many(299, "{ y: [1, 2], xaxis: 'x' + (i + 2), yaxis: 'y' + (i + 2) }")}, layout: {} }`,
    "axes",
  ],
  [
    "shapes without number",
    points("", `shapes: ${many(2e4, "{ type: 'line', x0: 0, x1: 1, y0: 0, y1: 1 }")}`),
    "entries of shapes",
  ],
  [
    "notes without number",
    points("", `annotations: ${many(2e4, "{ text: 'a', x: 0, y: 1 }")}`),
    "entries of annotations",
  ],
  ["slices without number", points(`type: "pie", values: ${many(5e3, "1")}`), "slices of a pie"],
  [
    "cells without number",
    points(`type: "heatmap", z: ${many(400, "new Float64Array(400)")}`),
    "cells of z",
  ],
  ["a billion ticks", points("", "yaxis: { dtick: 1 }"), "layout.yaxis.dtick"],
  [
    "a billion small ticks",
    points("", "yaxis: { minor: { dtick: 1e-9 } }"),
    "layout.yaxis.minor.dtick",
  ],
  [
    "a billion ticks over a range",
    points("y: [1, 2]", "yaxis: { range: [0, 1e300], dtick: 1 }"),
    "layout.yaxis.dtick",
  ],
  [
    "a tick per millisecond",
    points("x: ['0001-01-01', '9999-12-31']", "xaxis: { dtick: 1 }"),
    "layout.xaxis.dtick",
  ],
  [
    "a tick per month since Christ",
    points("x: ['0001-01-01', '9999-12-31']", "xaxis: { dtick: 'M1' }"),
    "layout.xaxis.dtick",
  ],
  [
    "many ticks on a logarithmic axis",
    points("", "yaxis: { type: 'log', dtick: 1e-9 }"),
    "layout.yaxis.dtick",
  ],
  ["ticks without length", points("", "yaxis: { dtick: NaN }"), "layout.yaxis.dtick"],
  [
    "a billion ticks by a menu",
    points(
      "",
      "updatemenus: [{ buttons: [{ method: 'relayout', args: [{ 'yaxis.dtick': 1 }] }] }]",
    ),
    "yaxis.dtick",
  ],
  ["a billion ticks wanted", points("", "yaxis: { nticks: 1e9 }"), "nticks"],
  ["a billion bins", points("type: 'histogram', x: [1, 1e9], xbins: { size: 1 }"), "xbins.size"],
  [
    "bins without size",
    points("type: 'histogram', x: [1, 1e9], xbins: { size: NaN }"),
    "xbins.size",
  ],
  ["a billion bins wanted", points("type: 'histogram', x: [1, 2], nbinsx: 1e9"), "nbinsx"],
  [
    "a billion contours",
    points("type: 'contour', z: [[1, 1e9], [2, 3]], contours: { start: 1, end: 1e9, size: 1 }"),
    "contours.size",
  ],
  ["a billion panels", points("", "grid: { rows: 1e9, columns: 1 }"), "rows"],
  [
    "breaks in ten thousand years",
    points(
      "x: ['0001-01-01', '9999-12-31']",
      "xaxis: { rangebreaks: [{ pattern: 'hour', bounds: [17, 8] }] }",
    ),
    "rangebreaks",
  ],
  ["a number of a thousand digits", points("", "yaxis: { tickformat: '.1000f' }"), "tickformat"],
  ["a text of a billion characters", points("texttemplate: '%{y:01000000000d}'"), "texttemplate"],
  ["an endless height", points("", "height: Infinity"), "layout.height"],
  ["no height", points("", "height: NaN"), "layout.height"],
  ["a height of a billion", points("", "height: 1e9"), "layout.height"],
  ["a width below zero", points("", "width: -1"), "layout.width"],
];

const DRAWN: [name: string, source: string][] = [
  ["a hundred thousand points", points(`x: new Float64Array(1e5), y: ${many(1e5, "i % 7")}`)],
  ["a range beyond all numbers", points("", "yaxis: { range: [-1.7e308, 1.7e308] }")],
  ["a range to 1e300", points("", "yaxis: { range: [0, 1e300] }")],
  ["a range of nothing", points("", "yaxis: { range: [1, 1.0000000000000002] }")],
  ["no range", points("", "yaxis: { range: [NaN, Infinity] }")],
  [
    "logarithms of all sizes",
    points("y: [5e-324, 1.7e308]", "yaxis: { type: 'log', range: [-300, 300] }"),
  ],
  ["all dates", points("x: ['0001-01-01', '9999-12-31']")],
  ["dates beyond all dates", points("x0: '2020-01-01', dx: 1e300")],
  ["numbers of 64 bits", points("y: new BigInt64Array(3)")],
  ["a function", points("text: () => 1, hoverinfo() {}")],
  ["a box of many values", points(`type: "box", y: ${many(1e5, "i % 100")}`)],
  ["a histogram of many values", points(`type: "histogram", x: ${many(2e5, "i % 100")}`)],
  [
    "two thousand names",
    points(`type: "bar", orientation: "h", y: ${many(2e3, "'n' + i")}, x: ${many(2e3, "i")}`),
  ],
  ["ticks by the week", points("x: ['2018-01-26', '2021-04-21']", "xaxis: { dtick: 7 * 864e5 }")],
  ["ticks by the month", points("x: ['2018-01-26', '2021-04-21']", "xaxis: { dtick: 'M3' }")],
  ["each name's tick", points("type: 'bar', x: ['a', 'b']", "xaxis: { dtick: 1 }")],
];

describe("a figure that is too much", () => {
  it.each(REFUSED)(
    "%s is refused in one line that names it",
    async (_name, source, where) => {
      const said = await child.ask(source);
      expect(said).toContain(where);
      expect(said).toMatch(/^(?:(?:Range|Type)Error: a figure cannot be drawn: |Error: not ready)/);
      expect(said).not.toContain("\n");
      expect(said?.length).toBeLessThan(400);
    },
    30_000,
  );
});

describe("a figure that is unusual", () => {
  it.each(DRAWN)(
    "%s is drawn",
    async (_name, source) => {
      expect(await child.ask(source)).toBe("drawn");
    },
    30_000,
  );
});
