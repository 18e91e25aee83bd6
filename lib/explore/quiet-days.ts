import type pl from "nodejs-polars";
import { dailyPageViews } from "../log/daily-page-views";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { median } from "../stats/quantile";
import { requireInteger, requireNumber } from "../stats/require-option";
import { weekdayOf } from "./us-holidays";

export interface QuietDaysOptions {
  below?: number;
  weeks?: number;
  /** Fewest pages that must be usual. */
  least?: number;
}

/**
 * Days from Monday to Friday with less than `below` of the usual pages: the median of the same
 * weekday in the `weeks` around. With less than half of these in the log a day is not judged.
 * @param accessLog access log in any order: `date`, `path`
 * @returns by `date`: `weekday`, `pages`, `usual_pages`, `share`
 * @throws if an option is out of range, or a column is missing or of another type
 */
export function quietDays(
  accessLog: pl.DataFrame,
  { below = 0.4, weeks = 4, least = 20 }: QuietDaysOptions = {},
): pl.DataFrame {
  requireNumber("quietDays", { below }, { above: 0, below: 1 });
  requireInteger("quietDays", { weeks });
  requireNumber("quietDays", { least }, { above: 0 });
  requireColumns("quietDays", accessLog, "date", "path");
  const daily = dailyPageViews(accessLog, { by: null });
  const [days, pages] = [int32(daily, "date"), numbers(daily, "pages")];
  const rows: Record<string, unknown>[] = [];
  const most = Math.min(weeks, Math.floor(pages.length / 7)); // no log has weeks without end
  days.forEach((day, i) => {
    if (weekdayOf(day) > FRIDAY) return;
    const around: number[] = [];
    for (let week = -most; week <= most; week++) {
      const other = pages[i + 7 * week];
      if (week !== 0 && other !== undefined) around.push(other);
    }
    const usual = median(around);
    if (around.length < weeks || usual < least || !(pages[i]! < below * usual)) return;
    const own = { pages: pages[i], usual_pages: usual, share: pages[i]! / usual };
    rows.push({ date: day, weekday: weekdayOf(day), ...own });
  });
  return frameOf(rows, "date", "weekday", "pages", "usual_pages", "share");
}

const FRIDAY = 5;
