import pl from "nodejs-polars";
import { DATE, PAGES, PATH, USER_ID } from "../../columns";
import { type GroupBy, groupKeys } from "../../group-keys";
import { requireColumns } from "../../require-columns";
import { int32 } from "../../typed-arrays";

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
  { by = USER_ID }: DailyPageViewsOptions = {},
): pl.DataFrame {
  const keys = groupKeys("dailyPageViews", by, [DATE, PAGES]);
  requireColumns("dailyPageViews", accessLog, {
    [DATE]: "Date",
    [PATH]: "any",
    ...Object.fromEntries(keys.map((key) => [key, "any" as const])),
  });

  const views = accessLog
    .select(
      ...keys,
      pl.col(DATE).cast(pl.Date).cast(pl.Int32),
      pl.col(PATH).isNotNull().alias(VIEW),
    )
    .filter(pl.col(VIEW))
    .dropNulls();
  const spans = spansOf(views, keys);
  const pages = countPerDay(views, spans, keys);
  return spans
    .select(...keys, pl.intRanges(FIRST, END).alias(DATE) as pl.Expr)
    .explode(DATE)
    .withColumns(pl.col(DATE).cast(pl.Int32).cast(pl.Date), pl.Series(PAGES, pages).cast(pl.Int64));
}

// Names for columns on the way that no log has.
const VIEW = "\0view";
const FIRST = "\0first";
const END = "\0end";
const SPAN = "\0span";

/** One row per group, by group: its first day, the day after its last, its place in the list. */
function spansOf(views: pl.DataFrame, keys: string[]): pl.DataFrame {
  const span = [pl.col(DATE).min().alias(FIRST), pl.col(DATE).max().add(1).alias(END)];
  const spans =
    keys.length > 0
      ? views
          .groupBy(keys)
          .agg(...span)
          .sort(keys)
      : views.select(...span).dropNulls();
  return spans.withRowIndex(SPAN);
}

/** Counts of all groups' days, one group after the other, quiet days 0. */
function countPerDay(views: pl.DataFrame, spans: pl.DataFrame, keys: string[]): Int32Array {
  // Plain loops over typed arrays: a join of days and counts takes twice as long.
  const first = int32(spans, FIRST);
  const end = int32(spans, END);
  const starts = new Int32Array(first.length + 1);
  for (let s = 0; s < first.length; s++) starts[s + 1] = starts[s]! + end[s]! - first[s]!;

  const placed =
    keys.length > 0
      ? views.join(spans.select(...keys, SPAN), { on: keys, how: "left" })
      : views.withColumns(pl.lit(0).alias(SPAN));
  const span = int32(placed, SPAN);
  const day = int32(placed, DATE);
  const pages = new Int32Array(starts[first.length]!);
  for (let row = 0; row < day.length; row++) {
    const s = span[row]!;
    pages[starts[s]! + day[row]! - first[s]!]!++;
  }
  return pages;
}
