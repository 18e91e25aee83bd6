import pl from "nodejs-polars";
import { EXAMPLE, LESSON, LESSONS, PAGE_KIND, PAGES, PATH, PATHS, SHARE } from "../../log/columns";
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
  requireColumns("lessonSummary", lessonPaths, {
    [PATH]: "String",
    [LESSON]: "String",
    [PAGE_KIND]: "String",
    [PAGES]: "integer",
  });
  const [paths, lessons, kinds] = [PATH, LESSON, PAGE_KIND].map(
    (name) => lessonPaths.getColumn(name).toArray() as (string | null)[],
  );
  const pages = numbers(lessonPaths, PAGES);
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
      [PAGE_KIND]: kind,
      [PATHS]: own.paths.length,
      [LESSONS]: own.lessons.size,
      [PAGES]: own.pages,
      [SHARE]: all > 0 ? own.pages / all : 0,
      [EXAMPLE]: paths![most!],
    };
  });
  rows.sort(
    (a, b) =>
      Number(b[LESSONS] > 0) - Number(a[LESSONS] > 0) ||
      b[PAGES] - a[PAGES] ||
      (a[PAGE_KIND] < b[PAGE_KIND] ? -1 : 1),
  );
  return frameOf(rows, {
    [PAGE_KIND]: pl.String,
    [PATHS]: pl.Int64,
    [LESSONS]: pl.Int64,
    [PAGES]: pl.Int64,
    [SHARE]: pl.Float64,
    [EXAMPLE]: pl.String,
  });
}
