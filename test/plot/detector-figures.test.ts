import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { agreementFigure } from "../../lib/plot/agreement-figure";
import { flagsByKFigure } from "../../lib/plot/flags-by-k-figure";
import { recallFigure } from "../../lib/plot/recall-figure";
import { scoresFigure } from "../../lib/plot/scores-figure";
import { figureToSvg } from "../../lib/plot/static-image";
import { COLORS } from "../../lib/plot/theme";

interface Trace {
  name: string;
  x: (number | string | null)[];
  y: (number | string)[];
  z: (number | null)[][];
  text: string[][];
  xaxis: string;
  customdata: unknown[];
  line: { color: string };
  marker: { color: string; symbol: string };
}
const traces = (figure: { data: unknown[] }) => figure.data as Trace[];
const axis = (figure: { layout: object }, name: string) =>
  (figure.layout as Record<string, { ticktext: string[]; tickvals: number[]; range: number[] }>)[
    name
  ];
const ints = (name: string, values: number[]) => pl.Series(name, values, pl.Int64);

describe("flagsByKFigure", () => {
  const frame = pl.DataFrame([
    ints("span", [30, 30, 10, 10]),
    pl.Series("k", [4, 2, 2, 4], pl.Float64),
    ints("flags", [0, 1500, 20, 7]),
    ints("users", [0, 300, 4, 3]),
  ]);
  const figure = flagsByKFigure(frame, { title: "t" });

  it("draws a line per span in order of k, told apart by color and shape", () => {
    expect(traces(figure).map(({ name, x }) => [name, x])).toEqual([
      ["span 10", [2, 4]],
      ["span 30", [2, 4]],
    ]);
    expect(traces(figure)[0]?.marker.symbol).not.toBe(traces(figure)[1]?.marker.symbol);
    expect(figure.description).toContain("with a span of 30, 1,500 at k 2 and 0 at k 4.");
  });

  it("gives 0 a tick of its own below 1, and none where there is none", () => {
    expect(axis(figure, "yaxis")?.ticktext).toEqual(["0", "1", "10", "100", "1,000"]);
    const [place] = axis(figure, "yaxis")?.tickvals ?? [];
    expect(traces(figure)[1]?.y).toEqual([1500, place]);
    expect(traces(figure)[1]?.customdata).toEqual([
      [1500, 300],
      [0, 0],
    ]);
    expect(10 ** (axis(figure, "yaxis")?.range[0] ?? 0)).toBeLessThan(place ?? 0);
    const without = flagsByKFigure(frame.filter(pl.col("flags").gt(pl.lit(0))), { title: "t" });
    expect(axis(without, "yaxis")?.ticktext[0]).toBe("1");
    expect(figureToSvg(figure)).toContain(">1,000<");
  });
});

describe("agreementFigure", () => {
  it("is the same from both sides, and says nothing of a detector and itself", () => {
    const figure = agreementFigure(
      pl.DataFrame({
        detector: ["a", "a", "c", "a"],
        other: ["a", "b", "<b>", "c"],
        agreement: [1, 0.25, null, 0.5],
      }),
      { title: "t" },
    );
    const [{ y, z, text } = {} as Trace] = traces(figure);
    expect(y).toEqual(["c", "a", "b", "&lt;b&gt;"]); // means 0.5, 0.375, 0.25, none
    expect(z[1]).toEqual([0.5, null, 0.25, null]);
    expect(z.map((_, i) => z.map((row) => row[i]))).toEqual(z);
    expect(text[1]).toEqual(["50", "", "25", ""]);
    expect(figure.description).toBe(
      "Agreement of 4 detectors, two by two. Most alike: c and a (50%); least: a and b (25%).",
    );
  });
});

describe("recallFigure", () => {
  const figure = recallFigure(
    pl.DataFrame([
      pl.Series("detector", ["weak", "weak", "weak", "strong", "strong", "strong"]),
      pl.Series("kind", ["all", "probing", "scraping", "all", "probing", "scraping"]),
      pl.Series("recall", [0.1, null, 0.2, 0.6, 0.5, 0.996], pl.Float64),
      ints("stories", [30, 10, 20, 30, 10, 20]),
    ]),
    { title: "t" },
  );

  it("has percents in its cells, the best first and all kinds together last", () => {
    const [{ x, y, text } = {} as Trace] = traces(figure);
    expect(x).toEqual(["scraping (20)", "probing (10)", "all (30)"]);
    expect(y).toEqual(["strong", "weak"]);
    expect(text).toEqual([
      ["100", "50", "60"],
      ["20", "", "10"],
    ]);
    expect(figure.description).toContain("scraping 100% (strong); probing 50% (strong)");
  });

  it("writes the same into the static picture, every name included", () => {
    const svg = figureToSvg(figure);
    for (const word of [">60<", ">20<", "scraping (20)", "probing (10)", "all (30)"]) {
      expect(svg).toContain(word);
    }
  });
});

describe("scoresFigure", () => {
  const frame = pl.DataFrame([
    pl.Series("detector", ["old", "old", "old", "new", "new", "new"]),
    ints("seed", [1, 2, 3, 3, 2, 1]),
    pl.Series("precision", [0.1, 0.2, 0.3, 0.9, null, 0.7], pl.Float64),
    pl.Series("recall", [0.5, 0.5, 0.5, 0.4, 0.4, 0.6], pl.Float64),
    pl.Series("average_precision", [0.1, 0.1, 0.4, 0.6, 0.8, 0.7], pl.Float64),
  ]);
  const figure = scoresFigure(frame, { title: "t", baseline: "old" });

  it("shows each seed and the median in a panel per measure, the best detector first", () => {
    const [points] = traces(figure);
    expect([points?.name, points?.x, points?.customdata]).toEqual([
      "new",
      [0.7, null, 0.9],
      [1, 2, 3],
    ]);
    const medians = traces(figure).filter(({ name }) => name === "median");
    expect(medians.map(({ x }) => x[0])).toEqual([0.8, 0.2, 0.4, 0.5, 0.7, 0.1]);
    expect(new Set(traces(figure).map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2", "x3"]));
    expect(figure.description).toContain("new 80%, 40%, 70%; old 20%, 50%, 10%.");
  });

  it("sets the baseline apart by name, color and a line through each panel", () => {
    expect(axis(figure, "yaxis")?.ticktext).toEqual(["new", "old<br>(baseline)"]);
    expect(traces(figure)[1]?.marker.color).toBe(COLORS.reference);
    const lines = traces(figure).filter(({ name }) => name === "median of the baseline");
    expect(lines.map(({ x }) => x)).toEqual([
      [0.2, 0.2],
      [0.5, 0.5],
      [0.1, 0.1],
    ]);
    expect(() => scoresFigure(frame, { title: "t", baseline: "x" })).toThrow(
      "scoresFigure needs a baseline of new, old, got x",
    );
    expect(scoresFigure(frame.head(0), { title: "t" }).description).toBe("No scores to show.");
  });
});
