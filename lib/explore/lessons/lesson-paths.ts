import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { remembered } from "../../log/remembered";
import { requireColumns } from "../../log/require-columns";
import { requireNumber } from "../../stats/require-option";
import { lessonsOfNames } from "./lessons-of-names";
import { readingOf } from "./reading";

export interface LessonPathsOptions {
  /** People who must have opened a lesson; by default 3, but at most a twentieth of all users. */
  minReaders?: number;
}

/**
 * Which paths are lessons, and which lesson each is, in whatever layout. The rules know no school:
 *
 * 1. The name tells what is no lesson (home page, search, ...) and what only a layout added to it.
 * 2. A short name (`jsp-and-jstl`, `spring/views`) or slides are the lesson that ends with it and
 *    has its other parts in order; of several the one in the section of its number, else `unclear
 *    name`.
 * 3. A name is `misspelled` if another with twenty times its readers is a few letters off (one in
 *    eight, three at most), or the same with something after it.
 * 4. A lesson with fewer than `minReaders` is `hardly read`.
 * @param accessLog access log in any order: `path`, `user_id`
 * @returns by `path`: `lesson` (its commonest spelling), `topic` (both null where it is no lesson),
 *   `page_kind` (what it is instead; or `section page`, `lesson`, `other layout`, `slides` or
 *   `short name`), `pages`, `users`
 * @throws if `minReaders` is below 1, or a column is missing or of another type
 */
export function lessonPaths(
  accessLog: pl.DataFrame,
  { minReaders }: LessonPathsOptions = {},
): pl.DataFrame {
  return codedLessonPaths("lessonPaths", accessLog, minReaders).paths.clone();
}

/** `lessonPaths`, with each row's place in it (-1 for rows without a path). */
export function codedLessonPaths(
  caller: string,
  accessLog: pl.DataFrame,
  minReaders?: number,
): { paths: pl.DataFrame; codes: Int32Array } {
  if (minReaders !== undefined) requireNumber(caller, { minReaders }, { atLeast: 1 });
  requireColumns(caller, accessLog, "path", "user_id");
  return remembered(accessLog, ["path", "user_id"], `lessons ${minReaders}`, () => {
    const reading = readingOf(accessLog);
    const needed = minReaders ?? Math.min(3, Math.max(1, Math.ceil(reading.userCount / 20)));
    const rows = lessonsOfNames(reading, needed).map(({ kind, lesson }, place) => ({
      path: reading.paths[place],
      lesson,
      topic: lesson?.split("/")[0],
      page_kind: kind,
      pages: reading.pages[place],
      users: reading.users[place]!.size,
    }));
    const paths = frameOf(rows, "path", "lesson", "topic", "page_kind", "pages", "users");
    return { paths, codes: reading.codes };
  });
}
