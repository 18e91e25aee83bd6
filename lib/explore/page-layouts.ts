import pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { layoutOfPath } from "./layout-of-path";

/**
 * How the site's pages were named, month by month: a school that renames its lessons splits
 * their counts, and what looks like a lesson that nobody reads any more has another name.
 *
 * A layout is told by the form of a path alone (`layoutOfPath`); all pages count, the home
 * page, search and pictures among them.
 *
 * @param accessLog access log in any order: `date`, `path`; rows without either do not count
 * @returns one row per month and layout, by both, from the first month with pages to the last, for
 *   all layouts that the log has: `period` (Date, the month's first day), `layout` (String),
 *   `pages` (Int64, 0 where there are none), `share` (Float64, of the month's pages; null in a
 *   month without any)
 * @throws {Error} if a column is missing or of another type
 */
export function pageLayouts(accessLog: pl.DataFrame): pl.DataFrame {
  requireColumns("pageLayouts", accessLog, "date", "path");
  const perDay = layoutsByDay(accessLog);
  const months = new Map<number, Map<string, number>>();
  for (const { day, layout, pages } of perDay) {
    const at = monthOf(day);
    const own = months.get(at) ?? new Map<string, number>();
    months.set(at, own.set(layout, (own.get(layout) ?? 0) + pages));
  }
  const layouts = [...new Set(perDay.map(({ layout }) => layout))].sort();
  const known = [...months.keys()];
  const first = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const rows: Record<string, unknown>[] = [];
  for (let month = first; month <= last; month++) {
    const own = months.get(month);
    const all = own ? [...own.values()].reduce((a, b) => a + b, 0) : 0;
    for (const layout of layouts) {
      const pages = own?.get(layout) ?? 0;
      rows.push({
        period: Date.UTC(1970, month) / DAY,
        layout: layout,
        pages: pages,
        share: all > 0 ? pages / all : null,
      });
    }
  }
  return frameOf(rows, { period: pl.Int32 }, "layout", "pages", "share").withColumns(
    pl.col("period").cast(pl.Date),
  );
}

const DAY = 86_400_000;

/** Months since January 1970. */
function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

/** Pages of one layout on one day. */
export interface LayoutDay {
  /** Since 1970. */
  day: number;
  layout: string;
  pages: number;
}

/** Pages by day and layout, in order of both; only where there are any. */
export function layoutsByDay(accessLog: pl.DataFrame): LayoutDay[] {
  const rows = accessLog.select(
    pl.col("path").cast(pl.String),
    pl.col("date").cast(pl.Date).cast(pl.Int32),
  );
  const { codes, values } = codedColumn(rows.getColumn("path"));
  const layouts = (values.toArray() as string[]).map(layoutOfPath);
  const names = [...new Set(layouts)].sort();
  const layoutOf = Int32Array.from(layouts, (layout) => names.indexOf(layout));
  const { codes: dayCodes, values: dayValues } = codedColumn(rows.getColumn("date"));
  const pages = new Float64Array(dayValues.length * names.length);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0 || dayCodes[row]! < 0) continue;
    pages[dayCodes[row]! * names.length + layoutOf[codes[row]!]!]!++;
  }
  const days = dayValues.toArray() as number[];
  return Array.from(pages, (count, i) => ({
    day: days[Math.floor(i / names.length)]!,
    layout: names[i % names.length]!,
    pages: count,
  })).filter((day) => day.pages > 0);
}
