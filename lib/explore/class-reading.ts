import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireNumber, requireOneOf } from "../log/require-option";
import { neededColumns } from "./needed-columns";

/** Which classes count. */
export interface ClassFloors {
  /** Students with pages in class that a class needs. */
  minStudents?: number;
  /** Part of a class's days that must lie within the log, 0 to 1. */
  minCovered?: number;
}

/** What is counted: single lessons, or the sections that they belong to. */
export type ReadingOf = "lesson" | "topic";

/** What students read in class. */
export interface ClassReading {
  /**
   * Classes with readers: `program`, `cohort_id`, `cohort`, `start_date`, `end_date`, `seen_share`,
   * `users`, `pages`, and `counts`, whether they are large enough and the log shows enough of them.
   */
  classes: pl.DataFrame;
  /** `program`, `cohort_id`, `user_id`, the lesson (or topic), `topic` and `pages`. */
  reading: pl.DataFrame;
  /** Every row, in class or not. */
  log: pl.DataFrame;
}

/** What students read from their cohort's first day to its last. Staff are left out. */
export function classReading(
  caller: string,
  lessonPages: pl.DataFrame,
  of: ReadingOf,
  { minStudents = 5, minCovered = 0.9 }: ClassFloors = {},
): ClassReading {
  requireOneOf(caller, { of }, ["lesson", "topic"]);
  requireNumber(caller, { minStudents }, { atLeast: 1 });
  requireNumber(caller, { minCovered }, { atLeast: 0, atMost: 1 });
  const log = neededColumns(caller, lessonPages, "date", "lesson", "topic", ...OF_STUDENTS);
  const inside = inClass(ofStudents(log)).dropNulls(["user_id", of]);
  const enough = pl
    .col("users")
    .gtEq(pl.lit(minStudents))
    .and(pl.col("seen_share").gtEq(pl.lit(minCovered)));
  return {
    classes: inside
      .groupBy("cohort_id")
      .agg(
        ...["program", "cohort", "start_date", "end_date"].map((name) => pl.col(name).first()),
        pl.col("user_id").nUnique().cast(pl.Int64).alias("users"),
        pl.len().cast(pl.Int64).alias("pages"),
      )
      .withColumns(seenShare(log).alias("seen_share"))
      .withColumns(enough.alias("counts"))
      .sort("cohort_id"),
    reading: inside
      .groupBy(["program", "cohort_id", "user_id", of])
      .agg(
        pl.len().cast(pl.Int64).alias("pages"),
        ...(of === "topic" ? [] : [pl.col("topic").first()]),
      ),
    log,
  };
}

/** What tells of a row whether it is a student's, and in class. */
export const OF_STUDENTS = [
  "user_id",
  "cohort_id",
  "cohort",
  "start_date",
  "end_date",
  "program",
] as const;

/** Rows with a cohort, other than Staff, and a program. */
export function ofStudents(rows: pl.DataFrame): pl.DataFrame {
  const isStudent = pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID));
  return rows.filter(isStudent.and(pl.col("program").isNotNull()));
}

/** Rows on days of class, from the cohort's first to its last. */
export function inClass(rows: pl.DataFrame): pl.DataFrame {
  const date = pl.col("date");
  return rows.filter(date.gtEq(pl.col("start_date")).and(date.ltEq(pl.col("end_date"))));
}

/** Part of a class's days that lie between a log's first day and its last. */
function seenShare(log: pl.DataFrame): pl.Expr {
  const [start, end] = ["start_date", "end_date"].map((name) => pl.col(name).cast(pl.Int32));
  const days = log.getColumn("date").cast(pl.Int32);
  const [first, last] = [days.min(), days.max()];
  const from = pl
    .when(start!.lt(pl.lit(first)))
    .then(pl.lit(first))
    .otherwise(start!);
  const to = pl
    .when(end!.gt(pl.lit(last)))
    .then(pl.lit(last))
    .otherwise(end!);
  return to.sub(from).add(1).cast(pl.Float64).div(end!.sub(start!).add(1));
}

/** The reading without pages that open a topic: those that are named as a topic with others below. */
export function withoutOpeningPages({ reading, log }: ClassReading): pl.DataFrame {
  if (!reading.columns.includes("lesson")) return reading;
  const pages = log.select("lesson", "topic").unique();
  const isOwn = pl.col("lesson").eq(pl.col("topic"));
  const below = pages.filter(isOwn.not()).select("topic").unique();
  const openers = pages.filter(isOwn).join(below, { on: "topic", how: "semi" });
  return reading.join(openers, { on: "lesson", how: "anti" });
}
