import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { requireNumber } from "../../stats/require-option";
import { lessonsOfNames } from "./lessons-of-names";
import { readingOf } from "./reading";

export interface LessonPathsOptions {
  /** People who must have opened a lesson; three, but at most a twentieth of a log's users, rounded up. */
  minReaders?: number;
}

/**
 * Which paths are lessons, and which lesson each is: the same lesson in another layout, as slides
 * or by a short name is one. Judged by rules that know no school's lessons, in this order.
 *
 * 1. By its name alone a path is no lesson (home page, search, pictures, probing, ...), or a lesson's
 *    name with or without what a layout adds to it; see `lessonOfPath`.
 * 2. A **short name** (`jsp-and-jstl`, `3.8.2-joins`, `spring/views`) and slides count as the lesson
 *    that ends with that name and has its other parts in the same order. Where several do, the one in
 *    the section which the other names with that number in front, or the other slides, belong to;
 *    where that leaves none or several, it is an `unclear name`.
 * 3. A name is **misspelled** if it is close to one with twenty times its readers: a few letters
 *    off (one in eight, three at most), or that name with something after it.
 * 4. A lesson with fewer than `minReaders` is `hardly read`.
 *
 * The commonest spelling of a lesson, by page views, names it.
 *
 * @param accessLog access log in any order: `path`, `user_id`
 * @returns one row per path, by `path`: `lesson`, `topic` (the first part of the name; both null where
 *   the path is no lesson), `page_kind` (what it is instead, or how it was recognized: `section page`,
 *   `lesson`, `other layout`, `slides` or `short name`), `pages`, `users`
 * @throws if `minReaders` is below 1, or a column is missing or of another type
 */
export function lessonPaths(
  accessLog: pl.DataFrame,
  { minReaders }: LessonPathsOptions = {},
): pl.DataFrame {
  return codedLessonPaths("lessonPaths", accessLog, minReaders).paths;
}

/** `lessonPaths`, with each row's place in it (-1 for rows without a path). */
export function codedLessonPaths(
  caller: string,
  accessLog: pl.DataFrame,
  minReaders?: number,
): { paths: pl.DataFrame; codes: Int32Array } {
  if (minReaders !== undefined) requireNumber(caller, { minReaders }, { atLeast: 1 });
  requireColumns(caller, accessLog, "path", "user_id");
  const reading = readingOf(accessLog);
  const needed = minReaders ?? Math.min(3, Math.max(1, Math.ceil(reading.userCount / 20)));
  const rows = lessonsOfNames(reading, needed).map(({ kind, lesson }, place) => ({
    path: reading.paths[place],
    lesson,
    topic: lesson?.split("/")[0],
    page_kind: kind,
    pages: reading.pages[place],
    users: reading.users[place]!.length,
  }));
  const paths = frameOf(rows, "path", "lesson", "topic", "page_kind", "pages", "users");
  return { paths, codes: reading.codes };
}
