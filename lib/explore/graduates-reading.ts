import pl from "nodejs-polars";
import { requireInteger } from "../stats/require-option";
import type { ReadingOf } from "./class-reading";
import { different, onlyWhere, ratio, rowCount } from "./expressions";
import { pagesOfGraduates } from "./pages-of-graduates";

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
