import { afterAll, beforeAll, expect, it } from "vitest";
import { childOf } from "../support/ask-child";

// What a cell may hand to show, by mistake or on purpose: it is drawn, or it fails in one clear line,
// in little memory and in no more than a moment.

const child = childOf<string, string>("draw-figures.ts", ["--max-old-space-size=512"]);
beforeAll(() => child.ask("{ data: [], layout: {} }", 60_000), 60_000);
afterAll(() => child.stop());

const points = (trace: string, layout = "") =>
  `{ data: [{ type: "scatter", y: [1, 1e9], ${trace} }], layout: { ${layout} } }`;
const laid = (layout: string) => points("", layout);
const many = (length: number, item: string) =>
  `Array.from({ length: ${length} }, (_, i) => (${item}))`;
const names = (length: number) => `type: "bar", x: ${many(length, "'n' + i")}`;
const panels = many(299, "{ y: [1], xaxis: 'x' + (i + 2) }");
const proxy = "x: new Proxy([], { get: (_, key) => key === 'length' ? 1e9 : 1 })";
const endless = "(() => { const deep = () => ({ get a() { return deep(); } }); return deep(); })()";
const doubled = "(() => { let a = [1]; for (let i = 0; i < 90; i++) a = [a, a]; return a; })()";

const REFUSED: [name: string, source: string, said: string][] = [
  ["a length in place of values", points("x: { length: 1e9 }"), "data[0].x"],
  ["a length in place of menus", laid("updatemenus: { length: 1e9 }"), "layout.updatemenus"],
  ["a list that is empty and long", points("x: new Array(4e9)"), "at most 250,000"],
  ["a list that lies about its length", points(proxy), "at most 250,000"],
  ["many typed numbers", points("x: new Float64Array(3e7)"), "at most 250,000"],
  ["many lists", points(`x: ${many(2e4, "Array(20)")}`), "at most 250,000 values in all"],
  ["a set", points("x: new Set([1, 2])"), "an object of Set"],
  ["a getter that fails", points("get x() { throw new Error('not ready') }"), "not ready"],
  ["a getter without end", points(`meta: ${endless}`), "at most 20 levels"],
  ["a list that holds itself twice over", points(`x: ${doubled}`), "at most"],
  ["no trace", "{ data: [null], layout: {} }", "data[0]"],
  ["no layout", "{ data: [], layout: null }", "layout"],
  ["a text of a megabyte", laid("title: { text: 'ab '.repeat(4e5) }"), "layout.title.text"],
  ["names without number", points(names(5e4)), "at most 2,000 names"],
  ["traces without number", `{ data: ${many(1e4, "{}")}, layout: {} }`, "at most 300 entries"],
  ["panels without number", `{ data: ${panels}, layout: {} }`, "at most 100 panels"],
  ["shapes without number", laid(`shapes: ${many(2e4, "{ x0: 0 }")}`), "layout.shapes"],
  ["cells without number", points(`z: ${many(400, "Array(400).fill(1)")}`), "cells of heat maps"],
  ["a billion ticks wanted", laid("yaxis: { nticks: 1e9 }"), "nticks"],
  ["an endless height", laid("height: Infinity"), "layout.height"],
  ["no height", laid("height: NaN"), "layout.height"],
  ["a width below zero", laid("width: -1"), "layout.width"],
];

const DRAWN: [name: string, source: string][] = [
  ["a hundred thousand points", points(`x: new Float64Array(1e5), y: ${many(1e5, "i % 7")}`)],
  ["a range beyond all numbers", laid("yaxis: { range: [-1.7e308, 1.7e308] }")],
  ["a range of nothing", laid("yaxis: { range: [1, 1.0000000000000002] }")],
  ["no range", laid("yaxis: { range: [NaN, Infinity] }")],
  ["logarithms of all sizes", points("y: [5e-324, 1.7e308]", "yaxis: { type: 'log' }")],
  ["all dates", points("x: ['0001-01-01', '9999-12-31']")],
  ["dates beyond all dates", points("x0: '2020-01-01', dx: 1e300")],
  ["numbers of 64 bits", points("y: new BigInt64Array(3)")],
  ["a function", points("text: () => 1, hoverinfo() {}")],
  ["a box of many values", points(`type: "box", y: ${many(1e5, "i % 100")}`)],
  ["a number of a thousand digits", laid("yaxis: { tickformat: '.1000f' }")],
  ["two thousand names", points(`${names(2e3)}, y: ${many(2e3, "i")}`)],
];

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

it.each(DRAWN)(
  "%s is drawn",
  async (_name, source) => {
    expect(await child.ask(source)).toBe("drawn");
  },
  30_000,
);
