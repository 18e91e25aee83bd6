import { quotedName } from "../../keep/database-names";
import { isoDay } from "../../log/iso-day";
import { codedError } from "./database-error";
import type { FoundTable } from "./find-tables";
import { PAGE_ROWS, type Pages } from "./pages";

/** Without an index on the date, each page costs a look at every row. */
const MOST_PAGES = 5;

/** Days after the page before, up to `lastDay`. */
interface DayPage {
  lastDay: string;
  rows: number;
}

/** Pages of whole days, for views and tables without an integer key. */
export function dayPages(table: FoundTable): Pages {
  const [date, time] = table.columns.map(quotedName) as [string, string];
  let pages: DayPage[] = [];
  let at = -1;
  /** Where to go on after a break. */
  let from: string | undefined;
  // a missing day comes first, and is a bad row
  const upTo = (day: string) => `(${date} IS NULL OR ${date} <= '${day}')`;
  return {
    by: [date, time, ...table.key.map(quotedName)].join(", "),
    isArbitraryWithinSeconds: table.key.length === 0,
    count: async (connection) => {
      const days = await connection.rows(
        `SELECT ${date}, COUNT(*) FROM ${quotedName(table.name)} GROUP BY ${date} ORDER BY ${date}`,
      );
      pages = pagesOfDays(days.map(([day, rows]) => [String(day ?? "0000-00-00"), Number(rows)]));
      return pages.reduce((sum, { rows }) => sum + rows, 0);
    },
    range: () => upTo(pages.at(-1)?.lastDay ?? "0000-00-00"),
    next: () => {
      if (from === undefined) at++;
      const page = pages[at];
      if (page === undefined) return undefined;
      const previous = pages[at - 1];
      const start = from ?? (previous && `${date} > '${previous.lastDay}'`);
      from = undefined;
      const where = [...(start ? [start] : []), upTo(page.lastDay)].join(" AND ");
      return { where, most: 2 * page.rows + PAGE_ROWS };
    },
    goOn: (rows) => {
      const last = rows.backToLastSecond();
      if (last === undefined) return undefined;
      const day = isoDay(last.day);
      const clock = new Date(last.second * 1000).toISOString().slice(11, 19);
      from = `(${date} > '${day}' OR (${date} = '${day}' AND ${time} >= '${clock}'))`;
      return `${day} ${clock}`;
    },
  };
}

function pagesOfDays(days: readonly [string, number][]): DayPage[] {
  const all = days.reduce((sum, [, rows]) => sum + rows, 0);
  const enough = Math.max(PAGE_ROWS, Math.ceil(all / MOST_PAGES));
  const pages: DayPage[] = [];
  for (const [day, rows] of days) {
    // security: it is put into a query
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) {
      throw codedError("NO_DAY", `the server sent a day that is none (${day.slice(0, 30)})`);
    }
    const open = pages.at(-1);
    if (open === undefined || open.rows >= enough) pages.push({ lastDay: day, rows });
    else pages[pages.length - 1] = { lastDay: day, rows: open.rows + rows };
  }
  return pages;
}
