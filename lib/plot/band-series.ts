import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { groupEnds } from "../log/typed-arrays";
import { formatCount } from "../words/format-words";
import { aboveBand, BAND_COLUMNS } from "./band-traces";
import { oneSeries } from "./daily-figure";
import { figureText } from "./figure-text";
import { isoDaysOf, numbersOf } from "./plain-values";

export interface BandSeriesOptions {
  /** The column that tells the series apart. */
  by: string;
  /** What to call a series, by its value in `by` as text; "User 341", or the value itself, without. */
  names?: Readonly<Record<string, string>>;
  /** Most series that can be drawn. */
  most: number;
}

/** One user's rows by day, with what a figure says of them. */
export interface BandSeries {
  /** Fit for a figure. */
  name: string;
  rows: pl.DataFrame;
  days: number;
  flagged: number;
  /** The flagged day with the most pages, or of all days where none is flagged. */
  top: { day: string; pages: number };
}

/**
 * The rows of several users one by one: first the one with the most pages on a flagged day, last
 * those without a flagged day.
 *
 * @throws {Error} if a column is missing or of another type, one of them has two rows on a day, or
 *   there are more than `most`
 */
export function bandSeries(
  caller: string,
  banded: pl.DataFrame,
  { by, names = {}, most }: BandSeriesOptions,
): BandSeries[] {
  requireColumns(caller, banded, { ...BAND_COLUMNS }, "date", { pages: "number", [by]: "any" });
  const sorted = banded.sort([by, "date"]);
  const ends = groupEnds(sorted, [by]);
  if (ends.length > most) {
    throw new Error(
      `${caller} draws at most ${most} at once, found ${formatCount(ends.length)} values in ${by}: ` +
        "filter the frame to those worth a look",
    );
  }
  const values = sorted.getColumn(by);
  const all = Array.from(ends, (end, place): BandSeries => {
    const start = ends[place - 1] ?? 0;
    const rows = oneSeries(caller, sorted.slice(start, end - start));
    const flags = aboveBand(rows);
    return {
      name: nameOf(values.getIndex(start), by, names),
      rows,
      days: rows.height,
      flagged: flags.height,
      top: topDay(flags.height > 0 ? flags : rows),
    };
  });
  const rank = ({ flagged, top }: BandSeries) => (flagged > 0 ? 1 : 0) * 1e12 + top.pages;
  return all.sort((a, b) => rank(b) - rank(a));
}

/** "272 pages on 2019-03-03, 4 days flagged". */
export function findingOf({ flagged, top }: BandSeries): string {
  const most = `${formatCount(top.pages)} page${top.pages === 1 ? "" : "s"} on ${top.day}`;
  if (flagged === 0) return `no day flagged; most, ${most}`;
  return `${most}, ${formatCount(flagged)} day${flagged === 1 ? "" : "s"} flagged`;
}

function topDay(rows: pl.DataFrame): BandSeries["top"] {
  const pages = numbersOf(rows, "pages").map((count) => count ?? 0);
  const most = pages.reduce((a, b) => Math.max(a, b), 0);
  return { day: isoDaysOf(rows, "date")[pages.indexOf(most)] ?? "", pages: most };
}

const LONGEST_NAME = 40;

function nameOf(value: unknown, by: string, names: Readonly<Record<string, string>>): string {
  const key = String(value);
  const name = Object.hasOwn(names, key) ? names[key] : by === "user_id" ? `User ${key}` : value;
  return figureText(name, { max: LONGEST_NAME });
}
