import pl from "nodejs-polars";
import { typedColumns } from "../log/typed-columns";
import { above, where } from "../log/where";
import { different, highest, rowCount } from "./expressions";
import { layoutOfPath } from "./page-layouts";

/**
 * Lessons that lie under several paths: whoever counts by path sees a part of each.
 * @returns the most read first, then by `lesson`: `paths`, `layouts`, `pages`, `largest_path_share`
 * @throws {Error} if a column is missing or of another type
 */
export function splitLessons(lessonPages: pl.DataFrame): pl.DataFrame {
  const perPath = typedColumns("splitLessons", lessonPages, "path", "lesson")
    .dropNulls()
    .groupBy("path")
    .agg(pl.col("lesson").first(), rowCount());
  const layouts = (perPath.getColumn("path").toArray() as string[]).map(layoutOfPath);
  const pages = pl.col("pages");
  const byLesson = perPath
    .withColumns(pl.Series("layout", layouts, pl.String))
    .groupBy("lesson")
    .agg(
      rowCount("paths"),
      different("layout").alias("layouts"),
      pages.sum(),
      pages.max().cast(pl.Float64).div(pages.sum()).alias("largest_path_share"),
    );
  return where(byLesson, { paths: above(1) })
    .sort([highest("pages"), pl.col("lesson")])
    .select("lesson", "paths", "layouts", "pages", "largest_path_share");
}
