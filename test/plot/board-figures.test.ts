import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { leastReadLessons } from "../../lib/explore/least-read-lessons";
import { campusFigure } from "../../lib/plot/campus-figure";
import { consistentLessonsFigure } from "../../lib/plot/consistent-lessons-figure";
import { figureText } from "../../lib/plot/figure-text";
import { graduatesPeriodsFigure } from "../../lib/plot/graduates-periods-figure";
import { graduatesTopicsFigure } from "../../lib/plot/graduates-topics-figure";
import { leastReadFigure } from "../../lib/plot/least-read-figure";
import { namePanels } from "../../lib/plot/panels";
import { suspectsFigure } from "../../lib/plot/suspects-figure";
import { unusualLessonsFigure } from "../../lib/plot/unusual-lessons-figure";
import { days } from "../support/access-log";
import { graduatesLog } from "../support/graduates-log";

const EVIL = "<img src=x onerror=alert(1)>";
const float = (name: string, values: (number | null)[]) => pl.Series(name, values, pl.Float64);
const int = (name: string, values: number[]) => pl.Series(name, values, pl.Int64);

const consistent = pl.DataFrame([
  pl.Series("program", ["P", "P"]),
  int("rank", [1, 2]),
  pl.Series("lesson", ["a", EVIL]),
  float("lower_quartile_share", [0.2, 0.1]),
  float("median_share", [0.3, 0.2]),
]);
const byCohort = pl.DataFrame([
  pl.Series("program", ["P", "P", "P"]),
  pl.Series("cohort", ["One", "Two", EVIL]),
  pl.Series("lesson", ["a", "a", EVIL]),
  float("share", [0.25, 0.35, 0.2]),
]);
const pairs = pl.DataFrame([
  pl.Series("cohort", ["One", EVIL]),
  pl.Series("lesson", ["a", EVIL]),
  pl.Series("use", ["more than others", "less than others"]),
  float("ratio", [3, 0.5]),
  float("ratio_low", [2, 0.25]),
  float("ratio_high", [4, 0.75]),
]);
const suspected = pl.DataFrame([
  pl.Series("kind", ["copying", "copying", "outsider"]),
  pl.Series("what", ["user", "address", "user"]),
]);
const campus = pl.DataFrame([
  days("period", ["2020-03-02", "2020-03-09", "2020-03-16"]),
  float("campus_share", [0.7, 0.7, 0]),
]);
const title = "What was found";

type Trace = { name: string; x: (number | null)[]; y: unknown[] };
const traces = (figure: { data: unknown[] }) => figure.data as Trace[];

describe("figures of the board's questions", () => {
  it("draw a dot for each cohort, and mark the median and what three of four reach", () => {
    const figure = consistentLessonsFigure(consistent, byCohort, { title, program: "P" });
    const shown = traces(figure).map(({ x }) => x.map((value) => Math.round(Number(value))));
    // Shares in percent; whatever the order of traces, these three are there.
    expect(shown.map((values) => [...values].sort((a, b) => a - b))).toEqual(
      expect.arrayContaining([
        [20, 25, 35],
        [20, 30],
        [10, 20],
      ]),
    );
  });

  it("draw ratios with their intervals, more and less told apart", () => {
    const data = traces(unusualLessonsFigure(pairs, { title }));
    const xs = data.flatMap(({ x }) => x);
    for (const value of [3, 0.5, 2, 4, 0.25, 0.75]) expect(xs).toContain(value);
    expect(data.map(({ name }) => name).join()).toMatch(
      /more \(1\).*less \(1\)|less \(1\).*more \(1\)/,
    );
  });

  it("count suspects by kind, users and addresses apart", () => {
    const figure = suspectsFigure(suspected, { title });
    expect(figure.description).toContain("3 bars");
    expect(JSON.stringify(figure.data)).toContain("copying: addresses");
  });

  it("draw the share of requests from campus, and the day on which it changed", () => {
    const move = pl.DataFrame([
      days("moved", ["2020-03-16"]),
      float("share_before", [0.7]),
      float("share_after", [0]),
    ]);
    const figure = campusFigure(campus, { title, move });
    expect(traces(figure)[0]?.y).toEqual([0.7, 0.7, 0]);
    expect(figure.layout.shapes).toMatchObject([{ x0: "2020-03-16" }]);
  });

  it("lay panels below each other, names from the top, with the axis' words below the last only", () => {
    const layout = namePanels(
      [
        { heading: figureText(EVIL), labels: ["a", "b"] },
        { heading: "Q", labels: ["c"] },
      ],
      { rowHeight: 20, gapBelow: 40, x: { title: "pages", nticks: 5 } },
    ) as unknown as Record<string, unknown>;
    expect(layout.xaxis).toMatchObject({ nticks: 5, title: { text: "" } });
    expect(layout.xaxis2).toMatchObject({ nticks: 5, title: { text: "pages" } });
    expect(layout.yaxis).toMatchObject({ categoryarray: ["a", "b"], autorange: "reversed" });
    // 40 pixels for each panel and 40 between them, of 120 in all.
    expect(layout.yaxis).toMatchObject({ domain: [expect.closeTo(2 / 3), 1] });
    expect(layout.yaxis2).toMatchObject({ domain: [expect.closeTo(0), expect.closeTo(1 / 3)] });
    expect(JSON.stringify(layout.annotations)).toContain("<b>&lt;img");
  });

  it("are empty, and say so, where there is nothing to draw", () => {
    const least = leastReadLessons(graduatesLog().head(0));
    const empty = [
      consistentLessonsFigure(consistent.head(0), byCohort.head(0), { title, program: "P" }),
      unusualLessonsFigure(pairs.head(0), { title }),
      suspectsFigure(suspected.head(0), { title }),
      leastReadFigure(least, { title }),
    ];
    for (const { description } of empty) expect(description).toMatch(/^No /);
  });

  it("escape what a log may hold", () => {
    const figures = [
      consistentLessonsFigure(consistent, byCohort, { title, program: "P" }),
      unusualLessonsFigure(pairs, { title }),
    ];
    for (const figure of figures) expect(JSON.stringify(figure)).not.toContain("<img");
  });

  it("refuse options that mean nothing", () => {
    const some = graduatesLog();
    expect(() => leastReadFigure(leastReadLessons(some), { title, most: 0 })).toThrow(RangeError);
    expect(() => graduatesTopicsFigure(some, { title, topics: 0 })).toThrow(RangeError);
    expect(() => graduatesPeriodsFigure(some, { title, topics: 0.5 })).toThrow(RangeError);
  });
});
