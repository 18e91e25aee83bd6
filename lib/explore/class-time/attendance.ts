import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../../log/programs";
import { classTimes } from "../class-reading";

const [date, pages, other] = [pl.col("date"), pl.col("pages"), pl.col("other_cohort")];
const isBetween = (from: pl.Expr, to: pl.Expr) => date.gtEq(from).and(date.ltEq(to));
const isInClass = isBetween(pl.col("begin"), pl.col("end"));
const pagesWhere = (is: pl.Expr, name: string) => pages.filter(is).sum().alias(name);
const PAIR = ["user_id", "cohort_id"];

/**
 * What each user opened in, before and after the class of each cohort that their rows carry; near
 * are other rows within `silence` days of class. `days` are those of class with pages.
 */
export function attendance(log: pl.DataFrame, silence: number) {
  const all = log
    .dropNulls(["user_id", "date"])
    .groupBy([...PAIR, "date"])
    .agg(pl.col("path").count().cast(pl.Int64).alias("pages"))
    .withColumns(date.cast(pl.Int32));
  const cohorts = classTimes(log, log, pl.col("cohort").first());
  const own = all.join(cohorts.select("cohort_id", "begin", "end"), { on: "cohort_id" });
  const isRead = isInClass.and(pages.gt(pl.lit(0)));
  const readOn = date.filter(isRead);
  const students = own
    .groupBy(PAIR)
    .agg(
      date.min().alias("since"),
      pagesWhere(isInClass, "pages"),
      readOn.count().cast(pl.Int64).alias("active_days"),
      readOn.min().alias("first_read"),
      readOn.max().alias("last_read"),
      pagesWhere(date.lt(pl.col("begin")), "pages_before_class"),
      pagesWhere(date.gt(pl.col("end")), "pages_after_class"),
    )
    .join(cohorts, { on: "cohort_id" });
  return {
    students: students.join(elsewhere(students, all, silence), { on: PAIR, how: "left" }),
    days: own.filter(isRead).select(...PAIR, "date", "pages"),
  };
}

function elsewhere(students: pl.DataFrame, all: pl.DataFrame, silence: number): pl.DataFrame {
  const isNear = isBetween(
    pl.col("first_read").sub(pl.lit(silence)),
    pl.col("last_read").add(pl.lit(silence)),
  );
  const isStaff = other.eq(pl.lit(STAFF_COHORT_ID));
  const isAny = (condition: pl.Expr) => other.filter(condition).count().gt(pl.lit(0));
  return students
    .select(...PAIR, "begin", "end", "first_read", "last_read")
    .join(all.rename({ cohort_id: "other_cohort" }), { on: "user_id" })
    .filter(other.isNull().or(other.neq(pl.col("cohort_id"))))
    .groupBy(PAIR)
    .agg(
      pagesWhere(isInClass, "pages_elsewhere"),
      isAny(isNear.and(isStaff)).alias("is_staff_near"),
      isAny(isNear.and(isStaff.not())).alias("is_elsewhere_near"),
    );
}
