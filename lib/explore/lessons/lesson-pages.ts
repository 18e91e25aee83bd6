import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { not, where } from "../../log/where";
import { codedLessonPaths, type LessonPathsOptions } from "./lesson-paths";

export interface LessonPagesOptions extends LessonPathsOptions {
  /** Whether only lessons are kept, each under one name; otherwise every path counts. */
  lessons?: boolean;
}

/**
 * The part of an access log that is reading of lessons, as `lessonPaths` judges it.
 * @param accessLog access log in any order: `path`, `user_id`
 * @returns its rows that are lessons, in the same order, with `lesson` and `topic` last; with
 *   `lessons: false` all rows with a path, each its own lesson, its first part the topic
 * @throws if `minReaders` is below 1, or a column is missing or of another type
 */
export function lessonPages(
  accessLog: pl.DataFrame,
  { lessons = true, minReaders }: LessonPagesOptions = {},
): pl.DataFrame {
  requireColumns("lessonPages", accessLog, "path");
  const own = accessLog.columns.filter((name) => name !== "lesson" && name !== "topic");
  const log = accessLog.select(...own);
  if (!lessons) {
    const path = pl.col("path").cast(pl.String);
    return where(log, { path: not(null) }).withColumns(
      path.alias("lesson"),
      path.str.replace("(.)/.*", "$1").alias("topic"),
    );
  }
  const { paths, codes } = codedLessonPaths("lessonPages", accessLog, minReaders);
  // Numbers are joined in a tenth of the time that texts take.
  const places = Int32Array.from({ length: paths.height }, (_, place) => place);
  const names = paths.select("lesson", "topic").withColumns(pl.Series("place", places));
  const found = pl.DataFrame([pl.Series("place", codes)]).join(names, { on: "place", how: "left" });
  return where(log.withColumns(found.getColumn("lesson"), found.getColumn("topic")), {
    lesson: not(null),
  });
}
