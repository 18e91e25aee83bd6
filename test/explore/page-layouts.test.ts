import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { layoutPeriods, pageLayouts, splitLessons } from "../../lib";
import { layoutOfPath } from "../../lib/explore/page-layouts";
import { accessLog, rowsOf } from "../support/access-log";

it.each([
  ["content/html-css/introduction.html", "content folder"],
  ["6-regression/1-overview", "numbered sections"],
  ["4.6.3_introduction_to_pandas", "numbered names"],
  ["1._Fundamentals", "numbered names"],
  ["3.0-mysql-overview", "numbered names"],
  ["javascript-i/functions", "plain names"],
  ["/", "plain names"],
  ["contents", "plain names"],
  ["404", "plain names"],
])("%s is of the layout with a %s", (path, layout) => {
  expect(layoutOfPath(path)).toBe(layout);
});

const log = accessLog([
  { at: "2020-01-31 09:00:00", path: "content/a" },
  { at: "2020-01-31 09:00:01", path: "a" },
  { at: "2020-03-01 09:00:00", path: "a" },
  { at: "2020-03-01 09:00:00", path: null },
  { at: "2020-03-02 09:00:00", path: "b" },
]);

it("pageLayouts counts pages by month and layout, months without any too", () => {
  expect(rowsOf(pageLayouts(log))).toEqual([
    ["2020-01-01", "content folder", 1, 0.5],
    ["2020-01-01", "plain names", 1, 0.5],
    ["2020-02-01", "content folder", 0, null],
    ["2020-02-01", "plain names", 0, null],
    ["2020-03-01", "content folder", 0, 0],
    ["2020-03-01", "plain names", 2, 1],
  ]);
});

it("layoutPeriods gives the days between which the middle of a layout's pages was read", () => {
  // A page a day for twenty days: one lies outside at either end.
  const twenty = accessLog(
    Array.from({ length: 20 }, (_, i) => ({ at: `2020-01-${i + 10} 09:00:00`, path: "a" })),
  );
  expect(rowsOf(layoutPeriods(twenty))).toEqual([
    ["plain names", 20, 1, "2020-01-11", "2020-01-28"],
  ]);
  expect(rowsOf(layoutPeriods(twenty, { middle: 1 }))).toEqual([
    ["plain names", 20, 1, "2020-01-10", "2020-01-29"],
  ]);
  expect(rowsOf(layoutPeriods(log))).toEqual([
    ["content folder", 1, 0.25, "2020-01-31", "2020-01-31"],
    ["plain names", 3, 0.75, "2020-01-31", "2020-03-02"],
  ]);
});

it("splitLessons lists lessons under several paths, most read first", () => {
  const lessons = pl.DataFrame({
    path: ["a", "a", "a", "content/a", "1-s/b", "1_b", "b", "b", "c", "d.html", "d", "e/", "e"],
    lesson: ["a", "a", "a", "a", "b", "b", "b", "b", "c", "d", "d", "e", "e"],
  });
  expect(rowsOf(splitLessons(lessons))).toEqual([
    ["a", 2, 2, 4, 0.75],
    ["b", 3, 3, 4, 0.5],
    ["d", 2, 1, 2, 0.5],
    ["e", 2, 1, 2, 0.5],
  ]);
});
