import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { monthsAfterEndFigure } from "../../lib/plot/months-after-end-figure";
import { rateFigure } from "../../lib/plot/rate-figure";
import { PROGRAM_COLORS } from "../../lib/plot/theme";
import { days } from "../support/access-log";

type Trace = { name: string; x: unknown[]; y: unknown[]; line: { color: string; dash?: string } };
const traces = (figure: { data: unknown[] }) => figure.data as Trace[];

describe("rateFigure", () => {
  const months = ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"];
  const byPeriod = pl.DataFrame([
    days("period", [...months, ...months.slice(0, 2)]),
    pl.Series("direction", [...Array(4).fill("a to b"), "<i>", "<i>"]),
    pl.Series("rate", [0.5, 0.3, 0.1, null, 0.2, 0.2], pl.Float64),
  ]);
  const changes = pl.DataFrame([
    pl.Series("direction", ["a to b", "<i>"]),
    days("shut_off", ["2020-02-15", null]),
  ]);
  const figure = rateFigure(byPeriod, { title: "t", unit: "share of pages", changes });

  it("draws a line per direction, with the means of the periods before and after", () => {
    expect(traces(figure).map(({ name, x, y }) => [name, x, y])).toEqual([
      ["&lt;i&gt;", months.slice(0, 2), [0.2, 0.2]],
      ["a to b", months, [0.5, 0.3, 0.1, null]],
      ["a to b: mean before 2020-02-15", ["2020-01-01", "2020-02-15"], [0.4, 0.4]],
      ["a to b: mean after 2020-02-15", ["2020-02-15", "2020-04-01"], [0.1, 0.1]],
    ]);
    expect(traces(figure)[2]?.line.color).toBe(traces(figure)[1]?.line.color);
    expect(figure.description).toBe(
      "Share of pages, 2020-01-01 to 2020-04-01: &lt;i&gt;, a to b. " +
        "a to b changes on 2020-02-15, from a mean of 40% to 10%.",
    );
  });

  it("marks the day of the change with a line and its date", () => {
    expect(figure.layout.shapes).toMatchObject([{ x0: "2020-02-15", x1: "2020-02-15" }]);
    expect(figure.layout.annotations).toMatchObject([{ x: "2020-02-15", text: "2020-02-15" }]);
  });

  it("takes the means that are given, and other columns by name", () => {
    const given = changes.withColumns(
      pl.lit(0.45).alias("rate_before"),
      pl.lit(0).alias("rate_after"),
    );
    const own = rateFigure(byPeriod, { title: "t", changes: given });
    expect(
      traces(own)
        .slice(2)
        .map(({ y }) => y[0]),
    ).toEqual([0.45, 0]);
    const renamed = byPeriod.rename({ period: "month", rate: "pages", direction: "who" });
    const plain = rateFigure(renamed, { title: "t", date: "month", value: "pages", by: "who" });
    expect(plain.layout.yaxis).toMatchObject({ title: { text: "pages" }, tickformat: "," });
    expect(() => rateFigure(renamed, { title: "t" })).toThrow("rateFigure needs column period");
    expect(rateFigure(byPeriod.head(0), { title: "t" }).description).toBe("No periods to show.");
  });
});

describe("monthsAfterEndFigure", () => {
  it("draws a line per program in its color, by month", () => {
    const figure = monthsAfterEndFigure(
      pl.DataFrame([
        pl.Series("program", ["Data Science", "Data Science", "Java Full Stack"]),
        pl.Series("months_after_end", [1, 0, 0], pl.Int64),
        pl.Series("pages", [0, 1200, 30], pl.Int64),
      ]),
      { title: "t" },
    );
    expect(traces(figure).map(({ name, line }) => [name, line.color])).toEqual([
      ["Data Science", PROGRAM_COLORS["Data Science"]],
      ["Java Full Stack", PROGRAM_COLORS["Java Full Stack"]],
    ]);
    expect(traces(figure)[0]?.x).toEqual([0, 1]);
    expect(figure.description).toBe(
      "Page views after the end of the course: " +
        "Data Science 1,200, the last in month 0; Java Full Stack 30, the last in month 0.",
    );
  });
});
