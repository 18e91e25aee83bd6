import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { STAFF_COHORT_ID } from "../../log/programs";

/** What each user opened in, before and after the class of each cohort that their rows carry. */
export interface Attendance {
  /**
   * A row per user and cohort: what is known of the cohort, `pages`, `active_days`, `first_read` and
   * `last_read` in class, `pages_before_class`, `pages_after_class`, `pages_elsewhere` (during class,
   * under another cohort or none), `since` (day of the first row), and whether rows of the user carry
   * Staff or another cohort near their time in class: `is_staff_near`, `is_elsewhere_near`.
   */
  students: pl.DataFrame;
  /** `user_id`, `cohort_id`, `date` and `pages` of each student's days in class with any. */
  days: pl.DataFrame;
}

const [date, pages, other] = [pl.col("date"), pl.col("pages"), pl.col("other_cohort")];
const isBetween = (from: pl.Expr, to: pl.Expr) => date.gtEq(from).and(date.ltEq(to));
const PAIR = ["user_id", "cohort_id"];

/** @param silence days around a student's time in class in which another cohort is near */
export function attendance(log: pl.DataFrame, silence: number): Attendance {
  const all = log
    .dropNulls(["user_id", "date"])
    .groupBy([...PAIR, "date"])
    .agg(pl.col("path").count().cast(pl.Int64).alias("pages"))
    .withColumns(date.cast(pl.Int32));
  const cohorts = cohortsOf(log);
  const own = all.join(cohorts.select("cohort_id", "begin", "end"), { on: "cohort_id" });
  const isInClass = isBetween(pl.col("begin"), pl.col("end"));
  const isRead = isInClass.and(pages.gt(pl.lit(0)));
  const readOn = date.filter(isRead);
  const students = own
    .groupBy(PAIR)
    .agg(
      date.min().alias("since"),
      pages.filter(isInClass).sum(),
      readOn.count().cast(pl.Int64).alias("active_days"),
      readOn.min().alias("first_read"),
      readOn.max().alias("last_read"),
      pages
        .filter(date.lt(pl.col("begin")))
        .sum()
        .alias("pages_before_class"),
      pages
        .filter(date.gt(pl.col("end")))
        .sum()
        .alias("pages_after_class"),
    )
    .join(cohorts, { on: "cohort_id" });
  return {
    students: students.join(elsewhere(students, all, silence), { on: PAIR, how: "left" }),
    days: own.filter(isRead).select(...PAIR, "date", "pages"),
  };
}

/** What rows of the same users under another cohort, or none, say. */
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
      pages
        .filter(isBetween(pl.col("begin"), pl.col("end")))
        .sum()
        .alias("pages_elsewhere"),
      isAny(isNear.and(isStaff)).alias("is_staff_near"),
      isAny(isNear.and(isStaff.not())).alias("is_elsewhere_near"),
    );
}

/**
 * What the log says of each cohort: its columns, `course_days` (of class), `class_days` (of these, within
 * the log), `seen_share`, and `begin` and `end` of class, null where it has no day.
 */
function cohortsOf(log: pl.DataFrame): pl.DataFrame {
  const days = log.getColumn("date").cast(pl.Int32);
  const [first, last] = [Number(days.min()), Number(days.max())];
  const cohorts = log
    .dropNulls("cohort_id")
    .groupBy("cohort_id")
    .agg(
      pl.col("cohort").first(),
      pl.col("program").first(),
      pl.col("start_date").first().cast(pl.Int32),
      pl.col("end_date").first().cast(pl.Int32),
    )
    .toRecords() as Row[];
  const rows = cohorts.map((cohort) => {
    const { start_date: start, end_date: end } = cohort;
    const isClass = start !== null && end !== null && start <= end;
    if (!isClass) return { ...cohort, course_days: 0, class_days: 0, seen_share: 0 };
    const course_days = end - start + 1;
    const class_days = Math.max(0, Math.min(end, last) - Math.max(start, first) + 1);
    return {
      ...cohort,
      begin: start,
      end,
      course_days,
      class_days,
      seen_share: class_days / course_days,
    };
  });
  return frameOf(
    rows,
    ...(["cohort_id", "cohort", "program", "start_date", "end_date", "class_days"] as const),
    "seen_share",
    { course_days: pl.Int64, begin: pl.Int32, end: pl.Int32 },
  );
}
