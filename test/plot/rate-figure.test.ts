import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { frameOf } from "../../lib/log/frame-of";
import { monthsAfterEndFigure } from "../../lib/plot/count-lines-figures";
import { rateFigure } from "../../lib/plot/rate-figures";
import { PROGRAM_COLORS } from "../../lib/plot/theme";
import { day, traces } from "./parts";

const months = ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"];
const row = (direction: string) => (rate: number | null, month: number) => {
  return { period: day(months[month]!), direction, rate };
};
const rows = [...[0.5, 0.3, 0.1, null].map(row("a to b")), ...[0.2, 0.2].map(row("<i>"))];
const byPeriod = frameOf(rows, "period", "direction", "rate");
const ends = [
  { direction: "a to b", shut_off: day("2020-02-15") },
  { direction: "<i>", shut_off: null },
];
const changes = frameOf(ends, "direction", "shut_off");
const title = "t";

it("rates are a line per direction, with the day of a change and the means on both sides", () => {
  const figure = rateFigure(byPeriod, { title, unit: "share of pages", changes });
  const [other, line, before] = traces(figure);
  expect(traces(figure).map(({ name, x, y }) => [name, x, y])).toEqual([
    ["&lt;i&gt;", months.slice(0, 2), [0.2, 0.2]],
    ["a to b", months, [0.5, 0.3, 0.1, null]],
    ["a to b: mean before 2020-02-15", ["2020-01-01", "2020-02-15"], [0.4, 0.4]],
    ["a to b: mean after 2020-02-15", ["2020-02-15", "2020-04-01"], [0.1, 0.1]],
  ]);
  expect(before!.line.color).toBe(line!.line.color);
  expect(other!.line.color).not.toBe(line!.line.color);
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
  const [, , before, after] = traces(own);
  expect([before!.y[0], after!.y[0]]).toEqual([0.45, 0]);
  const renamed = byPeriod.rename({ period: "month", rate: "pages", direction: "who" });
  const plain = rateFigure(renamed, { title, date: "month", value: "pages", by: "who" });
  expect(plain.layout.yaxis).toMatchObject({ title: { text: "pages" }, tickformat: "," });
  expect(() => rateFigure(renamed, { title })).toThrow("rateFigure needs column period");
  expect(rateFigure(byPeriod.head(0), { title }).description).toBe("No periods to show.");
});

it("months after the end are a line per program in its color", () => {
  const after = [
    { program: "Data Science", months_after_end: 1, pages: 0 },
    { program: "Data Science", months_after_end: 0, pages: 1200 },
    { program: "Java Full Stack", months_after_end: 0, pages: 30 },
  ];
  const frame = frameOf(after, "program", "months_after_end", "pages");
  const figure = monthsAfterEndFigure(frame, { title });
  const programs = ["Data Science", "Java Full Stack"];
  expect(traces(figure).map(({ name }) => name)).toEqual(programs);
  const colors = traces(figure).map(({ line }) => line.color);
  expect(colors).toEqual(programs.map((program) => PROGRAM_COLORS[program]));
  expect(traces(figure)[0]!.x).toEqual([0, 1]);
  expect(figure.description).toBe(
    "Page views after the end of the course: " +
      "Data Science 1,200, the last in month 0; Java Full Stack 30, the last in month 0.",
  );
});
