import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { typedColumns } from "../../log/typed-columns";
import { where } from "../../log/where";
import { requireOneOf } from "../../stats/require-option";
import { shutOffDay } from "./cross-program-shut-off";
import { dayNumber } from "./day-number";
import { pageCurricula } from "./page-curricula";
import { studentPages } from "./row-curricula";

export const ACCESS_RULES = ["no cohort", "before start", "after end", "other program"] as const;

export type AccessRule = (typeof ACCESS_RULES)[number];

export interface AccessViolationsOptions {
  curricula?: pl.DataFrame;
  /** First day without the other curriculum: a Date or ISO text; found where not given. */
  shutOff?: Date | string;
  /** Which rules count. A school that lets graduates read on leaves out `after end`. */
  rules?: readonly AccessRule[];
}

/**
 * Requests that break a rule of access: without a `cohort_id`; a student's before the cohort's
 * first day or after its last; a student's for a page of the other curriculum, on `shutOff` or
 * later (nobody's where no such day is found). Staff break only the first. Dates bind only where
 * the end comes after the start.
 * @returns one row per request and rule, by time, place and rule: `timestamp`, `row` (place in the
 *   log, from 0), `rule`, `user_id`, `cohort_id`, `cohort`, `path`, `ip`
 * @throws {RangeError} if a rule is not known, or `shutOff` is not a day
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * accessViolations(accessLog, { rules: ["no cohort", "before start"] });
 */
export function accessViolations(
  accessLog: pl.DataFrame,
  { curricula, shutOff, rules = ACCESS_RULES }: AccessViolationsOptions = {},
): pl.DataFrame {
  for (const rule of rules) requireOneOf("accessViolations", { rules: rule }, ACCESS_RULES);
  const given = shutOff === undefined ? null : dayNumber("accessViolations", "shutOff", shutOff);
  const ofUser = ["user_id", "cohort_id", "cohort", "path", "ip"] as const;
  const others = ["timestamp", "date", "start_date", "end_date", "program_id"] as const;
  const rows = typedColumns("accessViolations", accessLog, ...others, ...ofUser).withRowIndex(
    "row",
  );
  const date = pl.col("date");
  const inClass = pl
    .col("end_date")
    .gt(pl.col("start_date"))
    .and(pl.col("cohort_id").neq(STAFF_COHORT_ID));
  const broken: Record<AccessRule, () => pl.DataFrame> = {
    "no cohort": () => where(rows, { cohort_id: null }),
    "before start": () => rows.filter(inClass.and(date.lt(pl.col("start_date")))),
    "after end": () => rows.filter(inClass.and(date.gt(pl.col("end_date")))),
    "other program": () => {
      const pages = curricula ?? pageCurricula(accessLog);
      const crossed = where(studentPages("accessViolations", accessLog, pages, []), { cross: 1 });
      const from = given ?? shutOffDay(accessLog, pages) ?? Infinity;
      return rows.filter(date.cast(pl.Int32).gtEq(from)).join(crossed, { on: "row", how: "semi" });
    },
  };
  const found = ACCESS_RULES.filter((rule) => rules.includes(rule)).map((rule) =>
    broken[rule]().withColumns(pl.lit(rule).alias("rule")),
  );
  return pl
    .concat([rows.head(0).withColumns(pl.lit("").alias("rule")), ...found])
    .sort(["timestamp", "row", "rule"])
    .withColumns(pl.col("row").cast(pl.Int64))
    .select("timestamp", "row", "rule", ...ofUser);
}

/**
 * Who broke which rule of access, since when and how often: sums up `accessViolations`.
 * @returns one row per rule, user and cohort, by all three: `rule`, `user_id`, `cohort_id`,
 *   `cohort`, `first_violation`, `last_violation`, `rows`
 * @throws {Error} if a column is missing or of another type
 * @example
 * violationsByUser(accessViolations(accessLog));
 */
export function violationsByUser(violations: pl.DataFrame): pl.DataFrame {
  const keys = ["rule", "user_id", "cohort_id", "cohort"] as const;
  requireColumns("violationsByUser", violations, "timestamp", ...keys);
  return violations
    .groupBy(...keys)
    .agg(
      pl.col("timestamp").min().alias("first_violation"),
      pl.col("timestamp").max().alias("last_violation"),
      pl.len().cast(pl.Int64).alias("rows"),
    )
    .sort([...keys]);
}
