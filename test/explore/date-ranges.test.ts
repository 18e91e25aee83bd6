import { expect, it } from "vitest";
import { dateRanges } from "../../lib/explore/date-ranges";
import { accessLog, rowsOf } from "../support/access-log";

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
