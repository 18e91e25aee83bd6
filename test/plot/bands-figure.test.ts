import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { bandsFigure } from "../../lib/plot/bands-figure";
import { dailyFigure } from "../../lib/plot/daily-figure";
import { COLORS } from "../../lib/plot/theme";
import { daily } from "../support/access-log";

type Trace = {
  name?: string;
  x: string[];
  x0?: string;
  dx?: number;
  y: number[];
  marker?: { color?: string };
};
const traces = (figure: { data: unknown[] }) => figure.data as Trace[];
const quietThen = (pages: number) => daily(...Array(19).fill(3), pages, 3);

describe("bandsFigure", () => {
  const figure = bandsFigure(bollingerBands(quietThen(40)), { title: "User 1 opened 40 pages" });
  const [lower, upper, pages, midband, unusual] = traces(figure);

  it("marks the days above the upper band, and only those, as unusual", () => {
    expect([unusual?.x, unusual?.y]).toEqual([["2020-01-20"], [40]]);
    expect(unusual?.marker?.color).toBe(COLORS.unusual);
    expect(figure.description).toBe(
      "Page views per day from 2020-01-01 to 2020-01-21; the most, 40, on 2020-01-20. " +
        "1 day lies above the upper band: 2020-01-20.",
    );
  });

  it("draws no band on the first day, and none below 0", () => {
    expect([pages?.x0, pages?.dx, pages?.y.length]).toEqual(["2020-01-01", 86_400_000, 21]);
    expect(midband?.y).toHaveLength(21);
    expect([upper?.x0, upper?.y.length]).toEqual(["2020-01-02", 20]);
    expect(Math.min(...(lower?.y ?? []))).toBe(0);
  });

  it("states the finding, the unit and the zero", () => {
    expect(figure.layout.title).toEqual({ text: "User 1 opened 40 pages" });
    expect(figure.layout.yaxis).toEqual({
      title: { text: "page views per day" },
      rangemode: "tozero",
    });
  });

  it("says so when nothing is unusual", () => {
    const flat = bandsFigure(bollingerBands(quietThen(3)), { title: "" });
    expect(traces(flat)[4]?.x).toEqual([]);
    expect(flat.description).toContain("No day lies above the upper band.");
  });

  it("refuses several users at once, whose lines would cross", () => {
    const two = pl.concat([
      daily(1, 2),
      daily(1, 2).withColumns(pl.lit(2).cast(pl.Int64).alias("user_id")),
    ]);
    expect(() => bandsFigure(bollingerBands(two), { title: "" })).toThrow(
      "2020-01-01 is there twice: filter the frame to one",
    );
    expect(() => dailyFigure(two, { title: "" })).toThrow("dailyFigure draws one user's days");
  });
});

describe("dailyFigure", () => {
  it("draws days in order, and tells the highest in words", () => {
    const figure = dailyFigure(daily(1, 1500, 2).sort("pages"), { title: "t" });
    expect(traces(figure)[0]?.y).toEqual([1, 1500, 2]);
    expect(figure.description).toBe(
      "Page views per day from 2020-01-01 to 2020-01-03; the most, 1,500, on 2020-01-02.",
    );
    expect(dailyFigure(daily(), { title: "t" }).description).toBe("No days to show.");
  });
});
