import { describe, expect, it } from "vitest";
import { recallCurvesFigure } from "../../lib/plot/recall-curves-figure";
import { scoresFigure } from "../../lib/plot/scores-figure";
import { agreementFigure, recallFigure } from "../../lib/plot/shares-figures";
import { figureToSvg } from "../../lib/plot/static-image";
import { COLORS } from "../../lib/plot/theme";
import { tableOf } from "../support/table-of";
import { layout, traces } from "./parts";

const title = "t";

it("agreement is the same from both sides, and says nothing of a detector and itself", () => {
  const columns = "detector other agreement";
  const pairs = tableOf(
    columns,
    ["a", "a", 1],
    ["a", "b", 0.25],
    ["c", "<b>", null],
    ["a", "c", 0.5],
  );
  const figure = agreementFigure(pairs, { title });
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
  ];
  const figure = recallFigure(tableOf("detector kind recall stories", ...cells), { title });
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

it("recall curves have a panel for each kind, with what is found of all by level", () => {
  const columns = "detector kind level stories stories_found";
  const table = tableOf(
    columns,
    ["new", "slow", 40, 2, 2],
    ["new", "slow", 10, 2, 0],
    ["new", "slow", 40, 2, 1],
    ["old", "slow", 10, 1, 1],
    ["new", "slow", null, 9, 9],
    ["old", "shared", 5, 0, 0],
  );
  const figure = recallCurvesFigure(table, { title });
  expect(traces(figure).map(({ name, x, y }) => [name, x, y])).toEqual([
    ["new", [10, 40], [0, 0.75]],
    ["old", [10], [1]],
    ["old", [5], [null]],
  ]);
  expect(traces(figure)[0]!.customdata).toEqual(["0 of 2", "3 of 4"]);
  expect(new Set(traces(figure).map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2"]));
  expect(figure.description).toContain("slow at 10, 40; shared at 5");
});

describe("scoresFigure", () => {
  const frame = tableOf(
    "detector seed precision recall average_precision",
    ["old", 1, 0.1, 0.5, 0.1],
    ["old", 2, 0.2, 0.5, 0.1],
    ["old", 3, 0.3, 0.5, 0.4],
    ["new", 3, 0.9, 0.4, 0.6],
    ["new", 2, null, 0.4, 0.8],
    ["new", 1, 0.7, 0.6, 0.7],
  );
  const figure = scoresFigure(frame, { title, baseline: "old" });
  const named = (wanted: string) => traces(figure).filter(({ name }) => name === wanted);

  it("shows each seed and the median in a panel per measure, the best detector first", () => {
    const first = { name: "new", x: [0.7, null, 0.9], customdata: [1, 2, 3] };
    expect(traces(figure)[0]).toMatchObject(first);
    expect(named("median").map(({ x }) => x[0])).toEqual([0.8, 0.2, 0.4, 0.5, 0.7, 0.1]);
    expect(new Set(traces(figure).map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2", "x3"]));
    expect(figure.description).toContain("new 80%, 40%, 70%; old 20%, 50%, 10%.");
  });

  it("sets the baseline apart by name, color and a line through each panel", () => {
    expect(layout(figure).yaxis.ticktext).toEqual(["new", "old<br>(baseline)"]);
    expect(traces(figure)[1]!.marker.color).toBe(COLORS.reference);
    expect(named("median of the baseline").map(({ x }) => x[1])).toEqual([0.2, 0.5, 0.1]);
    expect(() => scoresFigure(frame, { title, baseline: "x" })).toThrow(
      "scoresFigure needs a baseline of new, old, got x",
    );
    expect(scoresFigure(frame.head(0), { title }).description).toBe("No scores to show.");
  });
});
