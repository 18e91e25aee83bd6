import pl from "nodejs-polars";
import { LARGEST_PATH_SHARE, LAYOUT, LAYOUTS, LESSON, PAGES, PATH, PATHS } from "../log/columns";
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
  requireColumns("splitLessons", lessonPages, { [PATH]: "String", [LESSON]: "String" });
  const perPath = lessonPages
    .select(pl.col(PATH).cast(pl.String), pl.col(LESSON).cast(pl.String))
    .dropNulls()
    .groupBy([PATH, LESSON])
    .agg(pl.len().cast(pl.Int64).alias(PAGES));
  const layouts = (perPath.getColumn(PATH).toArray() as string[]).map(layoutOfPath);
  return perPath
    .withColumns(pl.Series(LAYOUT, layouts, pl.String))
    .groupBy(LESSON)
    .agg(
      pl.len().cast(pl.Int64).alias(PATHS),
      pl.col(LAYOUT).nUnique().cast(pl.Int64).alias(LAYOUTS),
      pl.col(PAGES).sum(),
      pl.col(PAGES).max().alias(LARGEST_PATH_SHARE),
    )
    .filter(pl.col(PATHS).gt(pl.lit(1)))
    .withColumns(pl.col(LARGEST_PATH_SHARE).cast(pl.Float64).div(pl.col(PAGES)))
    .sort([pl.col(PAGES).mul(pl.lit(-1)), pl.col(LESSON)])
    .select(LESSON, PATHS, LAYOUTS, PAGES, LARGEST_PATH_SHARE);
}
