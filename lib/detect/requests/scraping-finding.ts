import { isoDay } from "../../log/iso-day";
import { valueAt } from "../../log/value-at";
import { formatCount, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { type JudgedDays, mostFrequent } from "./judged-days";
import { MINUTE } from "./reading-figures";
import type { DayFigures, ScrapingEvidence } from "./scraping-evidence";
import type { Usual } from "./usual-distinct";

const STRETCHES = { minute: MINUTE, hour: 60 * MINUTE, day: Infinity };

/** What is said about a flagged day. */
export interface FindingContext {
  by: "user_id" | "ip";
  evidence: ScrapingEvidence;
  figures: DayFigures;
  usual: Usual;
  usualShare: number;
  /** Gives a cohort's name by its place; undefined where it has none. */
  nameOf: (cohort: number) => string | undefined;
}

/** The sentence on a flagged day: who opened how many pages in what time, and what peers open. */
export function scrapingFinding(
  days: JudgedDays,
  day: number,
  { by, evidence, figures, usual, usualShare, nameOf }: FindingContext,
): string {
  const { rows, starts, addressOf } = days;
  const { within } = evidence;
  const { from, end, pages } = fullestStretch(
    rows,
    starts[day]!,
    starts[day + 1]!,
    STRETCHES[within],
  );
  const address = mostFrequent(addressOf, from, end);
  const ip = address < 0 ? null : visibleText(String(days.addresses.get(address)), { max: 60 });
  const user = valueAt(days.users, days.user[day]!);
  const time =
    within === "day" ? "" : ` in ${timeInWords(rows.time[from]!, rows.time[end - 1]!, within)}`;
  const date = isoDay(days.day[day]!);
  const opened = `opened ${formatCount(pages)} different pages${time} on ${date}`;
  const how =
    within === "minute"
      ? `up to ${formatCount(figures.perSecond[day]!)} a second`
      : `${formatPercent(orderOf(figures, day), 0)} of steps in the site's order`;
  const said =
    by === "ip"
      ? `From ${ip} user ${user} ${opened} (${how})`
      : `User ${user} ${opened} (${how})${ip === null ? "" : `, from ${ip}`}`;
  return `${said}; ${peersInWords()}.`;

  function peersInWords(): string {
    if (usual.distinctPages === null) return "there are no other readers to compare with";
    const code = days.cohort[day]!;
    const name = usual.isCohort
      ? (nameOf(code) ?? `cohort ${valueAt(days.cohorts, code)}`)
      : "the site";
    return (
      `other readers of ${visibleText(name, { max: 60 })} open at most ` +
      `${formatCount(usual.distinctPages)} on ${formatPercent(usualShare, 3)} of their days`
    );
  }
}

const orderOf = ({ inSiteOrder }: DayFigures, day: number) =>
  Number.isNaN(inSiteOrder[day]!) ? 0 : inSiteOrder[day]!;

/** The rows of the first stretch in which most different pages are opened, as few as hold them. */
function fullestStretch(
  { time, page }: { time: Float64Array; page: Int32Array },
  from: number,
  end: number,
  stretch: number,
): { from: number; end: number; pages: number } {
  const open = new Map<number, number>();
  let best = { from, end, pages: 0 };
  for (let first = from, row = from; row < end; row++) {
    open.set(page[row]!, (open.get(page[row]!) ?? 0) + 1);
    // What is too long ago goes, and so does a first page that is opened again later.
    while (time[row]! - time[first]! >= stretch || open.get(page[first]!)! > 1) {
      const left = open.get(page[first]!)! - 1;
      if (left > 0) open.set(page[first]!, left);
      else open.delete(page[first]!);
      first++;
    }
    if (open.size > best.pages) best = { from: first, end: row + 1, pages: open.size };
  }
  return best;
}

function timeInWords(from: number, to: number, within: "minute" | "hour"): string {
  const count =
    within === "minute"
      ? Math.floor(to / 1000) - Math.floor(from / 1000) + 1
      : Math.ceil((to - from) / MINUTE);
  const unit = within === "minute" ? "second" : "minute";
  return `${formatCount(Math.max(1, count))} ${unit}${count > 1 ? "s" : ""}`;
}
