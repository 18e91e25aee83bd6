import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { hourlyPageViews } from "../../lib/explore/hourly-page-views";
import { accessLog, rowsOf, typesOf } from "../support/access-log";

it("counts page views by weekday and hour, and shows the quiet hours too", () => {
  const log = accessLog([
    { at: "2021-03-19 09:00:00" }, // a Friday
    { at: "2021-03-12 09:59:59" },
    { at: "2021-03-19 10:00:00", path: null },
    { at: "2021-03-21 23:30:00" }, // a Sunday
  ]);
  const hourly = hourlyPageViews(log);
  expect(hourly.height).toBe(168);
  expect(rowsOf(hourly).filter((row) => row[2] !== 0)).toEqual([
    [5, 9, 2],
    [7, 23, 1],
  ]);
  expect(typesOf(hourly)).toEqual(["weekday", "hour", "pages"].map((c) => `${c} DataType(Int64)`));
});

it("takes times that are null throughout in whatever type they come", () => {
  const log = accessLog([{ at: "2020-01-31 09:00:00" }]);
  const none = log.withColumns(pl.lit(null).cast(pl.Float64).alias("timestamp"));
  expect(hourlyPageViews(none).getColumn("pages").sum()).toBe(0);
});
