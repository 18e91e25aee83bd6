import pl from "nodejs-polars";
import { typedColumns } from "../../log/typed-columns";
import { highest, rowCount } from "../expressions";

/**
 * What the rules of `lessonPaths` did with a log's paths.
 * @returns by `page_kind`, lessons first, then by page views: `paths`, `lessons`, `pages`, `share`
 *   (of all page views), `example` (the path with the most)
 * @throws {Error} if a column is missing or of another type
 */
export function lessonSummary(lessonPaths: pl.DataFrame): pl.DataFrame {
  const columns = ["path", "lesson", "page_kind", "pages"] as const;
  const paths = typedColumns("lessonSummary", lessonPaths, ...columns);
  const [pages, lesson] = [pl.col("pages"), pl.col("lesson")];
  return paths
    .sort([highest("pages"), pl.col("path")])
    .groupBy("page_kind")
    .agg(
      rowCount("paths"),
      lesson.filter(lesson.isNotNull()).nUnique().cast(pl.Int64).alias("lessons"),
      pages.sum(),
      pl.col("path").first().alias("example"),
    )
    .withColumns(pages.cast(pl.Float64).div(pages.sum()).alias("share"))
    .sort([pl.col("lessons").eq(pl.lit(0)), highest("pages"), pl.col("page_kind")])
    .select("page_kind", "paths", "lessons", "pages", "share", "example");
}
