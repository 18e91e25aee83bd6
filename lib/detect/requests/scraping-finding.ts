import { isoDay } from "../../log/iso-day";
import { counted, formatCount, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import type { PageRows } from "./page-rows";
import { mostFrequent, type ReaderDays } from "./reader-days";
import { MINUTE } from "./reading-figures";
import type { DayFigures, ScrapingScore } from "./scraping-score";
import { peersInWords, type Usual } from "./usual-of-peers";

const STRETCHES = { minute: MINUTE, hour: 60 * MINUTE, day: Infinity };

export interface FindingContext {
  by: "user_id" | "ip";
  figures: DayFigures;
  usualShare: number;
  /** By the places of users, addresses and cohorts. */
  users: readonly unknown[];
  addresses: readonly unknown[];
  cohorts: readonly string[];
}

export function scrapingFinding(
  { rows, starts, day, user, cohort }: ReaderDays,
  place: number,
  { within, usual }: Pick<ScrapingScore, "within"> & { usual: Usual },
  { by, figures, usualShare, users, addresses, cohorts }: FindingContext,
): string {
  const [first, last] = [starts[place]!, starts[place + 1]!];
  const { from, end, pages } = fullestStretch(rows, first, last, STRETCHES[within]);
  const address = mostFrequent(rows.codes.ip!.subarray(from, end));
  const ip = address < 0 ? null : visibleText(String(addresses[address]), { max: 60 });
  const who = users[user[place]!];
  const time =
    within === "day" ? "" : ` in ${timeInWords(rows.time[from]!, rows.time[end - 1]!, within)}`;
  const opened = `opened ${formatCount(pages)} different pages${time} on ${isoDay(day[place]!)}`;
  const how =
    within === "minute"
      ? `up to ${formatCount(figures.most_per_second[place]!)} a second`
      : `${formatPercent(figures.in_site_order[place]! || 0, 0)} of steps in the site's order`;
  const said =
    by === "ip"
      ? `From ${ip} user ${who} ${opened} (${how})`
      : `User ${who} ${opened} (${how})${ip === null ? "" : `, from ${ip}`}`;
  return Number.isNaN(usual.pages)
    ? `${said}; there are no other readers to compare with.`
    : `${said}; ${peersInWords(usual, cohorts[cohort[place]!])} open at most ` +
        `${formatCount(usual.pages)} on ${formatPercent(usualShare, 3)} of their days.`;
}

/** The rows of the first stretch in which most different pages are opened, as few as hold them. */
function fullestStretch({ time, page }: PageRows, start: number, rowsEnd: number, stretch: number) {
  const last = new Map<number, number>(); // row of each page
  let [first, pages] = [start, 0];
  let best = { from: start, end: rowsEnd, pages };
  for (let row = start; row < rowsEnd; row++) {
    if ((last.get(page[row]!) ?? -1) < first) pages++;
    last.set(page[row]!, row);
    // What is too long ago goes, and so does a first page that is opened again later.
    for (; time[row]! - time[first]! >= stretch || last.get(page[first]!)! > first; first++) {
      if (last.get(page[first]!) === first) pages--;
    }
    if (pages > best.pages) best = { from: first, end: row + 1, pages };
  }
  return best;
}

function timeInWords(from: number, to: number, within: "minute" | "hour"): string {
  return within === "minute"
    ? counted(Math.floor(to / 1000) - Math.floor(from / 1000) + 1, "second")
    : counted(Math.max(1, Math.ceil((to - from) / MINUTE)), "minute");
}
