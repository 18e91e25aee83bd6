import pl from "nodejs-polars";
import { codesOf } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";

export type Layout = "content folder" | "numbered sections" | "numbered names" | "plain names";

/**
 * `content folder` (`content/html-css/intro.html`), `numbered sections`
 * (`6-regression/1-overview`), `numbered names` (`7_Exercises`) or `plain names`.
 */
export function layoutOfPath(path: string): Layout {
  const trimmed = path.replace(/^\/+/, "");
  if (/^content\//i.test(trimmed)) return "content folder";
  if (/^\d+-[^/]*\//.test(trimmed)) return "numbered sections";
  if (/^\d+(\.\d+)*[._-]/.test(trimmed)) return "numbered names";
  return "plain names";
}

/**
 * How the site's pages were named, month by month: `layoutOfPath` of all pages.
 * @param accessLog access log in any order: `date`, `path`; rows without either do not count
 * @returns by month and layout, quiet months too: `period`, `layout`, `pages`, `share` (or null)
 * @throws {Error} if a column is missing or of another type
 */
export function pageLayouts(accessLog: pl.DataFrame): pl.DataFrame {
  const days = layoutsByDay("pageLayouts", accessLog);
  const layouts = [...new Set(days.map(({ layout }) => layout))];
  const months = days.map(({ day }) => monthOf(day));
  const first = months.reduce((a, b) => Math.min(a, b), Infinity);
  const last = months.reduce((a, b) => Math.max(a, b), -Infinity);
  const counts = Array.from({ length: Math.max(0, last - first + 1) }, () => layouts.map(() => 0));
  days.forEach(({ layout, pages }, i) => {
    counts[months[i]! - first]![layouts.indexOf(layout)]! += pages;
  });
  const rows = counts.flatMap((own, i) => {
    const all = own.reduce((a, b) => a + b, 0);
    const period = Date.UTC(1970, first + i) / DAY;
    const share = (pages: number) => (all > 0 ? pages / all : null);
    return own.map((pages, at) => ({ period, layout: layouts[at], pages, share: share(pages) }));
  });
  return frameOf(rows, "period", "layout", "pages", "share");
}

const DAY = 86_400_000;

function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

export interface LayoutDay {
  day: number;
  layout: string;
  pages: number;
}

export function layoutsByDay(caller: string, accessLog: pl.DataFrame): LayoutDay[] {
  requireColumns(caller, accessLog, "date", "path");
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const layouts = (values.toArray() as string[]).map(layoutOfPath);
  const names = [...new Set(layouts)].sort();
  const places = Int32Array.from(layouts, (layout) => names.indexOf(layout));
  // Numbers are grouped in a fraction of the time that paths take.
  const found = accessLog
    .select(pl.col("date").cast(pl.Date).alias("day"))
    .withColumns(
      pl.Series(
        "layout",
        codes.map((code) => (code < 0 ? -1 : places[code]!)),
      ),
    )
    .dropNulls()
    .filter(pl.col("layout").gtEq(pl.lit(0)))
    .groupBy(["layout", "day"])
    .agg(pl.len().alias("pages"))
    .sort(["layout", "day"]);
  const [layout, pages] = [int32(found, "layout"), numbers(found, "pages")];
  return Array.from(int32(found, "day"), (day, i) => ({
    ...{ day, layout: names[layout[i]!]!, pages: pages[i]! },
  }));
}
