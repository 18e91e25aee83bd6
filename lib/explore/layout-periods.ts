import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireNumber } from "../stats/require-option";
import { type LayoutDay, layoutsByDay } from "./page-layouts";

export interface LayoutPeriodsOptions {
  middle?: number;
}

/**
 * When each layout was in use: the days between which the `middle` share of its pages was read.
 * @param accessLog access log in any order: `date`, `path`; rows without either do not count
 * @returns by `layout`: `pages`, `share` (of all pages), `from`, `to`
 * @throws if `middle` does not lie above 0 and up to 1, or a column is missing or of another type
 */
export function layoutPeriods(
  accessLog: pl.DataFrame,
  { middle = 0.9 }: LayoutPeriodsOptions = {},
): pl.DataFrame {
  requireNumber("layoutPeriods", { middle }, { above: 0, atMost: 1 });
  const perDay = layoutsByDay("layoutPeriods", accessLog);
  const all = perDay.reduce((sum, { pages }) => sum + pages, 0);
  const rows = [...new Set(perDay.map(({ layout }) => layout))].map((layout) => {
    const own = perDay.filter((day) => day.layout === layout);
    const pages = own.reduce((sum, day) => sum + day.pages, 0);
    const outside = ((1 - middle) / 2) * pages;
    const [from, to] = [own, [...own].reverse()].map((days) => dayBeyond(days, outside));
    return { layout, pages, share: pages / all, from, to };
  });
  return frameOf(rows, "layout", "pages", "share", { from: pl.Date, to: pl.Date });
}

function dayBeyond(days: LayoutDay[], outside: number): number | undefined {
  let passed = 0;
  for (const { day, pages } of days) {
    passed += pages;
    // A little room: a twentieth of twenty is a little less than one in floating point.
    if (passed > outside + 1e-9) return day;
  }
  return undefined;
}
