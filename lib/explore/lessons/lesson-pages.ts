import pl from "nodejs-polars";
import { LESSON, PATH, TOPIC } from "../../log/columns";
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
  requireColumns("lessonPages", accessLog, { [PATH]: "String" });
  const others = accessLog.columns.filter((name) => name !== LESSON && name !== TOPIC);
  if (!lessons) {
    return accessLog
      .select(...others)
      .filter(pl.col(PATH).isNotNull())
      .withColumns(
        pl.col(PATH).cast(pl.String).alias(LESSON),
        pl.col(PATH).cast(pl.String).str.replace("(.)/.*", "$1").alias(TOPIC),
      );
  }
  const { paths, codes } = codedLessonPaths("lessonPages", accessLog, minReaders);
  const names = paths.select(LESSON, TOPIC).withColumns(
    pl.Series(
      CODE,
      Int32Array.from({ length: paths.height }, (_, code) => code),
    ),
  );
  // Numbers are joined in a tenth of the time that texts take.
  const rows = pl
    .DataFrame([pl.Series(CODE, codes)])
    .join(names, { on: CODE, how: "left" })
    .select(LESSON, TOPIC);
  return accessLog
    .select(...others)
    .withColumns(rows.getColumn(LESSON), rows.getColumn(TOPIC))
    .filter(pl.col(LESSON).isNotNull());
}

// A name for a column on the way that no log has.
const CODE = "\0code";
