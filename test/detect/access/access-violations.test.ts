import pl from "nodejs-polars";
import { expect, it } from "vitest";
import {
  type AccessRule,
  accessViolations,
  violationsByUser,
} from "../../../lib/detect/access/access-violations";
import { accessLog, rowsOf } from "../../support/access-log";
import { curricula, DATA, NOBODY, STAFF, WEB } from "./two-programs";

const dates = (start_date: string, end_date: string) => ({ start_date, end_date });
const CLASS = dates("2019-10-01", "2019-12-20");
const log = accessLog([
  { ...WEB, ...CLASS, at: "2019-12-21 00:00:00", user_id: 1, path: "java-i" }, // after end
  { ...WEB, ...CLASS, at: "2019-12-20 23:59:59", user_id: 1, path: "java-i" }, // last day
  { ...WEB, ...CLASS, at: "2019-10-01 00:00:00", user_id: 1, path: "java-i" }, // first day
  { ...WEB, ...CLASS, at: "2019-09-30 23:59:59", user_id: 1, path: null }, // before start
  { ...NOBODY, at: "2019-11-01 09:00:00", user_id: 2, path: "sql/joins" }, // no cohort
  { ...DATA, ...CLASS, at: "2020-01-02 09:00:00", user_id: 3, path: "java-i" }, // both of two
  { ...DATA, ...CLASS, at: "2019-11-02 09:00:00", user_id: 3, path: "java-i" }, // still open
  { ...STAFF, ...dates("2014-02-04", "2014-02-04"), at: "2020-01-03 09:00:00", path: "sql/joins" },
  // Dates that are not dates; a placeholder; a cohort that the table lacks.
  { ...WEB, ...dates("2019-10-01", "2019-10-01"), at: "2020-01-03 10:00:00", user_id: 5 },
  { ...WEB, ...dates("2018-01-01", "2029-03-01"), at: "2020-01-03 11:00:00", user_id: 6 },
  { cohort_id: 99, at: "2020-01-03 12:00:00", user_id: 7 },
]);
const options = { curricula, shutOff: "2019-12-22" };

it("accessViolations gives the lines that break a rule, by time, with their place in the log", () => {
  const found = accessViolations(log, options);
  expect(rowsOf(found.select("timestamp", "row", "rule", "user_id", "path"))).toEqual([
    ["2019-09-30 23:59:59", 3, "before start", 1, null],
    ["2019-11-01 09:00:00", 4, "no cohort", 2, "sql/joins"],
    ["2019-12-21 00:00:00", 0, "after end", 1, "java-i"],
    ["2020-01-02 09:00:00", 5, "after end", 3, "java-i"],
    ["2020-01-02 09:00:00", 5, "other program", 3, "java-i"],
  ]);
  for (const { row, path } of found.toRecords()) {
    expect(log.getColumn("path").get(Number(row))).toBe(path);
  }
});

it("accessViolations replays only the rules that are asked for", () => {
  const rules = (list: AccessRule[]) =>
    accessViolations(log, { ...options, rules: list })
      .getColumn("rule")
      .toArray();
  expect(rules(["no cohort"])).toEqual(["no cohort"]);
  expect(rules(["other program", "before start"])).toEqual(["before start", "other program"]);
  expect(rules([])).toEqual([]);
});

it("accessViolations does not take the other curriculum for closed where no shut-off is found", () => {
  const found = accessViolations(log, { curricula, rules: ["other program"] });
  expect(found.height).toBe(0);
});

it("violationsByUser counts who broke which rule, first and last", () => {
  const again = pl.concat([
    log,
    accessLog([{ ...WEB, ...CLASS, at: "2020-02-01 08:00:00", user_id: 1, path: "java-i" }]),
  ]);
  const violations = accessViolations(again, options);
  const found = violationsByUser(violations);
  expect(rowsOf(found)).toEqual([
    ["after end", 1, 22, "Teddy", "2019-12-21 00:00:00", "2020-02-01 08:00:00", 2],
    ["after end", 3, 34, "Bayes", "2020-01-02 09:00:00", "2020-01-02 09:00:00", 1],
    ["before start", 1, 22, "Teddy", "2019-09-30 23:59:59", "2019-09-30 23:59:59", 1],
    ["no cohort", 2, null, null, "2019-11-01 09:00:00", "2019-11-01 09:00:00", 1],
    ["other program", 3, 34, "Bayes", "2020-01-02 09:00:00", "2020-01-02 09:00:00", 1],
  ]);
});
