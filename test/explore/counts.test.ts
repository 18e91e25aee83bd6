import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { dateRanges } from "../../lib/explore/date-ranges";
import { hourlyPageViews } from "../../lib/explore/hourly-page-views";
import { valueCounts } from "../../lib/explore/value-counts";
import { above, where } from "../../lib/log/where";
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
  expect(() => valueCounts(frame, "program")).toThrow("valueCounts needs column program");
  expect(() => valueCounts(pl.DataFrame({ rows: [1] }), "rows")).toThrow("groups other than rows");
});
