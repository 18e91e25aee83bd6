import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { above, where } from "../log/where";

export interface Check {
  check: string;
  count: number;
  unit: "rows" | "users" | "cohorts";
  which?: string | null;
  meaning: string;
}

export const REPEATED_ROWS = "exact repetitions of a row";
export const ROWS_WITHOUT_COHORT = "rows without a cohort";

export function rowChecks(log: pl.DataFrame): Check[] {
  const [path, id, cohort] = ["path", "cohort_id", "cohort"].map((name) => pl.col(name));
  const [date, start, end] = ["date", "start_date", "end_date"].map((name) => pl.col(name));
  const isStudent = id!.neq(pl.lit(STAFF_COHORT_ID));
  const conditions = {
    path: path!.isNull(),
    cohort: id!.isNull(),
    unknown: id!.isNotNull().and(cohort!.isNull()),
    staff: id!.eq(pl.lit(STAFF_COHORT_ID)),
    before: isStudent.and(date!.lt(start!)),
    after: isStudent.and(date!.gt(end!)),
  };
  const counts = log
    .select(...Object.entries(conditions).map(([name, is]) => is.cast(pl.Int64).sum().alias(name)))
    .toRecords()[0] as Record<keyof typeof conditions, number | null>;
  const repeated = repetitions(log);
  const found: [check: string, count: number | null, meaning: string][] = [
    ["rows without a path", counts.path, "no page view: left out wherever pages are counted"],
    [
      ROWS_WITHOUT_COHORT,
      counts.cohort,
      "nobody's class: an inner join with the cohorts table drops them without a word",
    ],
    [
      "rows of a cohort that is not in the table",
      counts.unknown,
      "an id without name, dates and program",
    ],
    [
      REPEATED_ROWS,
      repeated.all,
      "second and further copies of a row, to the second: a double click, or a row logged twice",
    ],
    [
      "the same, with a cohort",
      repeated.withCohort,
      "as above, in the part that an inner join keeps",
    ],
    ["rows labelled Staff", counts.staff, "not students: teachers read everything, every year"],
    [
      "students' rows before their class began",
      counts.before,
      "preparation, an earlier class, or a cohort that was given later",
    ],
    [
      "students' rows after their class ended",
      counts.after,
      "graduates: to be left out wherever reading in class is compared",
    ],
  ];
  return found.map(([check, count, meaning]) => ({
    ...{ check, count: count ?? 0, unit: "rows", meaning },
  }));
}

/**
 * Copies of rows beyond the first. Only rows of one second can be the same, and few share theirs.
 */
function repetitions(log: pl.DataFrame): { all: number; withCohort: number } {
  const time = pl.col("timestamp");
  const together = log
    .select("timestamp", "path", "user_id", "cohort_id", "ip")
    .filter(time.isNotNull().and(time.isDuplicated()));
  const different = together.unique();
  const without = (frame: pl.DataFrame) => frame.getColumn("cohort_id").nullCount();
  const all = together.height - different.height;
  return { all, withCohort: all - (without(together) - without(different)) };
}

export function userChecks(log: pl.DataFrame): Check[] {
  const cohorts = log
    .select("user_id", "cohort_id")
    .unique()
    .dropNulls("user_id")
    .groupBy("user_id")
    .agg(pl.col("cohort_id").count().alias("cohorts"));
  const check = (name: string, found: pl.DataFrame, meaning: string): Check => ({
    ...{ check: name, count: found.height, unit: "users", meaning },
  });
  return [
    check(
      "users who never have a cohort",
      where(cohorts, { cohorts: 0 }),
      "outsiders, or students whose class was never entered",
    ),
    check(
      "users of several cohorts",
      where(cohorts, { cohorts: above(1) }),
      "who moved to another class: each row has the class of its day; count them once",
    ),
  ];
}
