import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { requireColumns, requireValues } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { usHolidays, weekdayOf } from "./us-holidays";

/**
 * Quiet days put together: those with no other weekday in between make one break.
 * @param quiet what `quietDays` gives
 * @returns one row per break, by its first day: `from`, `to`, `weekdays`, `pages`, `usual_pages`,
 *   `share` (of the usual), `holiday` (federal ones of the United States and Good Friday)
 * @throws {Error} if a column is missing, of another type or has nulls
 */
export function breaks(quiet: pl.DataFrame): pl.DataFrame {
  requireColumns("breaks", quiet, "date", "pages", "usual_pages");
  requireValues("breaks", quiet, ["date", "pages", "usual_pages"]);
  const sorted = quiet.sort("date");
  const [pages, usual] = [numbers(sorted, "pages"), numbers(sorted, "usual_pages")];
  const found: Row[] = [];
  int32(sorted, "date").forEach((day, i) => {
    let last = found.at(-1);
    if (!last || day > nextWeekday(last.to)) {
      last = { from: day, to: day, weekdays: 0, pages: 0, usual_pages: 0 };
      found.push(last);
    }
    last.to = day;
    last.weekdays++;
    last.pages += pages[i]!;
    last.usual_pages += usual[i]!;
  });
  const rows = found.map((own) => ({
    ...own,
    share: own.usual_pages > 0 ? own.pages / own.usual_pages : null,
    holiday: holidaysBetween(own.from, own.to),
  }));
  const columns = ["weekdays", "pages", "usual_pages", "share", "holiday"] as const;
  return frameOf(rows, { from: pl.Date, to: pl.Date }, ...columns);
}

const nextWeekday = (day: number) => (weekdayOf(day) >= 5 ? day + 8 - weekdayOf(day) : day + 1);

function holidaysBetween(from: number, to: number): string | null {
  const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear();
  // A New Year's Day may be observed in the year before.
  const years = Array.from({ length: year(to) - year(from) + 2 }, (_, i) => year(from) + i);
  const names = years
    .flatMap(usHolidays)
    .filter(({ day }) => day >= from && day <= to)
    .map(({ name }) => name);
  return names.join(", ") || null;
}
