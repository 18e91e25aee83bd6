import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { remembered } from "../log/remembered";
import { typedColumns } from "../log/typed-columns";
import { requireNumber, requireOneOf } from "../stats/require-option";
import { dayOf, different, onlyWhere, ratio, rowCount } from "./expressions";

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
  const log = typedColumns(caller, lessonPages, "date", "lesson", "topic", ...OF_STUDENTS);
  // Several questions ask for it, and all lessons of the log are counted.
  const { classes, reading } = remembered(lessonPages, log.columns, `reading of ${of}`, () => {
    const isRead = pl.col("user_id").isNotNull().and(pl.col(of).isNotNull());
    const inside = log.filter(isStudent().and(isInClass()).and(isRead));
    const topic = of === "topic" ? [] : [pl.col("topic").first()];
    return {
      classes: classTimes(
        inside,
        log,
        pl.col("cohort").first(),
        different("user_id").alias("users"),
        rowCount(),
      ),
      reading: inside
        .groupBy(["cohort_id", "user_id", of])
        .agg(pl.col("program").first(), rowCount(), ...topic),
    };
  });
  const isLarge = pl.col("users").gtEq(pl.lit(minStudents));
  const isSeen = pl.col("seen_share").gtEq(pl.lit(minCovered));
  return {
    classes: classes.withColumns(isLarge.and(isSeen).alias("counts")).sort("cohort_id"),
    reading,
    log,
  };
}

export const OF_STUDENTS = [
  ...(["user_id", "cohort_id", "cohort", "start_date", "end_date", "program"] as const),
] as const;

/** Rows with a cohort, other than Staff, and a program. */
export const isStudent = () =>
  pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID)).and(pl.col("program").isNotNull());

export function isInClass(): pl.Expr {
  const date = pl.col("date");
  return date.gtEq(pl.col("start_date")).and(date.ltEq(pl.col("end_date")));
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

/**
 * What the rows of each cohort say of its class, and how much of it lies within the log: `begin`
 * and `end` are null where the dates make no class, `seen_share` is 0 where none is seen.
 */
export function classTimes(
  rows: pl.DataFrame,
  log: pl.DataFrame,
  ...more: readonly pl.Expr[]
): pl.DataFrame {
  const days = log.getColumn("date").cast(pl.Int32);
  const [begin, end] = [dayOf("start_date"), dayOf("end_date")];
  const last = pl.minHorizontal([end, pl.lit(days.max())]);
  const seen = last.sub(pl.maxHorizontal([begin, pl.lit(days.min())])).add(1);
  const isClass = begin.ltEq(end);
  const isSeen = isClass.and(seen.gt(pl.lit(0)));
  const orNone = (is: pl.Expr, count: pl.Expr) =>
    onlyWhere(is, count).fillNull(pl.lit(0)).cast(pl.Int64);
  const facts = ["start_date", "end_date", "program"].map((name) => pl.col(name).first());
  return rows
    .lazy()
    .filter(pl.col("cohort_id").isNotNull())
    .groupBy("cohort_id")
    .agg(...facts, ...more)
    .collectSync()
    .withColumns(
      onlyWhere(isClass, begin).alias("begin"),
      onlyWhere(isClass, end).alias("end"),
      orNone(isClass, end.sub(begin).add(1)).alias("course_days"),
      orNone(isSeen, seen).alias("class_days"),
    )
    .withColumns(
      ratio("class_days", pl.maxHorizontal([pl.col("course_days"), pl.lit(1)])).alias("seen_share"),
    );
}
