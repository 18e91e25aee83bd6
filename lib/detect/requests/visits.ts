import pl from "nodejs-polars";
import { groupKeys } from "../../log/group-keys";
import { requireColumns } from "../../log/require-columns";
import { median } from "../../stats/median";
import { pageRows, spanStarts, valuesOf } from "./page-rows";
import { MINUTE, readingFigures } from "./reading-figures";

export interface VisitsOptions {
  /** Whose visits: the column that says so. */
  by?: string;
  /** Minutes without a request after which a visit has ended. */
  pause?: number;
}

/**
 * Visits: what someone opens without a longer pause. A log has requests, people come and go;
 * half an hour without a request as the end of a visit is the custom of web analytics
 * ([Google's sessions](https://support.google.com/analytics/answer/2731565), for one).
 *
 * A visit may go on past midnight. Every row with a path counts, so a page opened twice is
 * two of `pages` and one of `distinct_pages`; and so do the pictures that a page loads by
 * itself, mostly within the same second: a few pages in a second are no haste.
 *
 * @param accessLog access log in any order: `timestamp`, `path` and the column of `by`
 * @returns one row per visit, by `by` and time: `by`, `from`, `to` (Datetime ms, first and
 *   last request), `pages`, `distinct_pages` (Int64), `minutes` (Float64, from the first
 *   request to the last: 0 for a single one), `most_per_second`, `most_per_minute` (Int64,
 *   the most different pages opened within one second of the clock and within any 60
 *   seconds), `in_site_order` (Float64, share of steps from one page to another that go
 *   forward to the neighboring page in the site's order; null without a step),
 *   `median_pause` (Float64, seconds from one request to the next; null with one request).
 *   Rows without a path, a time or a value in `by` count for nothing.
 *
 *   The site's order is that of a contents list, by the paths' text: section by section, a
 *   section's own page first, names by alphabet, numbers by size. The neighboring page is
 *   the next of those opened in the visit, so of n pages opened at random one step in n is
 *   in order, and half of them where there are but two. Requests of one time have no order
 *   among themselves: a step leads from the last of them, in the site's order, to the first
 *   of the next. Pictures, styles and scripts are left out of the steps.
 * @throws {RangeError} if `pause` is not above 0
 * @throws {Error} if a column is missing or of another type, or `by` names one of the
 *   answer's columns
 * @example
 * visits(accessLog, { by: "ip", pause: 10 });
 */
export function visits(
  accessLog: pl.DataFrame,
  { by = "user_id", pause = 30 }: VisitsOptions = {},
): pl.DataFrame {
  groupKeys("visits", by, FIGURES);
  if (!(pause > 0 && pause < Infinity)) {
    throw new RangeError(
      `visits needs a pause above 0 minutes, got ${pause}: it ends a visit when nothing is requested for so long`,
    );
  }
  requireColumns("visits", accessLog, "timestamp", "path", { [by]: "any" });

  const rows = pageRows(accessLog, [by], 1);
  const { time } = rows;
  const who = rows.codes[0]!;
  const starts = spanStarts(
    time.length,
    (row) => who[row] !== who[row - 1] || time[row]! - time[row - 1]! >= pause * MINUTE,
  );
  const { pages, distinctPages, perSecond, perMinute, inSiteOrder } = readingFigures(rows, starts);
  const firsts = starts.subarray(0, -1);
  const from = Float64Array.from(firsts, (row) => time[row]!);
  const to = Float64Array.from(firsts, (_, visit) => time[starts[visit + 1]! - 1]!);
  const minutes = from.map((begin, visit) => (to[visit]! - begin) / MINUTE);

  return pl
    .DataFrame([
      valuesOf(rows, 0, firsts).alias(by),
      pl.Series("from", from),
      pl.Series("to", to),
      pl.Series("pages", pages),
      pl.Series("distinct_pages", distinctPages),
      pl.Series("minutes", minutes),
      pl.Series("most_per_second", perSecond),
      pl.Series("most_per_minute", perMinute),
      pl.Series("in_site_order", inSiteOrder),
      pl.Series("median_pause", medianPauses(time, starts)),
    ])
    .withColumns(
      ...["from", "to"].map((name) => pl.col(name).cast(pl.Int64).cast(pl.Datetime("ms"))),
      ...COUNTS.map((name) => pl.col(name).cast(pl.Int64)),
      // Polars ranks NaN above every number.
      ...["in_site_order", "median_pause"].map((name) => pl.col(name).fillNan(pl.lit(null))),
    );
}

const FIGURES = [
  "from",
  "to",
  "pages",
  "distinct_pages",
  "minutes",
  "most_per_second",
  "most_per_minute",
  "in_site_order",
  "median_pause",
];
const COUNTS = ["pages", "distinct_pages", "most_per_second", "most_per_minute"];

/** Median seconds from one row to the next, for each span; NaN for a span of one row. */
function medianPauses(time: Float64Array, starts: Int32Array): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, span) => {
    const pauses = new Float64Array(starts[span + 1]! - starts[span]! - 1);
    for (let i = 0, row = starts[span]!; i < pauses.length; i++, row++) {
      pauses[i] = (time[row + 1]! - time[row]!) / 1000;
    }
    return median(pauses);
  });
}
