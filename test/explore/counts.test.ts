import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, dateRanges, hourlyPageViews, topPaths, valueCounts, where } from "../../lib";
import { accessLog, rowsOf } from "../support/access-log";

it("dateRanges tells from when to when each group was there, whatever the unit of time", () => {
  const log = accessLog([
    { at: "2020-01-02 10:00:00", cohort: "b" },
    { at: "2020-01-03 10:00:00", cohort: "a" },
    { at: "2020-01-01 09:00:00", cohort: "b" },
    { at: "2020-01-01 08:00:00" },
  ]).withColumns(pl.col("timestamp").cast(pl.Datetime("ns")));
  expect(rowsOf(dateRanges(log, "cohort"))).toEqual([
    ["a", 1, "2020-01-03 10:00:00", "2020-01-03 10:00:00"],
    ["b", 2, "2020-01-01 09:00:00", "2020-01-02 10:00:00"],
  ]);
});

it("hourlyPageViews counts page views by weekday and hour, and shows the quiet hours too", () => {
  const hourly = hourlyPageViews(
    accessLog([
      { at: "2021-03-19 09:00:00" }, // a Friday
      { at: "2021-03-12 09:59:59" },
      { at: "2021-03-19 10:00:00", path: null },
      { at: "2021-03-21 23:30:00" }, // a Sunday
    ]),
  );
  expect(hourly.height).toBe(168);
  expect(rowsOf(where(hourly, { pages: above(0) }))).toEqual([
    [5, 9, 2],
    [7, 23, 1],
  ]);
});

it("valueCounts counts the most frequent value first, equal counts by value", () => {
  const frame = pl.DataFrame({ cohort: ["b", "a", null, "c", "c", null, "a", null] });
  expect(rowsOf(valueCounts(frame, "cohort"))).toEqual([
    ["a", 2],
    ["c", 2],
    ["b", 1],
  ]);
  expect(rowsOf(valueCounts(frame, "cohort", { nulls: true }))[0]).toEqual([null, 3]);
  expect(rowsOf(valueCounts(pl.DataFrame({ len: ["x", "x"] }), "len"))).toEqual([["x", 2]]);
  expect(() => valueCounts(pl.DataFrame({ rows: [1] }), "rows")).toThrow("groups other than rows");
});

const read = (program: string | null, cohort: string | null, ...paths: (string | null)[]) =>
  paths.map((path) => ({ at: "2020-01-01 10:00:00", program, cohort, path }));
const requests = accessLog([
  ...read("java", "x", "toc", "toc", "/", null, null, null),
  ...read("java", "y", "/", "spring"),
  ...read("ds", "z", "b", "a", "b", "a", "c"),
  ...read(null, null, "secret", "secret", "secret"),
]);

it("topPaths finds each group's most requested path, of equals the first by name", () => {
  expect(rowsOf(topPaths(requests, { by: "program" }))).toEqual([
    ["ds", "a", 2],
    ["java", "/", 2],
  ]);
});

it("topPaths keeps n per group, fewer where there are fewer", () => {
  expect(rowsOf(topPaths(requests, { by: "cohort", n: 2 }))).toEqual([
    ["x", "toc", 2],
    ["x", "/", 1],
    ["y", "/", 1],
    ["y", "spring", 1],
    ["z", "a", 2],
    ["z", "b", 2],
  ]);
});

it("topPaths groups by several columns, or takes the log as one group", () => {
  expect(rowsOf(topPaths(requests, { by: ["program", "cohort"] }))).toEqual([
    ["ds", "z", "a", 2],
    ["java", "x", "toc", 2],
    ["java", "y", "/", 1],
  ]);
  expect(rowsOf(topPaths(requests, { by: null }))).toEqual([["secret", 3]]);
});
