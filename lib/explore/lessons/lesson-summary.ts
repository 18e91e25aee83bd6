import pl from "nodejs-polars";
import { neededColumns } from "../needed-columns";

/**
 * What the rules of `lessonPaths` did with a log's paths: how many of each kind, and what part of
 * the page views they are.
 *
 * @param lessonPaths what `lessonPaths` gives
 * @returns one row per kind, kinds of lessons first and then by page views: `page_kind`, `paths`,
 *   `lessons` (different ones that those paths are; 0 of what is no lesson), `pages` (Int64),
 *   `share` (of all page views; Float64), `example` (the path of that kind with the most page
 *   views; String)
 * @throws {Error} if a column is missing or of another type
 */
export function lessonSummary(lessonPaths: pl.DataFrame): pl.DataFrame {
  const columns = ["path", "lesson", "page_kind", "pages"] as const;
  const paths = neededColumns("lessonSummary", lessonPaths, ...columns);
  const [pages, lesson] = [pl.col("pages"), pl.col("lesson")];
  return paths
    .sort([pages.mul(pl.lit(-1)), pl.col("path")])
    .groupBy("page_kind")
    .agg(
      pl.len().cast(pl.Int64).alias("paths"),
      lesson.filter(lesson.isNotNull()).nUnique().cast(pl.Int64).alias("lessons"),
      pages.sum(),
      pl.col("path").first().alias("example"),
    )
    .withColumns(pages.cast(pl.Float64).div(pages.sum()).alias("share"))
    .sort([pl.col("lessons").eq(pl.lit(0)), pages.mul(pl.lit(-1)), pl.col("page_kind")])
    .select("page_kind", "paths", "lessons", "pages", "share", "example");
}
