import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { codedLessonPaths, type LessonPathsOptions } from "./lesson-paths";

export interface LessonPagesOptions extends LessonPathsOptions {
  /** Whether only lessons are kept, each under one name; otherwise every path counts as it is. */
  lessons?: boolean;
}

/**
 * The part of an access log that is reading of lessons, with the lesson of each row: what
 * `lessonPaths` takes for one.
 *
 * @param accessLog access log, as `prepareLogs` gives it, in any order; `path`, `user_id`
 * @returns its rows that are lessons, in the same order, with `lesson` and `topic` (String)
 *   after all other columns; columns of these names that were there are replaced. With
 *   `lessons: false` all rows with a path, each path its own lesson, its first part the topic.
 * @throws {RangeError} if `minReaders` is not 1 or more
 * @throws {Error} if a column is missing or of another type
 */
export function lessonPages(
  accessLog: pl.DataFrame,
  { lessons = true, minReaders }: LessonPagesOptions = {},
): pl.DataFrame {
  requireColumns("lessonPages", accessLog, "path");
  const others = accessLog.columns.filter((name) => name !== "lesson" && name !== "topic");
  if (!lessons) {
    return accessLog
      .select(...others)
      .filter(pl.col("path").isNotNull())
      .withColumns(
        pl.col("path").cast(pl.String).alias("lesson"),
        pl.col("path").cast(pl.String).str.replace("(.)/.*", "$1").alias("topic"),
      );
  }
  const { paths, codes } = codedLessonPaths("lessonPages", accessLog, minReaders);
  const names = paths.select("lesson", "topic").withColumns(
    pl.Series(
      CODE,
      Int32Array.from({ length: paths.height }, (_, code) => code),
    ),
  );
  // Numbers are joined in a tenth of the time that texts take.
  const rows = pl
    .DataFrame([pl.Series(CODE, codes)])
    .join(names, { on: CODE, how: "left" })
    .select("lesson", "topic");
  return accessLog
    .select(...others)
    .withColumns(rows.getColumn("lesson"), rows.getColumn("topic"))
    .filter(pl.col("lesson").isNotNull());
}

// A name for a column on the way that no log has.
const CODE = "\0code";
