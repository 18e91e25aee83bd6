import { expect, it } from "vitest";
import { hardlyActiveStudents } from "../../lib/explore/class-time/hardly-active-students";
import { leastReadLessons } from "../../lib/explore/least-read-lessons";
import { figureText } from "../../lib/plot/figure-text";
import { hardlyActiveFigure } from "../../lib/plot/hardly-active-figure";
import {
  consistentLessonsFigure,
  leastReadFigure,
  unusualLessonsFigure,
} from "../../lib/plot/lessons-figures";
import { namePanels } from "../../lib/plot/panels";
import { figureToSvg } from "../../lib/plot/static-image";
import { accessLog } from "../support/access-log";
import { graduatesLog } from "../support/graduates-log";
import { tableOf } from "../support/table-of";
import { type Parts, shown, traces } from "./parts";

const EVIL = "<img src=x onerror=alert(1)>";
const program = "P";
const title = "What was found";
const consistent = tableOf(
  "program rank lesson lower_quartile_share median_share",
  [program, 1, "a", 0.2, 0.3],
  [program, 2, EVIL, 0.1, 0.2],
);
const byCohort = tableOf(
  "program cohort lesson share",
  [program, "One", "a", 0.25],
  [program, "Two", "a", 0.35],
  [program, EVIL, EVIL, 0.2],
);
const pairs = tableOf(
  "cohort lesson use ratio ratio_low ratio_high",
  ["One", "a", "more than others", 3, 2, 4],
  [EVIL, EVIL, "less than others", 0.5, 0.25, 0.75],
  ["Two", "a", "not tested", 0, null, null],
);
const steady = consistentLessonsFigure(consistent, byCohort, { title, program });
const unusual = unusualLessonsFigure(pairs, { title });

it("consistent lessons have a dot for each cohort, its median, and what three of four reach", () => {
  expect(traces(steady).map(({ name, x }) => [name, x.map(Math.round)])).toEqual([
    ["a cohort", [25, 35, 20]],
    ["median", [30, 20]],
    ["three of four reach", [20, 10]],
  ]);
});

it("unusual lessons have ratios with their intervals, more and less told apart", () => {
  expect(shown(unusual).map(([name, x]) => [name, x])).toEqual([
    ["confidence interval", [2, 4, null, 0.25, 0.75, null]],
    ["more (1)", [3]],
    ["less (1)", [0.5]],
    ["not tested (1)", [0.01]],
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

it("figures escape what a log may hold, and say so where there is nothing to draw", () => {
  expect(JSON.stringify([steady, unusual])).not.toContain("<img");
  for (const { description } of [
    consistentLessonsFigure(consistent.head(0), byCohort.head(0), { title, program }),
    unusualLessonsFigure(pairs.head(0), { title }),
    leastReadFigure(leastReadLessons(graduatesLog().head(0)), { title }),
  ]) {
    expect(description).toMatch(/^No /);
  }
});

it("hardlyActiveFigure shows a mark per student by situation, above a line at the share", () => {
  const dates = { start_date: "2020-01-01", end_date: "2020-03-25" };
  const weeks = Array.from({ length: 12 }, (_, week) =>
    new Date(Date.UTC(2020, 0, 1 + 7 * week)).toISOString().slice(0, 10),
  );
  const readers = [weeks, weeks, weeks, weeks, ["2020-01-15"], ["2020-01-01", "2020-03-11"]];
  const requests = readers.flatMap((days, user) =>
    days.map((day) => {
      return { at: `${day} 12:00:00`, user_id: user + 1, cohort_id: 34, cohort: "B<b>", ...dates };
    }),
  );
  const students = hardlyActiveStudents(accessLog(requests), { share: 0.3 });
  const figure = hardlyActiveFigure(students, { title, share: 0.3 });
  expect(shown(figure)).toMatchObject([
    ["as others (4)", [11, 11, 11, 11], { length: 4 }],
    ["left early (1)", [2], [8.33]], // 1 of 12 pages
    ["hardly reads (1)", [10], { length: 1 }],
    ["30% of the median", [0, 11], [30, 30]],
  ]);
  expect(traces(figure)[1]!.text).toEqual(["user 5 of B&lt;b&gt;"]);
  expect(figure.description).toBe(
    "6 students by their last page in class and their pages as a share of the cohort's median; " +
      "below 30%: left early 1, hardly reads 1.",
  );
  const nobody = hardlyActiveFigure(students.head(0), { title });
  expect([nobody.data, nobody.description]).toEqual([[], "No students to show."]);
  for (const drawn of [figure, nobody]) expect(figureToSvg(drawn)).toContain(title);
});
