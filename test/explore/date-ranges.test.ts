import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { dateRanges } from "../../lib/explore/date-ranges";
import { accessLog, rowsOf, typesOf } from "../support/access-log";

it("tells from when to when each group was there", () => {
  const log = accessLog([
    { at: "2020-01-02 10:00:00", cohort: "b" },
    { at: "2020-01-03 10:00:00", cohort: "a" },
    { at: "2020-01-01 09:00:00", cohort: "b" },
    { at: "2020-01-01 08:00:00" },
  ]);
  expect(rowsOf(dateRanges(log, "cohort"))).toEqual([
    ["a", 1, "2020-01-03 10:00:00", "2020-01-03 10:00:00"],
    ["b", 2, "2020-01-01 09:00:00", "2020-01-02 10:00:00"],
  ]);
});

it("gives times in milliseconds, whatever their unit is", () => {
  const log = accessLog([{ at: "2020-01-31 09:00:00" }]);
  const finer = log.withColumns(pl.col("timestamp").cast(pl.Datetime("ns")));
  expect(typesOf(dateRanges(finer, "user_id"))).toEqual(typesOf(dateRanges(log, "user_id")));
  expect(rowsOf(dateRanges(finer, "user_id"))).toEqual(rowsOf(dateRanges(log, "user_id")));
});
