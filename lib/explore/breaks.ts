import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns, requireValues } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { usHolidays, weekdayOf } from "./us-holidays";

/**
 * Quiet days put together: those with no other weekday in between make one break, so that a
 * weekend does not end it. Named are federal holidays of the United States and Good Friday; a
 * break without a name is a school's own, or something else that happened.
 *
 * @param quiet quiet days, as `quietDays` gives them
 * @returns one row per break, by its first day: `from`, `to` (Date, both quiet), `weekdays`
 *   (Int64, from Monday to Friday), `pages` (Int64), `usual_pages` (Float64, sum of what is usual on such
 *   days), `share` (Float64, of the usual), `holiday` (String; null where there is none)
 * @throws {Error} if a column is missing, of another type or has nulls
 */
export function breaks(quiet: pl.DataFrame): pl.DataFrame {
  requireColumns("breaks", quiet, "date", "pages", "usual_pages");
  requireValues("breaks", quiet, ["date", "pages", "usual_pages"]);
  const sorted = quiet.sort("date");
  const [days, pages, usual] = [
    int32(sorted, "date"),
    numbers(sorted, "pages"),
    numbers(sorted, "usual_pages"),
  ];
  const found: { from: number; to: number; weekdays: number; pages: number; usual: number }[] = [];
  days.forEach((day, i) => {
    const last = found.at(-1);
    if (last && day <= nextWeekday(last.to)) {
      last.to = day;
      last.weekdays++;
      last.pages += pages[i]!;
      last.usual += usual[i]!;
    } else {
      found.push({ from: day, to: day, weekdays: 1, pages: pages[i]!, usual: usual[i]! });
    }
  });
  return frameOf(
    found.map((own) => ({
      from: own.from,
      to: own.to,
      weekdays: own.weekdays,
      pages: own.pages,
      usual_pages: own.usual,
      share: own.usual > 0 ? own.pages / own.usual : null,
      holiday: holidaysBetween(own.from, own.to),
    })),
    { from: pl.Int32, to: pl.Int32 },
    "weekdays",
    "pages",
    "usual_pages",
    "share",
    "holiday",
  ).withColumns(pl.col("from").cast(pl.Date), pl.col("to").cast(pl.Date));
}

const FRIDAY = 5;

function nextWeekday(day: number): number {
  return weekdayOf(day) >= FRIDAY ? day + 8 - weekdayOf(day) : day + 1;
}

function holidaysBetween(from: number, to: number): string | null {
  const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear();
  const names: string[] = [];
  // A New Year's Day may be observed in the year before.
  for (let y = year(from); y <= year(to) + 1; y++) {
    for (const { day, name } of usHolidays(y)) if (day >= from && day <= to) names.push(name);
  }
  return names.length > 0 ? names.join(", ") : null;
}
