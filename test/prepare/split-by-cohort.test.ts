import { expect, it } from "vitest";
import { splitByCohort } from "../../lib/prepare/split-by-cohort";
import { accessLog } from "../support/access-log";

const log = accessLog([
  { at: "2020-01-01 10:00:00", path: "a", cohort_id: 8 },
  { at: "2020-01-01 10:00:01", path: "b" },
  { at: "2020-01-01 10:00:02", path: "c", cohort_id: 165 },
]);

it("sets rows without a cohort apart, and loses none", () => {
  const { withCohort, withoutCohort } = splitByCohort(log);
  expect(withCohort.getColumn("path").toArray()).toEqual(["a", "c"]);
  expect(withoutCohort.getColumn("path").toArray()).toEqual(["b"]);
});

it("gives empty halves where there is nothing to put in them", () => {
  const { withCohort, withoutCohort } = splitByCohort(log.head(0));
  expect([withCohort.height, withoutCohort.height]).toEqual([0, 0]);
  expect(withoutCohort.columns).toEqual(log.columns);
});

it("needs a column of cohorts", () => {
  expect(() => splitByCohort(log.drop("cohort_id"))).toThrow(
    "splitByCohort needs column cohort_id",
  );
});
