import { describe, expect, it } from "vitest";
import { frameOf } from "../../lib/log/frame-of";
import { above, where } from "../../lib/log/where";
import { flagsByKFigure } from "../../lib/plot/count-lines-figures";
import { scoresFigure } from "../../lib/plot/scores-figure";
import { agreementFigure, recallFigure } from "../../lib/plot/shares-figures";
import { figureToSvg } from "../../lib/plot/static-image";
import { COLORS } from "../../lib/plot/theme";
import { layout, traces } from "./parts";

const title = "t";

describe("flagsByKFigure", () => {
  const rows = [
    [30, 4, 0, 0],
    [30, 2, 1500, 300],
    [10, 2, 20, 4],
    [10, 4, 7, 3],
  ].map(([span, k, flags, users]) => ({ span, k, flags, users }));
  const frame = frameOf(rows, "span", "k", "flags", "users");
  const figure = flagsByKFigure(frame, { title });

  it("draws a line per span in order of k, told apart by color and shape", () => {
    const [ten, thirty] = traces(figure);
    expect([ten!.name, ten!.x, thirty!.name]).toEqual(["span 10", [2, 4], "span 30"]);
    expect(ten!.marker.symbol).not.toBe(thirty!.marker.symbol);
    expect(figure.description).toContain("with a span of 30, 1,500 at k 2 and 0 at k 4.");
  });

  it("gives 0 a tick of its own below 1, and none where there is none", () => {
    const { ticktext, tickvals, range } = layout(figure).yaxis;
    expect(ticktext).toEqual(["0", "1", "10", "100", "1,000"]);
    expect(traces(figure)[1]!.y).toEqual([1500, tickvals[0]]);
    expect(traces(figure)[1]!.customdata).toEqual([
      [1500, 300],
      [0, 0],
    ]);
    expect(10 ** range[0]).toBeLessThan(tickvals[0]);
    const without = flagsByKFigure(where(frame, { flags: above(0) }), { title });
    expect(layout(without).yaxis.ticktext[0]).toBe("1");
    expect(figureToSvg(figure)).toContain(">1,000<");
  });
});

it("agreement is the same from both sides, and says nothing of a detector and itself", () => {
  const pairs = [
    ["a", "a", 1],
    ["a", "b", 0.25],
    ["c", "<b>", null],
    ["a", "c", 0.5],
  ].map(([detector, other, agreement]) => ({ detector, other, agreement }));
  const figure = agreementFigure(frameOf(pairs, "detector", "other", "agreement"), { title });
  const { y, z, text } = traces(figure)[0]!;
  expect(y).toEqual(["c", "a", "b", "&lt;b&gt;"]); // means 0.5, 0.375, 0.25, none
  expect(z[1]).toEqual([0.5, null, 0.25, null]);
  expect(z.map((_: unknown, i: number) => z.map((row: unknown[]) => row[i]))).toEqual(z);
  expect(text[1]).toEqual(["50", "", "25", ""]);
  expect(figure.description).toBe(
    "Agreement of 4 detectors, two by two. Most alike: c and a (50%); least: a and b (25%).",
  );
});

it("recall has percents in its cells, the best first and all kinds together last", () => {
  const cells = [
    ["weak", "all", 0.1, 30],
    ["weak", "probing", null, 10],
    ["weak", "scraping", 0.2, 20],
    ["strong", "all", 0.6, 30],
    ["strong", "probing", 0.5, 10],
    ["strong", "scraping", 0.996, 20],
  ].map(([detector, kind, recall, stories]) => ({ detector, kind, recall, stories }));
  const figure = recallFigure(frameOf(cells, "detector", "kind", "recall", "stories"), { title });
  const { x, y, text } = traces(figure)[0]!;
  expect(x).toEqual(["scraping (20)", "probing (10)", "all (30)"]);
  expect(y).toEqual(["strong", "weak"]);
  expect(text).toEqual([
    ["100", "50", "60"],
    ["20", "", "10"],
  ]);
  expect(figure.description).toContain("scraping 100% (strong); probing 50% (strong)");
  for (const word of [">60<", ">20<", ...x]) expect(figureToSvg(figure)).toContain(word);
});

describe("scoresFigure", () => {
  const rows = [
    ["old", 1, 0.1, 0.5, 0.1],
    ["old", 2, 0.2, 0.5, 0.1],
    ["old", 3, 0.3, 0.5, 0.4],
    ["new", 3, 0.9, 0.4, 0.6],
    ["new", 2, null, 0.4, 0.8],
    ["new", 1, 0.7, 0.6, 0.7],
  ].map(([detector, seed, precision, recall, average_precision]) => {
    return { detector, seed, precision, recall, average_precision };
  });
  const measures = ["precision", "recall", "average_precision"] as const;
  const frame = frameOf(rows, "detector", "seed", ...measures);
  const figure = scoresFigure(frame, { title, baseline: "old" });

  it("shows each seed and the median in a panel per measure, the best detector first", () => {
    expect(traces(figure)[0]).toMatchObject({
      ...{ name: "new", x: [0.7, null, 0.9], customdata: [1, 2, 3] },
    });
    const medians = traces(figure).filter(({ name }) => name === "median");
    expect(medians.map(({ x }) => x[0])).toEqual([0.8, 0.2, 0.4, 0.5, 0.7, 0.1]);
    expect(new Set(traces(figure).map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2", "x3"]));
    expect(figure.description).toContain("new 80%, 40%, 70%; old 20%, 50%, 10%.");
  });

  it("sets the baseline apart by name, color and a line through each panel", () => {
    expect(layout(figure).yaxis.ticktext).toEqual(["new", "old<br>(baseline)"]);
    expect(traces(figure)[1]!.marker.color).toBe(COLORS.reference);
    const lines = traces(figure).filter(({ name }) => name === "median of the baseline");
    expect(lines.map(({ x }) => x[1])).toEqual([0.2, 0.5, 0.1]);
    expect(() => scoresFigure(frame, { title, baseline: "x" })).toThrow(
      "scoresFigure needs a baseline of new, old, got x",
    );
    expect(scoresFigure(frame.head(0), { title }).description).toBe("No scores to show.");
  });
});
