import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { numbers } from "../../log/typed-arrays";

/**
 * What the rules of `lessonPaths` did with a log's paths: how many of each kind, and what part of
 * the page views they are.
 *
 * @param lessonPaths what `lessonPaths` gives
 * @returns one row per kind, kinds of lessons first and then by page views: `page_kind`, `paths`,
 *   `lessons` (different ones that those paths are; 0 of what is no lesson), `pages` (Int64),
 *   `share` (of all page views; Float64), `example` (the path of that kind with the most page
 *   views; String)
 * @throws {Error} if a column is missing or of another type
 */
export function lessonSummary(lessonPaths: pl.DataFrame): pl.DataFrame {
  requireColumns("lessonSummary", lessonPaths, "path", "lesson", "page_kind", "pages");
  const [paths, lessons, kinds] = ["path", "lesson", "page_kind"].map(
    (name) => lessonPaths.getColumn(name).toArray() as (string | null)[],
  );
  const pages = numbers(lessonPaths, "pages");
  const all = pages.reduce((sum, n) => sum + n, 0);
  const found = new Map<string, { paths: number[]; lessons: Set<string>; pages: number }>();
  kinds!.forEach((kind, row) => {
    const own = found.get(String(kind)) ?? { paths: [], lessons: new Set(), pages: 0 };
    found.set(String(kind), own);
    own.paths.push(row);
    own.pages += pages[row]!;
    if (lessons![row] !== null) own.lessons.add(lessons![row]!);
  });
  const rows = [...found].map(([kind, own]) => {
    const [most] = own.paths.sort(
      (a, b) => pages[b]! - pages[a]! || (String(paths![a]) < String(paths![b]) ? -1 : 1),
    );
    return {
      page_kind: kind,
      paths: own.paths.length,
      lessons: own.lessons.size,
      pages: own.pages,
      share: all > 0 ? own.pages / all : 0,
      example: paths![most!],
    };
  });
  rows.sort(
    (a, b) =>
      Number(b.lessons > 0) - Number(a.lessons > 0) ||
      b.pages - a.pages ||
      (a.page_kind < b.page_kind ? -1 : 1),
  );
  return frameOf(rows, "page_kind", "paths", "lessons", "pages", "share", "example");
}
