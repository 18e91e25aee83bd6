import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { type AccessRule, accessViolations } from "../../../lib/detect/access/access-violations";
import { violationsByUser } from "../../../lib/detect/access/violations-by-user";
import { accessLog, rowsOf } from "../../support/access-log";
import { DATA, NOBODY, STAFF, WEB } from "./two-programs";

const curricula = pl.DataFrame({
  path: ["java-i", "sql/joins"],
  curriculum: ["web development", "data science"],
});
const CLASS = { start_date: "2019-10-01", end_date: "2019-12-20" };
const log = accessLog([
  { ...WEB, ...CLASS, at: "2019-12-21 00:00:00", user_id: 1, path: "java-i" }, // after end
  { ...WEB, ...CLASS, at: "2019-12-20 23:59:59", user_id: 1, path: "java-i" }, // last day
  { ...WEB, ...CLASS, at: "2019-10-01 00:00:00", user_id: 1, path: "java-i" }, // first day
  { ...WEB, ...CLASS, at: "2019-09-30 23:59:59", user_id: 1, path: null }, // before start
  { ...NOBODY, at: "2019-11-01 09:00:00", user_id: 2, path: "sql/joins" }, // no cohort
  { ...DATA, ...CLASS, at: "2020-01-02 09:00:00", user_id: 3, path: "java-i" }, // both of two
  { ...DATA, ...CLASS, at: "2019-11-02 09:00:00", user_id: 3, path: "java-i" }, // still open
  {
    ...STAFF,
    start_date: "2014-02-04",
    end_date: "2014-02-04",
    at: "2020-01-03 09:00:00",
    user_id: 4,
    path: "sql/joins",
  },
  // Dates that are not dates; a placeholder; a cohort that the table lacks.
  {
    ...WEB,
    start_date: "2019-10-01",
    end_date: "2019-10-01",
    at: "2020-01-03 10:00:00",
    user_id: 5,
  },
  {
    ...WEB,
    start_date: "2018-01-01",
    end_date: "2029-03-01",
    at: "2020-01-03 11:00:00",
    user_id: 6,
  },
  { cohort_id: 99, at: "2020-01-03 12:00:00", user_id: 7 },
]);
const options = { curricula, shutOff: "2019-12-22" };

describe("accessViolations", () => {
  it("gives the lines that break a rule, by time, with their place in the log", () => {
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

  it("replays only the rules that are asked for", () => {
    const rules = (list: AccessRule[]) =>
      accessViolations(log, { ...options, rules: list })
        .getColumn("rule")
        .toArray();
    expect(rules(["no cohort"])).toEqual(["no cohort"]);
    expect(rules(["other program", "before start"])).toEqual(["before start", "other program"]);
    expect(rules([])).toEqual([]);
  });

  it("does not take the other curriculum for closed where no shut-off is found", () => {
    const found = accessViolations(log, { curricula, rules: ["other program"] });
    expect(found.height).toBe(0);
  });

  it("says what it needs", () => {
    expect(() => accessViolations(log, { rules: ["curfew" as AccessRule] })).toThrow(
      "one of no cohort, before start, after end, other program, got curfew",
    );
    expect(() => accessViolations(log, { shutOff: "2019" })).toThrow("shutOff to be a Date");
    expect(() => accessViolations(log.drop("ip"))).toThrow("accessViolations needs column ip");
  });
});

describe("violationsByUser", () => {
  it("counts who broke which rule, first and last", () => {
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
});
