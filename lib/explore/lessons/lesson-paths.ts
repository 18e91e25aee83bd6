import type pl from "nodejs-polars";
import { codedColumn } from "../../log/coded-column";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { lessonsOfNames } from "./lessons-of-names";

export interface LessonPathsOptions {
  /**
   * Different people who must have opened a lesson, whatever its layouts: a name that fewer ask
   * for is a slip of the keyboard, or an attempt, until shown otherwise. Three, but never more
   * than a twentieth of a log's users, rounded up: of a log of one class, or of twenty rows, what
   * one or two people read is kept.
   */
  minReaders?: number;
}

/**
 * Which paths are lessons, and which lesson each is: the same lesson in another layout, as slides
 * or by a short name is one. Judged by rules that know no school's lessons, in this order.
 *
 * 1. By its name alone (`lessonOfPath`) a path is no lesson: home page, search, table of contents,
 *    pictures and other files, examples that a lesson loads into itself, probing, pages of
 *    applications at the same address (accounts, grades, quizzes), links without a target, what
 *    is no name; or it is a lesson's name with or without what a layout adds to it.
 * 2. A **short name** (`jsp-and-jstl`, `3.8.2-joins`, `spring/views`) and slides count as the
 *    lesson that ends with that name and has its other parts in the same order. Where several do,
 *    the one in the section which the other names with that number in front, or the other slides,
 *    belong to. Where that leaves none or several, nobody knows which was meant: `unclear name`.
 * 3. A name is **misspelled** if it is close to one with twenty times its readers: a few letters
 *    off (one in eight, three at most), or that name with something after it.
 * 4. A lesson with fewer than `minReaders` is `hardly read`.
 *
 * The commonest spelling of a lesson, by page views, names it.
 *
 * @param accessLog access log in any order: `path`, `user_id`
 * @returns one row per path, by path: `path`, `lesson`, `topic` (its section, the first part of
 *   the name), `page_kind` (String), `pages` (page views), `users` (different ones; Int64).
 *   `lesson` and `topic` are null where the path is no lesson, and `page_kind` says what it is
 *   instead; of lessons it says how they were recognized: `section page` (the section's own),
 *   `lesson` (by the name it goes by), `other layout`, `slides` or `short name`
 * @throws {RangeError} if `minReaders` is not 1 or more
 * @throws {Error} if a column is missing or of another type
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
  if (minReaders !== undefined && !(minReaders >= 1)) {
    throw new RangeError(`${caller} needs minReaders to be 1 or more, got ${minReaders}`);
  }
  requireColumns(caller, accessLog, "path", "user_id");
  const { codes, values } = codedColumn(accessLog.getColumn("path"));
  const users = codedColumn(accessLog.getColumn("user_id"));
  const reading = new Reading(codes, users.codes, values.length);
  const names = values.toArray() as string[];
  const needed = minReaders ?? Math.min(3, Math.max(1, Math.ceil(users.values.length / 20)));
  const judged = lessonsOfNames(names, reading, needed);
  const paths = frameOf(
    names.map((path, row) => ({
      path: path,
      lesson: judged[row]!.lesson,
      topic: judged[row]!.lesson?.split("/")[0] ?? null,
      page_kind: judged[row]!.kind,
      pages: reading.pages(row),
      users: reading.readers([row]),
    })),
    "path",
    "lesson",
    "topic",
    "page_kind",
    "pages",
    "users",
  );
  return { paths, codes };
}

/** Who read which path, for counting the different readers of any set of paths. */
export class Reading {
  readonly #ends: Int32Array;
  readonly #users: Int32Array;
  readonly #seenIn: Int32Array;
  #count = 0;

  constructor(paths: Int32Array, users: Int32Array, pathCount: number) {
    // A counting sort: the rows of a path stand together.
    const ends = new Int32Array(pathCount + 1);
    for (const path of paths) if (path >= 0) ends[path + 1]!++;
    for (let path = 0; path < pathCount; path++) ends[path + 1]! += ends[path]!;
    const next = ends.slice(0, pathCount);
    this.#users = new Int32Array(ends[pathCount]!);
    let most = -1;
    for (let row = 0; row < paths.length; row++) {
      const [path, user] = [paths[row]!, users[row]!];
      if (path < 0) continue;
      this.#users[next[path]!++] = user;
      if (user > most) most = user;
    }
    this.#ends = ends;
    this.#seenIn = new Int32Array(most + 1);
  }

  /** Page views of a path. */
  pages(path: number): number {
    return this.#ends[path + 1]! - this.#ends[path]!;
  }

  /** Different users who opened any of several paths. */
  readers(paths: readonly number[]): number {
    const mark = ++this.#count;
    let readers = 0;
    for (const path of paths) {
      for (let row = this.#ends[path]!; row < this.#ends[path + 1]!; row++) {
        const user = this.#users[row]!;
        if (user < 0 || this.#seenIn[user] === mark) continue;
        this.#seenIn[user] = mark;
        readers++;
      }
    }
    return readers;
  }
}
