import { expect, it } from "vitest";
import { pagesByMonthsAfterEnd } from "../../../lib/detect/access/pages-by-months-after-end";
import { monthsBetween } from "../../../lib/log/months-between";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { DATA, STAFF, WEB } from "./two-programs";

const epochDay = (day: string) => Date.parse(day) / 86_400_000;

// pandas 1.5.3: max(n for n in range(99) if pd.Timestamp(a) + pd.DateOffset(months=n) <= pd.Timestamp(b))
it.each([
  ["2020-01-31", "2020-02-28", 0],
  ["2020-01-31", "2020-02-29", 1],
  ["2020-01-31", "2020-03-30", 1],
  ["2020-01-31", "2020-03-31", 2],
  ["2020-02-29", "2020-03-29", 1],
  ["2020-02-29", "2021-02-27", 11],
  ["2020-02-29", "2021-02-28", 12],
  ["2019-11-15", "2020-01-14", 1],
  ["2019-11-15", "2020-01-15", 2],
  ["2019-11-15", "2019-11-15", 0],
])("monthsBetween from %s to %s are %i", (from, to, months) => {
  expect(monthsBetween(epochDay(from), epochDay(to))).toBe(months);
});

const bayes = { ...DATA, end_date: "2020-01-31" };
const curie = { ...DATA, cohort_id: 55, cohort: "Curie", end_date: "2020-03-10" };
const staff = { ...STAFF, end_date: "2014-02-04" };
const later = { ...WEB, end_date: "2029-03-01" };
const on = (day: string, user_id: number, of: Partial<Request>) => {
  return { at: `${day} 12:00:00`, user_id, ...of };
};

const log = accessLog([
  on("2020-01-31", 1, bayes), // the last day is still class
  on("2020-02-01", 1, bayes),
  on("2020-02-28", 2, bayes),
  on("2020-02-28", 2, bayes),
  on("2020-02-29", 2, bayes), // a month later
  on("2020-04-30", 1, bayes), // three
  on("2020-03-11", 3, curie),
  on("2020-03-12", 3, { ...curie, path: null }), // no page view
  on("2020-05-01", 4, staff),
  on("2020-05-01", 5, later),
  on("2020-05-01", 6, {}), // no cohort, no end
]);

it("pagesByMonthsAfterEnd counts page views, readers and cohorts per month and group, quiet months too", () => {
  const all = [
    [0, 4, 3, 2],
    [1, 1, 1, 2], // Curie's month 1 begins on April 10
    [2, 0, 0, 1],
    [3, 1, 1, 1],
  ];
  expect(rowsOf(pagesByMonthsAfterEnd(log, { by: null }))).toEqual(all);
  expect(rowsOf(pagesByMonthsAfterEnd(log))).toEqual(all.map((row) => ["Data Science", ...row]));
  expect(rowsOf(pagesByMonthsAfterEnd(log, { by: ["program", "cohort"] }))).toEqual([
    ["Data Science", "Bayes", 0, 3, 2, 1],
    ["Data Science", "Bayes", 1, 1, 1, 1],
    ["Data Science", "Bayes", 2, 0, 0, 1],
    ["Data Science", "Bayes", 3, 1, 1, 1],
    ["Data Science", "Curie", 0, 1, 1, 1],
  ]);
});

it("pagesByMonthsAfterEnd does not count a cohort in months before the log began", () => {
  const old = accessLog([on("2020-05-01", 1, bayes), on("2020-05-02", 3, curie)]);
  expect(rowsOf(pagesByMonthsAfterEnd(old))).toEqual([
    ["Data Science", 0, 0, 0, 0],
    ["Data Science", 1, 1, 1, 1],
    ["Data Science", 2, 0, 0, 0],
    ["Data Science", 3, 1, 1, 1],
  ]);
});
