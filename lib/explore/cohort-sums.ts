import pl from "nodejs-polars";
import { atLeast, where } from "../log/where";
import { type ClassReading, isStudent, type ReadingOf, withoutOpeningPages } from "./class-reading";
import { dayOf, orZero, ratio, rowCount } from "./expressions";

/** Part of a lesson's share in another program below which it is that program's lesson. */
const OWN = 0.25;

/**
 * By program, lesson and class that had the lesson: `students`, `pages` of the lesson and `all`
 * pages, and `pages_squared`, `product` and `all_squared`, summed over students.
 */
export function cohortSums(
  found: ClassReading,
  { of, sections, minStudentPages }: { of: ReadingOf; sections: boolean; minStudentPages: number },
): pl.DataFrame {
  const { classes, reading } = found;
  const [pages, all] = ["pages", "all"].map((name) => pl.col(name).cast(pl.Float64));
  const students = reading
    .groupBy(["cohort_id", "user_id"])
    .agg(pl.col("pages").sum().alias("all"))
    .join(where(classes, { counts: true }).select("cohort_id"), { on: "cohort_id", how: "semi" });
  const comparable = where(students, { all: atLeast(minStudentPages) });
  const byClass = comparable
    .groupBy("cohort_id")
    .agg(rowCount("students"), all!.sum(), all!.mul(all).sum().alias("all_squared"));
  const byLesson = reading
    .join(comparable, { on: ["cohort_id", "user_id"] })
    .groupBy(["cohort_id", of])
    .agg(
      pl.col("pages").sum(),
      pages!.mul(pages).sum().alias("pages_squared"),
      pages!.mul(all).sum().alias("product"),
    );
  const own = ownLessons(sections ? reading : withoutOpeningPages(found), classes, of);
  return classesWithLesson(own, found, of)
    .join(classes.select("cohort_id", "cohort"), { on: "cohort_id" })
    .join(byClass, { on: "cohort_id" })
    .join(byLesson, { on: ["cohort_id", of], how: "left" })
    .withColumns(orZero("pages"), ...["pages_squared", "product"].map(orNothing))
    .sort(["program", of, "cohort_id"]);
}

const orNothing = (column: string) => pl.col(column).fillNull(pl.lit(0));

function ownLessons(reading: pl.DataFrame, classes: pl.DataFrame, of: string): pl.DataFrame {
  const all = classes.groupBy("program").agg(pl.col("pages").sum().alias("all"));
  return reading
    .groupBy(["program", of])
    .agg(pl.col("pages").sum())
    .join(all, { on: "program" })
    .withColumns(ratio("pages", "all").alias("share"))
    .filter(pl.col("share").gtEq(pl.col("share").max().over(of).mul(pl.lit(OWN))))
    .select("program", of);
}

/** Classes of which at least half lies in the time in which their program read a lesson. */
function classesWithLesson(own: pl.DataFrame, found: ClassReading, of: string): pl.DataFrame {
  const [start, end] = [dayOf("start_date"), dayOf("end_date")];
  const last = pl.minHorizontal([end, pl.col("to")]);
  const inside = last.sub(pl.maxHorizontal([start, pl.col("from")])).add(1);
  return own
    .join(readingPeriods(found, of), { on: ["program", of] })
    .join(found.classes.select("program", "cohort_id", "start_date", "end_date"), { on: "program" })
    .filter(inside.mul(pl.lit(2)).gtEq(end.sub(start).add(1)))
    .select("program", of, "cohort_id");
}

const MONTH = 30;
const OUTSIDE = 0.05;

/** When a program read a lesson, in months of 30 days from the first class on. */
function readingPeriods({ classes, log }: ClassReading, of: string): pl.DataFrame {
  const begin = classes.getColumn("start_date").cast(pl.Int32).min();
  const day = dayOf("date").sub(pl.lit(begin));
  const [month, sum, all] = [pl.col("month"), pl.col("sum"), pl.col("all")];
  const isFirst = sum.gt(all.mul(pl.lit(OUTSIDE)));
  const isLast = sum.gtEq(all.mul(pl.lit(1 - OUTSIDE)));
  const firstDay = (months: pl.Expr) => months.mul(pl.lit(MONTH)).add(pl.lit(begin)).cast(pl.Int32);
  return log
    .lazy()
    .filter(isStudent().and(pl.col(of).isNotNull()))
    .select("program", of, day.div(pl.lit(MONTH)).floor().alias("month"))
    .filter(month.gtEq(pl.lit(0)))
    .groupBy(["program", of, "month"])
    .agg(rowCount())
    .sort("month")
    .collectSync()
    .withColumns(
      pl.col("pages").cumSum().over("program", of).alias("sum"),
      pl.col("pages").sum().over("program", of).alias("all"),
    )
    .groupBy(["program", of])
    .agg(
      firstDay(month.filter(isFirst).min()).alias("from"),
      firstDay(month.filter(isLast).min().add(1)).sub(1).alias("to"),
    );
}
