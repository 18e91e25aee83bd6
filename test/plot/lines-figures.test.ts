import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { above, where } from "../../lib/log/where";
import { flagsByKFigure, monthsAfterEndFigure } from "../../lib/plot/count-lines-figures";
import { campusFigure, rateFigure } from "../../lib/plot/rate-figures";
import { figureToSvg } from "../../lib/plot/static-image";
import { PROGRAM_COLORS } from "../../lib/plot/theme";
import { tableOf } from "../support/table-of";
import { layout, shown, traces } from "./parts";

const title = "t";
const months = ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"];
const rates = (name: string, ...values: (number | null)[]) =>
  values.map((rate, month) => [months[month], name, rate]);
const byPeriod = tableOf(
  "period direction rate",
  ...[...rates("a to b", 0.5, 0.3, 0.1, null), ...rates("<i>", 0.2, 0.2)],
);
const changes = tableOf("direction shut_off", ["a to b", "2020-02-15"], ["<i>", null]);

it("rates are a line per direction, with the day of a change and the means on both sides", () => {
  const figure = rateFigure(byPeriod, { title, unit: "share of pages", changes });
  expect(shown(figure)).toEqual([
    ["&lt;i&gt;", months.slice(0, 2), [0.2, 0.2]],
    ["a to b", months, [0.5, 0.3, 0.1, null]],
    ["a to b: mean before 2020-02-15", ["2020-01-01", "2020-02-15"], [0.4, 0.4]],
    ["a to b: mean after 2020-02-15", ["2020-02-15", "2020-04-01"], [0.1, 0.1]],
  ]);
  const [other, own, before] = traces(figure).map(({ line }) => line.color);
  expect(before).toBe(own);
  expect(other).not.toBe(own);
  expect(figure.description).toBe(
    "Share of pages, 2020-01-01 to 2020-04-01: &lt;i&gt;, a to b. " +
      "a to b changes on 2020-02-15, from a mean of 40% to 10%.",
  );
  expect(figure.layout.shapes).toMatchObject([{ x0: "2020-02-15", x1: "2020-02-15" }]);
  expect(figure.layout.annotations).toMatchObject([{ x: "2020-02-15", text: "2020-02-15" }]);
});

it("rates take the means that are given, and other columns by name", () => {
  const means = [pl.lit(0.45).alias("rate_before"), pl.lit(0).alias("rate_after")];
  const own = rateFigure(byPeriod, { title, changes: changes.withColumns(...means) });
  expect(shown(own).map(([, , y]) => y[0])).toEqual([0.2, 0.5, 0.45, 0]);
  const renamed = byPeriod.rename({ period: "month", rate: "pages", direction: "who" });
  const plain = rateFigure(renamed, { title, date: "month", value: "pages", by: "who" });
  expect(plain.layout.yaxis).toMatchObject({ title: { text: "pages" }, tickformat: "," });
  expect(() => rateFigure(renamed, { title })).toThrow("rateFigure needs column period");
  expect(rateFigure(byPeriod.head(0), { title }).description).toBe("No periods to show.");
});

it("campusFigure draws the share by week, with the day of the move and both means", () => {
  const weeks = ["2020-03-16", "2020-03-23"];
  const shares = tableOf("period campus_share", [weeks[0], 0.5], [weeks[1], null]);
  const move = tableOf("moved share_before share_after", ["2020-03-20", 0.5, 0]);
  const figure = campusFigure(shares, { title, move });
  expect(shown(figure)).toMatchObject([
    ["from campus", weeks, [0.5, null]],
    [expect.stringContaining("before"), [weeks[0], "2020-03-20"], [0.5, 0.5]],
    [expect.stringContaining("after"), ["2020-03-20", weeks[1]], [0, 0]],
  ]);
  expect(traces(figure)[0]!.mode).toBe("lines");
  expect(figure.layout.shapes).toMatchObject([{ x0: "2020-03-20" }]);
  expect(campusFigure(shares, { title }).layout.shapes).toEqual([]);
});

it("months after the end are a line per program in its color", () => {
  const [data, java] = ["Data Science", "Java Full Stack"];
  const columns = "program months_after_end pages";
  const after = tableOf(columns, [data, 1, 0], [data, 0, 1200], [java, 0, 30]);
  const figure = monthsAfterEndFigure(after, { title });
  expect(shown(figure).map(([name, x]) => [name, x])).toEqual([
    [data, [0, 1]],
    [java, [0]],
  ]);
  const colors = traces(figure).map(({ line }) => line.color);
  expect(colors).toEqual([PROGRAM_COLORS[data!], PROGRAM_COLORS[java!]]);
  expect(figure.description).toBe(
    "Page views after the end of the course: " +
      "Data Science 1,200, the last in month 0; Java Full Stack 30, the last in month 0.",
  );
});

describe("flagsByKFigure", () => {
  const columns = "span k flags users";
  const frame = tableOf(columns, [30, 4, 0, 0], [30, 2, 1500, 300], [10, 2, 20, 4], [10, 4, 7, 3]);
  const figure = flagsByKFigure(frame, { title });
  const [ten, thirty] = traces(figure);

  it("draws a line per span in order of k, told apart by color and shape", () => {
    expect([ten!.name, ten!.x, thirty!.name]).toEqual(["span 10", [2, 4], "span 30"]);
    expect(ten!.marker.symbol).not.toBe(thirty!.marker.symbol);
    expect(figure.description).toContain("with a span of 30, 1,500 at k 2 and 0 at k 4.");
  });

  it("gives 0 a tick of its own below 1, and none where there is none", () => {
    const { ticktext, tickvals, range } = layout(figure).yaxis;
    expect(ticktext).toEqual(["0", "1", "10", "100", "1,000"]);
    expect(thirty).toMatchObject({
      y: [1500, tickvals[0]],
      customdata: [
        [1500, 300],
        [0, 0],
      ],
    });
    expect(10 ** range[0]).toBeLessThan(tickvals[0]);
    const without = flagsByKFigure(where(frame, { flags: above(0) }), { title });
    expect(layout(without).yaxis.ticktext[0]).toBe("1");
    expect(figureToSvg(figure)).toContain(">1,000<");
  });
});
