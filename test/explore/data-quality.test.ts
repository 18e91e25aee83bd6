import { expect, it } from "vitest";
import { dataQuality } from "../../lib/explore/data-quality";
import { accessLog, rawCohorts, rowsOf } from "../support/access-log";

const cohorts = rawCohorts([
  [7, "Ike", "2020-01-10", "2020-02-01", 2],
  [8, "Joshua", "2020-01-10", "2020-12-01", 2],
  [9, "Empty", "2014-01-10", "2014-05-01", 2],
  [28, "Staff", "2014-02-04", "2014-02-04", 2],
  [136, "Placeholder", "2020-01-01", "2029-03-01", 2],
]);
const ike = { cohort_id: 7, cohort: "Ike", start_date: "2020-01-10", end_date: "2020-02-01" };
const twice = { at: "2020-01-11 09:00:00", user_id: 1, ...ike };
const log = accessLog([
  { at: "2020-01-09 09:00:00", user_id: 1, ...ike }, // before
  twice,
  twice,
  twice,
  { ...twice, path: "toc" },
  { at: "2020-01-12 09:00:00", user_id: 5 },
  { at: "2020-01-12 09:00:00", user_id: 5 },
  { at: "2020-01-12 09:00:00", user_id: 6, path: null },
  { at: "2020-01-20 09:00:00", user_id: 1, cohort_id: 8, cohort: "Joshua" },
  { at: "2020-02-02 09:00:00", user_id: 2, ...ike }, // after
  { at: "2020-02-03 09:00:00", user_id: 3, cohort_id: 99 },
  { at: "2020-02-04 09:00:00", user_id: 4, cohort_id: 28, cohort: "Staff", end_date: "2014-02-04" },
]);

const short = (frame: ReturnType<typeof dataQuality>) =>
  rowsOf(frame.select("check", "count", "unit", "which"));

it("dataQuality counts what is not what it seems, rows before users before cohorts", () => {
  const found = dataQuality(log, cohorts);
  const shares = found.getColumn("share").toArray();
  expect([shares[0], shares[8], shares[10]]).toEqual([1 / 12, 2 / 6, 2 / 5]); // of rows, users, cohorts
  expect(short(found)).toEqual([
    ["rows without a path", 1, "rows", null],
    ["rows without a cohort", 3, "rows", null],
    ["rows of a cohort that is not in the table", 1, "rows", null],
    ["exact repetitions of a row", 3, "rows", null],
    ["the same, with a cohort", 2, "rows", null],
    ["rows labelled Staff", 1, "rows", null],
    ["students' rows before their class began", 1, "rows", null],
    ["students' rows after their class ended", 1, "rows", null],
    ["users who never have a cohort", 2, "users", null],
    ["users of several cohorts", 1, "users", null],
    ["cohorts without rows", 2, "cohorts", "Empty, Placeholder"],
    ["cohorts with fewer rows than 100", 3, "cohorts", "Ike, Joshua, Staff"],
    ["cohorts that end on the day they start, or before", 1, "cohorts", "Staff"],
    ["cohorts that last longer than 365 days", 1, "cohorts", "Placeholder"],
    ["cohorts that end after the log", 2, "cohorts", "Joshua, Placeholder"],
    ["cohorts that share their Slack channel", 0, "cohorts", null],
  ]);
});

it("dataQuality names cohorts of one channel, and does without the column", () => {
  const renamed = rawCohorts([
    [1, "Bayes", "2020-01-01", "2020-02-01", 3],
    [2, "bayes", "2020-01-01", "2020-02-01", 3],
  ]);
  expect(short(dataQuality(log, renamed)).at(-1)).toEqual([
    ...["cohorts that share their Slack channel", 2, "cohorts", "Bayes, bayes"],
  ]);
  expect(short(dataQuality(log, renamed.drop("slack"))).at(-1)?.[1]).toBe(0);
});

it("dataQuality has shares of nothing as null", () => {
  const nothing = dataQuality(accessLog([]), cohorts.head(0));
  expect(new Set(nothing.getColumn("count").toArray())).toEqual(new Set([0]));
  expect(nothing.getColumn("share").nullCount()).toBe(nothing.height);
});
