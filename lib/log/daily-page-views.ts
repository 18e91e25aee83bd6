import pl from "nodejs-polars";
import { codedGroups } from "./coded-column";
import { type GroupBy, groupKeys } from "./group-keys";
import { requireColumns } from "./require-columns";
import { int32 } from "./typed-arrays";

export interface DailyPageViewsOptions {
  /** Whose pages are counted: the column or columns that say so; null for the whole site's. */
  by?: GroupBy;
}

/**
 * Pages per day of each user, address, cohort or whatever `by` names, with a 0
 * for every quiet day from each one's first day to their last. Methods that
 * look back over days start here: without the zeros, thirty rows are not
 * thirty days.
 *
 * @param accessLog access log in any order: `date`, `path` and the columns of `by`
 * @returns `by`, `date` (Date), `pages` (Int64): one row per group and day, by
 *   group and day. Rows without a path are not page views, and rows without a
 *   value in `by` are nobody's: they count for nothing, not even as a first or
 *   last day.
 * @throws {Error} if a column is missing or of another type, or `by` names
 *   `date` or `pages`
 * @example
 * // user 7 opened two pages on 2 March, none on the 3rd, one on the 4th
 * dailyPageViews(accessLog).getColumn("pages").toArray(); // [2, 0, 1]
 */
export function dailyPageViews(
  accessLog: pl.DataFrame,
  { by = "user_id" }: DailyPageViewsOptions = {},
): pl.DataFrame {
  const keys = groupKeys("dailyPageViews", by, ["date", "pages"]);
  requireColumns("dailyPageViews", accessLog, "date", {
    path: "any",
    ...Object.fromEntries(keys.map((key) => [key, "any" as const])),
  });

  const views = accessLog
    .select(
      ...keys,
      pl.col("date").cast(pl.Date).cast(pl.Int32),
      pl.col("path").isNotNull().alias(VIEW),
    )
    .filter(pl.col(VIEW))
    .drop(VIEW)
    .dropNulls();
  const { codes, count, keys: values } = codedGroups(views, keys);
  const day = int32(views, "date");
  const spans = spansOf(codes, day, count);
  return pl
    .DataFrame([
      ...keys.map((key, i) => values[i]!.alias(key)),
      pl.Series(FIRST, spans.first),
      pl.Series(END, spans.end),
    ])
    .select(...keys, pl.intRanges(FIRST, END).alias("date") as pl.Expr)
    .explode("date")
    .withColumns(
      pl.col("date").cast(pl.Int32).cast(pl.Date),
      pl.Series("pages", pagesPerDay(codes, day, spans)).cast(pl.Int64),
    );
}

// Names for columns on the way that no log has.
const VIEW = "\0view";
const FIRST = "\0first";
const END = "\0end";

interface Spans {
  /** Each group's first day. */
  first: Int32Array;
  /** The day after each one's last. */
  end: Int32Array;
}

function spansOf(codes: Int32Array, day: Int32Array, count: number): Spans {
  const first = new Int32Array(count).fill(2 ** 31 - 1);
  const end = new Int32Array(count).fill(-(2 ** 31));
  for (let row = 0; row < codes.length; row++) {
    const group = codes[row]!;
    if (day[row]! < first[group]!) first[group] = day[row]!;
    if (day[row]! >= end[group]!) end[group] = day[row]! + 1;
  }
  return { first, end };
}

/** Counts of all groups' days, one group after the other, quiet days 0. */
function pagesPerDay(codes: Int32Array, day: Int32Array, { first, end }: Spans): Int32Array {
  // Plain loops over typed arrays: a join of days and counts takes twice as long.
  const starts = new Int32Array(first.length + 1);
  for (let g = 0; g < first.length; g++) starts[g + 1] = starts[g]! + end[g]! - first[g]!;
  const pages = new Int32Array(starts[first.length]!);
  for (let row = 0; row < codes.length; row++) {
    const group = codes[row]!;
    pages[starts[group]! + day[row]! - first[group]!]!++;
  }
  return pages;
}
