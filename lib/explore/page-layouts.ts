import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { layoutsByDay } from "./layouts-by-day";

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
