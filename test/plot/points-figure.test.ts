import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { pointsFigure } from "../../lib/plot/points-figure";
import { COLORS } from "../../lib/plot/theme";
import { thinned } from "../../lib/plot/thinned";
import { randomIntegers } from "../support/random";
import { layout, traces } from "./parts";

describe("pointsFigure", () => {
  const frame = pl.DataFrame({
    tenure: [1, 2, 3, 0, null],
    breadth: [10, 20, 30, 40, 50],
    who: ["student", "staff", "student", "student", "staff"],
    name: ["a", "b", "<b>", "d", "e"],
    odd: [false, false, true, null, true],
  });
  const common = { title: "t", x: "tenure", y: "breadth", label: "name" };

  it("draws a trace per group, the largest below, and what stands out on top", () => {
    const figure = pointsFigure(frame, { ...common, by: "who", highlight: "odd" });
    expect(traces(figure).map(({ name, x }) => [name, x])).toEqual([
      ["student (2)", [1, 0]],
      ["staff (1)", [2]],
      ["odd (1)", [3]],
    ]);
    const unusual = { text: ["&lt;b&gt;"], marker: { color: COLORS.unusual } };
    expect(traces(figure)[2]).toMatchObject(unusual);
    expect(figure.description).toBe(
      "5 points by tenure and breadth. Marked: 1 odd. 1 have no place on these axes and are not drawn.",
    );
  });

  it("has no place at 0 on a logarithmic axis, and says so", () => {
    const figure = pointsFigure(frame, { ...common, log: "x", xTitle: "days" });
    expect(traces(figure)[0]!.x).toEqual([1, 2, 3]);
    const axis = { type: "log", title: { text: "days (log scale)" }, tickvals: [1, 2] };
    expect(layout(figure).xaxis).toMatchObject(axis);
    expect(figure.description).toContain("2 have no place");
  });

  it("leaves out points in a crowd, never one that stands alone, and says how many", () => {
    const next = randomIntegers(1);
    const xs = [...Array.from({ length: 5_000 }, () => next(0, 1_000_000) / 1_000_000), 50];
    const many = pl.DataFrame({ x: xs, y: xs.map(() => 1) });
    const figure = pointsFigure(many, { title: "t", x: "x", y: "y" });
    const [drawn] = traces(figure);
    expect([drawn!.x.length, drawn!.name]).toEqual([2_000, "others (5,001)"]);
    expect(drawn!.x).toContain(50);
    expect(figure.description).toContain("3,001 that lie among many others are not drawn.");
  });
});

it("thinned leaves out points that lie on others first", () => {
  expect(thinned([1, 1, 1, 1.001], [1, 1, 1, 1], 2)).toEqual([0, 3]);
  expect(thinned([5, 6], [1, 1], 2)).toEqual([0, 1]);
});
