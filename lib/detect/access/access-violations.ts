import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { where } from "../../log/where";
import { requireOneOf } from "../../stats/require-option";
import { shutOffDay } from "./cross-program-shut-off";
import { dayNumber } from "./day-number";
import { pageCurricula } from "./page-curricula";
import { studentPages } from "./row-curricula";

/** The rules that `accessViolations` replays, in the order in which it gives them. */
export const ACCESS_RULES = ["no cohort", "before start", "after end", "other program"] as const;

/** One of the rules of access. */
export type AccessRule = (typeof ACCESS_RULES)[number];

export interface AccessViolationsOptions {
  /** Curricula of pages, as `pageCurricula` gives them; learned from the log where not given. */
  curricula?: pl.DataFrame;
  /**
   * First day on which the other program's curriculum should not open: a Date or ISO text. Where
   * not given, the day that `crossProgramShutOff` finds for either direction; where it finds
   * none, that rule is broken by nobody.
   */
  shutOff?: Date | string;
  /** Which rules count. A school that lets graduates read on leaves out `after end`. */
  rules?: readonly AccessRule[];
}

/**
 * Requests that should not have been possible, were access bound to cohort, dates and program:
 * the rules replayed over the log, line by line.
 *
 * - `no cohort`: the request has no `cohort_id`.
 * - `before start`: a student's, before the cohort's first day.
 * - `after end`: a student's, after the cohort's last day, which still is class.
 * - `other program`: a student's, for a page of the other program's curriculum, on `shutOff` or
 *   later.
 *
 * Staff break none but the first. Dates bind only where the end comes after the start: others
 * are not dates of a class.
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @returns one row per request and rule that it breaks, by time, place in the log and rule:
 *   `timestamp` (Datetime ms), `row` (Int64, place in the log that was given, from 0),
 *   `rule`, `user_id`, `cohort_id`, `cohort`, `path`, `ip` as in the log
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
  requireColumns(
    "accessViolations",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "start_date",
    "end_date",
    "program_id",
  );
  const rows = accessLog
    .select(
      pl.col("timestamp").cast(pl.Datetime("ms")),
      ...["date", "start_date", "end_date"].map((name) => pl.col(name).cast(pl.Date)),
      ...["user_id", "cohort_id"].map((name) => pl.col(name).cast(pl.Int64)),
      ...["cohort", "path", "ip"].map((name) => pl.col(name).cast(pl.String)),
    )
    .withRowIndex("row");
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
    .select(
      pl.col("timestamp"),
      pl.col("row").cast(pl.Int64),
      ...["rule", "user_id", "cohort_id", "cohort", "path", "ip"].map((name) => pl.col(name)),
    );
}
