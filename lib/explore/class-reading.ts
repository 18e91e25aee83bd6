import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireNumber, requireOneOf } from "../stats/require-option";
import { classTimes } from "./class-times";
import { different, rowCount } from "./expressions";
import { neededColumns } from "./needed-columns";

export interface ClassFloors {
  minStudents?: number;
  /** Least part of a class that must lie within the log. */
  minCovered?: number;
}

export type ReadingOf = "lesson" | "topic";

export interface ClassReading {
  /** With `seen_share`, and `counts`: large enough, and enough of them in the log. */
  classes: pl.DataFrame;
  reading: pl.DataFrame;
  log: pl.DataFrame;
}

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
      .agg(different("user_id").alias("users"), rowCount())
      .join(classTimes(inside, log, "cohort", "program"), { on: "cohort_id" })
      .withColumns(isLarge.and(isSeen).alias("counts"))
      .sort("cohort_id"),
    reading: inside
      .groupBy(["program", "cohort_id", "user_id", of])
      .agg(rowCount(), ...(of === "topic" ? [] : [pl.col("topic").first()])),
    log,
  };
}

export const OF_STUDENTS = [
  ...(["user_id", "cohort_id", "cohort", "start_date", "end_date", "program"] as const),
] as const;

/** Rows with a cohort, other than Staff, and a program. */
export function ofStudents(rows: pl.DataFrame): pl.DataFrame {
  const isStudent = pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID));
  return rows.filter(isStudent.and(pl.col("program").isNotNull()));
}

export function inClass(rows: pl.DataFrame): pl.DataFrame {
  const date = pl.col("date");
  return rows.filter(date.gtEq(pl.col("start_date")).and(date.ltEq(pl.col("end_date"))));
}

/** Leaves out pages that open a topic: those named as a topic with others below. */
export function withoutOpeningPages({ reading, log }: ClassReading): pl.DataFrame {
  if (!reading.columns.includes("lesson")) return reading;
  const pages = log.select("lesson", "topic").unique();
  const isOwn = pl.col("lesson").eq(pl.col("topic"));
  const below = pages.filter(isOwn.not()).select("topic").unique();
  const openers = pages.filter(isOwn).join(below, { on: "topic", how: "semi" });
  return reading.join(openers, { on: "lesson", how: "anti" });
}
