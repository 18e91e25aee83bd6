import pl from "nodejs-polars";
import { monthsBetween } from "../log/months-between";
import { int32 } from "../log/typed-arrays";
import { typedColumns } from "../log/typed-columns";
import { requireInteger, requireOneOf } from "../stats/require-option";
import { isInClass, isStudent, type ReadingOf } from "./class-reading";
import { dayOf, different, onlyWhere, ratio, rowCount } from "./expressions";

export interface GraduatesReadingOptions {
  by?: ReadingOf;
  /** Months after the end from which graduates are taken to be in their jobs. */
  jobMonths?: number;
}

/**
 * What graduates come back for: pages after the last day of the cohort they were logged under, and
 * whether that is more than in class. Staff, cohorts that end after the log and rows without a
 * cohort or a program are left out.
 * @param lessons what `lessonPages` gives
 * @returns one row per `program` and `topic` (or `lesson`), by both: `pages`, `users`, `graduates`
 *   (who opened any lesson), `graduates_share`, `share` (of the program's pages after the end),
 *   `share_in_class` (null for a program without pages in class), `lift`, `median_months` (of 30.4
 *   days), `late_pages` (from `jobMonths` on), `late_share`, `largest_reader_share`
 * @throws if an option is out of range, or a column is missing or of another type
 * @example
 * graduatesReading(lessonPages(accessLog), { by: "lesson" });
 */
export function graduatesReading(
  lessons: pl.DataFrame,
  { by = "topic", jobMonths = 6 }: GraduatesReadingOptions = {},
): pl.DataFrame {
  requireInteger("graduatesReading", { jobMonths });
  const { after, inClass } = pagesOfGraduates("graduatesReading", lessons, by);
  const keys = ["program", by];
  const [pages, inClassPages] = [pl.col("pages"), pl.col("in_class")];
  const byReader = after
    .groupBy([...keys, "user_id"])
    .agg(rowCount())
    .groupBy(keys)
    .agg(pages.sum(), rowCount("users"), pages.max().alias("most"));
  const months = pl.col("days_after_end").div(pl.lit(365.25 / 12));
  const isLate = pl.col("months_after_end").gtEq(pl.lit(jobMonths));
  const times = after
    .groupBy(keys)
    .agg(months.median().alias("median_months"), isLate.cast(pl.Int64).sum().alias("late_pages"));
  const graduates = after.groupBy("program").agg(different("user_id").alias("graduates"));
  const all = inClass.groupBy("program").agg(pages.sum().alias("all_in_class"));
  const isRead = pl.col("share_in_class").gt(pl.lit(0));
  return byReader
    .join(times, { on: keys })
    .join(graduates, { on: "program" })
    .join(all, { on: "program", how: "left" })
    .join(inClass.rename({ pages: "in_class" }), { on: keys, how: "left" })
    .withColumns(
      ratio("users", "graduates").alias("graduates_share"),
      ratio(pages, pages.sum().over("program")).alias("share"),
      // Null where the program has no class in the log, 0 where only this topic has none.
      ratio(inClassPages.fillNull(pl.lit(0)), "all_in_class").alias("share_in_class"),
      ratio("late_pages", "pages").alias("late_share"),
      ratio("most", "pages").alias("largest_reader_share"),
    )
    .withColumns(onlyWhere(isRead, ratio("share", "share_in_class")).alias("lift"))
    .select(
      ...[...keys, "pages", "users", "graduates", "graduates_share", "share", "share_in_class"],
      ...["lift", "median_months", "late_pages", "late_share", "largest_reader_share"],
    )
    .sort(keys);
}

/** Pages of students whose cohort ended before the log did, in class and after it, by its dates. */
export function pagesOfGraduates(caller: string, lessons: pl.DataFrame, by: ReadingOf) {
  requireOneOf(caller, { by }, ["topic", "lesson"]);
  const dates = ["date", "start_date", "end_date"] as const;
  const log = typedColumns(caller, lessons, ...dates, by, "user_id", "cohort_id", "program");
  const days = log.getColumn("date").cast(pl.Int32);
  const [firstDay, lastDay] = [Number(days.min() ?? 0), Number(days.max() ?? 0)];
  const [date, end] = [pl.col("date"), pl.col("end_date")];
  const rows = log.filter(isStudent().and(end.cast(pl.Int32).lt(pl.lit(lastDay))));
  const isRead = pl.col(by).isNotNull();
  return {
    after: withMonths(
      rows.filter(date.gt(end).and(isRead).and(pl.col("user_id").isNotNull())),
    ).select(...["program", by, "user_id", "days_after_end", "months_after_end"]),
    inClass: rows.filter(isInClass().and(isRead)).groupBy(["program", by]).agg(rowCount()),
    cohorts: rows.select("cohort_id", "program", "end_date").unique({ subset: ["cohort_id"] }),
    firstDay,
    lastDay,
  };
}

function withMonths(after: pl.DataFrame): pl.DataFrame {
  const pairs = after.select("end_date", "date").unique();
  const [ends, days] = [int32(pairs, "end_date"), int32(pairs, "date")];
  const months = ends.map((end, i) => monthsBetween(end, days[i]!));
  const counted = pairs.withColumns(
    dayOf("date").sub(dayOf("end_date")).alias("days_after_end"),
    pl.Series("months_after_end", months),
  );
  return after.join(counted, { on: ["end_date", "date"] });
}
