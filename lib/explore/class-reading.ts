import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireNumber, requireOneOf } from "../stats/require-option";
import { dayOf, different, ratio, rowCount } from "./expressions";
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
  const isLarge = pl.col("users").gtEq(pl.lit(minStudents));
  const isSeen = pl.col("seen_share").gtEq(pl.lit(minCovered));
  return {
    classes: inside
      .groupBy("cohort_id")
      .agg(
        ...["program", "cohort", "start_date", "end_date"].map((name) => pl.col(name).first()),
        different("user_id").alias("users"),
        rowCount(),
      )
      .withColumns(seenShare(log).alias("seen_share"))
      .withColumns(isLarge.and(isSeen).alias("counts"))
      .sort("cohort_id"),
    reading: inside
      .groupBy(["program", "cohort_id", "user_id", of])
      .agg(rowCount(), ...(of === "topic" ? [] : [pl.col("topic").first()])),
    log,
  };
}

/** What tells of a row whether it is a student's, and in class. */
export const OF_STUDENTS = [
  ...(["user_id", "cohort_id", "cohort", "start_date", "end_date", "program"] as const),
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
  const days = log.getColumn("date").cast(pl.Int32);
  const [start, end] = [dayOf("start_date"), dayOf("end_date")];
  const from = pl.maxHorizontal([start, pl.lit(days.min())]);
  const to = pl.minHorizontal([end, pl.lit(days.max())]);
  return ratio(to.sub(from).add(1), end.sub(start).add(1));
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
