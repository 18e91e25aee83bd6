import { expect, it } from "vitest";
import { leastReadLessons } from "../../lib/explore/least-read-lessons";
import { frameOf } from "../../lib/log/frame-of";
import { suspectsFigure } from "../../lib/plot/bars-figures";
import { figureText } from "../../lib/plot/figure-text";
import {
  consistentLessonsFigure,
  leastReadFigure,
  unusualLessonsFigure,
} from "../../lib/plot/lessons-figures";
import { namePanels } from "../../lib/plot/panels";
import { graduatesLog } from "../support/graduates-log";
import { type Parts, traces } from "./parts";

const EVIL = "<img src=x onerror=alert(1)>";
const lesson = (rank: number, lesson: string, lower_quartile_share: number) => {
  const shares = { lower_quartile_share, median_share: lower_quartile_share + 0.1 };
  return { program: "P", rank, lesson, ...shares };
};
const consistent = frameOf(
  [lesson(1, "a", 0.2), lesson(2, EVIL, 0.1)],
  ...(["program", "rank", "lesson", "lower_quartile_share", "median_share"] as const),
);
const byCohort = frameOf(
  [
    { program: "P", cohort: "One", lesson: "a", share: 0.25 },
    { program: "P", cohort: "Two", lesson: "a", share: 0.35 },
    { program: "P", cohort: EVIL, lesson: EVIL, share: 0.2 },
  ],
  ...(["program", "cohort", "lesson", "share"] as const),
);
const more = { cohort: "One", lesson: "a", use: "more than others", ratio: 3 };
const less = { cohort: EVIL, lesson: EVIL, use: "less than others", ratio: 0.5 };
const pairs = frameOf(
  [
    { ...more, ratio_low: 2, ratio_high: 4 },
    { ...less, ratio_low: 0.25, ratio_high: 0.75 },
  ],
  ...(["cohort", "lesson", "use", "ratio", "ratio_low", "ratio_high"] as const),
);
const suspected = frameOf(
  [
    { kind: "copying", what: "user" },
    { kind: "copying", what: "address" },
    { kind: "outsider", what: "user" },
  ],
  ...(["kind", "what"] as const),
);
const title = "What was found";
const steady = consistentLessonsFigure(consistent, byCohort, { title, program: "P" });
const unusual = unusualLessonsFigure(pairs, { title });

it("consistent lessons have a dot for each cohort, its median, and what three of four reach", () => {
  const shown = traces(steady).map(({ name, x }) => [name, x.map(Math.round)]);
  expect(shown).toEqual([
    ["a cohort", [25, 35, 20]],
    ["median", [30, 20]],
    ["three of four reach", [20, 10]],
  ]);
});

it("unusual lessons have ratios with their intervals, more and less told apart", () => {
  const shown = traces(unusual).map(({ name, x }) => [name, x]);
  expect(shown).toEqual([
    ["95% interval", [2, 4, null, 0.25, 0.75, null]],
    ["more (1)", [3]],
    ["less (1)", [0.5]],
  ]);
});

it("panels lie below each other, names from the top, with the axis' words below the last only", () => {
  const panels = [
    { heading: figureText(EVIL), labels: ["a", "b"] },
    { heading: "Q", labels: ["c"] },
  ];
  const x = { title: "pages", nticks: 5 };
  const layout = namePanels(panels, { rowHeight: 20, gapBelow: 40, x });
  // 40 pixels for each panel and 40 between them, of 120 in all.
  expect(layout as Parts).toMatchObject({
    xaxis: { nticks: 5, title: { text: "" } },
    xaxis2: { nticks: 5, title: { text: "pages" } },
    yaxis: { categoryarray: ["a", "b"], domain: [expect.closeTo(2 / 3), 1] },
    yaxis2: { autorange: "reversed", domain: [expect.closeTo(0), expect.closeTo(1 / 3)] },
  });
  expect(layout.annotations[0]!.text).toContain("<b>&lt;img");
});

it("figures are empty, and say so, where there is nothing to draw", () => {
  const program = "P";
  const empty = [
    consistentLessonsFigure(consistent.head(0), byCohort.head(0), { title, program }),
    unusualLessonsFigure(pairs.head(0), { title }),
    suspectsFigure(suspected.head(0), { title }),
    leastReadFigure(leastReadLessons(graduatesLog().head(0)), { title }),
  ];
  for (const { description } of empty) expect(description).toMatch(/^No /);
});

it("figures escape what a log may hold", () => {
  expect(JSON.stringify([steady, unusual])).not.toContain("<img");
});
