import type pl from "nodejs-polars";
import { firstRow } from "../log/first-row";
import { requireColumns } from "../log/require-columns";
import { groupEnds } from "../log/typed-arrays";
import { counted, formatCount } from "../words/format-words";
import { aboveBand, BAND_COLUMNS } from "./band-traces";
import { oneSeries } from "./daily-figure";
import type { FigureOptions } from "./figure";
import { figureText } from "./figure-text";
import { isoDaysOf, numbersOf } from "./plain-values";
import { largestOf } from "./rows";

export interface BandsOfSeveralOptions extends FigureOptions {
  /** Column that tells the series apart. */
  by?: string;
  /** Names by the value of `by` as text; without, "User 341" or the value. */
  names?: Readonly<Record<string, string>>;
}

export interface BandSeries {
  name: string;
  rows: pl.DataFrame;
  flagged: number;
  /** The flagged day with the most pages; of all days where none is flagged. */
  top: { day: string; pages: number };
}

/**
 * The rows of each user: most pages on a flagged day first, users without a flagged day last.
 * @throws {Error} if a column is missing, a user has two rows on a day, or there are more than
 *   `most`
 */
export function bandSeries(
  caller: string,
  banded: pl.DataFrame,
  most: number,
  { by = "user_id", names = {} }: BandsOfSeveralOptions,
): BandSeries[] {
  requireColumns(caller, banded, BAND_COLUMNS, "date", { pages: "number", [by]: "any" });
  const sorted = banded.sort([by, "date"]);
  const ends = groupEnds(sorted, [by]);
  if (ends.length > most) {
    throw new Error(
      `${caller} draws at most ${most} at once, found ${formatCount(ends.length)} values in ${by}: ` +
        "filter the frame to those worth a look",
    );
  }
  const all = Array.from(ends, (end, place): BandSeries => {
    const start = ends[place - 1] ?? 0;
    const rows = oneSeries(caller, sorted.slice(start, end - start));
    const flags = aboveBand(rows);
    const name = nameOf(firstRow(rows)?.[by], by, names);
    return { name, rows, flagged: flags.height, top: topDay(flags.height > 0 ? flags : rows) };
  });
  const rank = ({ flagged, top }: BandSeries) => (flagged > 0 ? 1 : 0) * 1e12 + top.pages;
  return all.sort((a, b) => rank(b) - rank(a));
}

/** "272 pages on 2019-03-03, 4 days flagged". */
export function findingOf({ flagged, top }: BandSeries): string {
  const most = `${counted(top.pages, "page")} on ${top.day}`;
  return flagged === 0
    ? `no day flagged; most, ${most}`
    : `${most}, ${counted(flagged, "day")} flagged`;
}

function topDay(rows: pl.DataFrame): BandSeries["top"] {
  const counts = numbersOf(rows, "pages").map((count) => count ?? 0);
  const pages = largestOf(counts, 0);
  return { day: isoDaysOf(rows)[counts.indexOf(pages)] ?? "", pages };
}

const LONGEST_NAME = 40;

function nameOf(value: unknown, by: string, names: Readonly<Record<string, string>>): string {
  const key = String(value);
  const name = Object.hasOwn(names, key) ? names[key] : by === "user_id" ? `User ${key}` : value;
  return figureText(name, { max: LONGEST_NAME });
}
