import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { layoutOfPath } from "./layout-of-path";

/**
 * Lessons that lie under several paths, because the site was renamed or because a path can be
 * written in several ways: whoever counts by path sees a part of each.
 *
 * @param lessonPages rows with `path` and `lesson` (String), as `lessonPages` gives them
 * @returns one row per lesson with two paths or more, most read first, then by lesson:
 *   `lesson` (String), `paths`, `layouts` (Int64, different ones), `pages` (Int64),
 *   `largest_path_share` (Float64, of its pages)
 * @throws {Error} if a column is missing or of another type
 */
export function splitLessons(lessonPages: pl.DataFrame): pl.DataFrame {
  requireColumns("splitLessons", lessonPages, "path", "lesson");
  const perPath = lessonPages
    .select(pl.col("path").cast(pl.String), pl.col("lesson").cast(pl.String))
    .dropNulls()
    .groupBy(["path", "lesson"])
    .agg(pl.len().cast(pl.Int64).alias("pages"));
  const layouts = (perPath.getColumn("path").toArray() as string[]).map(layoutOfPath);
  return perPath
    .withColumns(pl.Series("layout", layouts, pl.String))
    .groupBy("lesson")
    .agg(
      pl.len().cast(pl.Int64).alias("paths"),
      pl.col("layout").nUnique().cast(pl.Int64).alias("layouts"),
      pl.col("pages").sum(),
      pl.col("pages").max().alias("largest_path_share"),
    )
    .filter(pl.col("paths").gt(pl.lit(1)))
    .withColumns(pl.col("largest_path_share").cast(pl.Float64).div(pl.col("pages")))
    .sort([pl.col("pages").mul(pl.lit(-1)), pl.col("lesson")])
    .select("lesson", "paths", "layouts", "pages", "largest_path_share");
}
