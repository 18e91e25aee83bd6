import pl from "nodejs-polars";
import { type GroupBy, groupKeys } from "../../log/group-keys";
import { monthsBetween } from "../../log/months-between";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { int32 } from "../../log/typed-arrays";

export interface PagesByMonthsAfterEndOptions {
  /** Whose pages are counted together: the column or columns that say so; null for all. */
  by?: GroupBy;
}

/**
 * How much students read once class is over, month by month since their cohort's last day:
 * what do graduates come back for, and for how long?
 *
 * Months are whole ones by the calendar, as pandas' `DateOffset(months=n)` counts them: `n`
 * months have passed on the day of the month on which class ended, or on the last of the month where
 * there is no such day. Of a class that ended on January 31, month 0 are the days from February 1
 * to 27 (28 in a leap year), and month 1 begins on the 28th (29th). The last day itself is
 * still class.
 *
 * Later months have fewer cohorts that could be seen in them: divide by `cohorts`, the number
 * of those of the group of which any day of that month lies within the log, before you call it a decline.
 * Cohorts with any row in the log count; Staff do not, nor does a cohort without an end date
 * or one that ends after the log.
 *
 * @param accessLog access log, as `prepareLogs` gives it
 * @returns `by`, `months_after_end`, `pages` (page views), `users` (different ones with any),
 *   `cohorts` (all Int64): one row per group and month, by both, from month 0 to the group's
 *   last with pages; months without are there with 0. Rows without a value in `by` are nobody's.
 * @throws {Error} if a column is missing or of another type, or `by` names one of the answer's
 * @example
 * pagesByMonthsAfterEnd(accessLog); // by program
 * pagesByMonthsAfterEnd(accessLog, { by: ["program", "cohort"] });
 */
export function pagesByMonthsAfterEnd(
  accessLog: pl.DataFrame,
  { by = "program" }: PagesByMonthsAfterEndOptions = {},
): pl.DataFrame {
  const keys = groupKeys("pagesByMonthsAfterEnd", by, [
    "months_after_end",
    "pages",
    "users",
    "cohorts",
  ]);
  requireColumns(
    "pagesByMonthsAfterEnd",
    accessLog,
    "date",
    "path",
    "user_id",
    "cohort_id",
    "end_date",
    { ...Object.fromEntries(keys.map((key) => [key, "any" as const])) },
  );
  const students = accessLog
    .select(
      ...keys,
      pl.col("date").cast(pl.Date).cast(pl.Int32).alias(DAY),
      pl.col("end_date").cast(pl.Date).cast(pl.Int32).alias(END),
      pl.col("path").isNotNull().alias(VIEW),
      pl.col("user_id").cast(pl.Int64).alias(READER),
      pl.col("cohort_id").cast(pl.Int64).alias(CLASS),
    )
    .filter(pl.col(CLASS).neq(pl.lit(STAFF_COHORT_ID)).and(pl.col(END).isNotNull()))
    .dropNulls();
  // One group of all where there are no others, so that joins have something to join on.
  const groups = keys.length > 0 ? keys : [ALL];
  const grouped = keys.length > 0 ? students : students.withColumns(pl.lit(0).alias(ALL));
  const counts = monthlyCounts(grouped, groups);
  const classes = grouped.select(...groups, CLASS, END).unique();
  const on: string[] = [...groups, "months_after_end"];
  return everyMonth(counts, groups)
    .join(counts, { on, how: "left" })
    .join(classesSeen(classes, groups, accessLog), { on, how: "left" })
    .select(
      ...keys,
      "months_after_end",
      ...["pages", "users", "cohorts"].map((name) =>
        pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64),
      ),
    )
    .sort([...keys, "months_after_end"]);
}

// Names for columns on the way that no log has.
const ALL = "\0all";
const DAY = "\0day";
const END = "\0end";
const VIEW = "\0view";
const READER = "\0reader";
const CLASS = "\0class";
const LAST = "\0last";

/** Page views and readers per group and month, where there are any. */
function monthlyCounts(students: pl.DataFrame, groups: string[]): pl.DataFrame {
  const after = students.filter(pl.col(DAY).gt(pl.col(END)).and(pl.col(VIEW)));
  return after
    .withColumns(
      pl.Series("months_after_end", monthsOf(int32(after, END), int32(after, DAY))).cast(pl.Int64),
    )
    .groupBy([...groups, "months_after_end"])
    .agg(pl.len().alias("pages"), pl.col(READER).nUnique().alias("users"));
}

function monthsOf(ends: Int32Array, days: Int32Array): Int32Array {
  // A class has thousands of rows on a day: each pair of days is looked up once.
  const known = new Map<number, number>();
  return days.map((day, row) => {
    const pair = ends[row]! * 1e6 + day;
    const months = known.get(pair) ?? monthsBetween(ends[row]!, day);
    known.set(pair, months);
    return months;
  });
}

/** Each group's months from 0 to its last. */
function everyMonth(counts: pl.DataFrame, groups: string[]): pl.DataFrame {
  return counts
    .groupBy(groups)
    .agg(pl.col("months_after_end").max().alias(LAST))
    .select(...groups, pl.intRanges(0, pl.col(LAST).add(1)).alias("months_after_end") as pl.Expr)
    .explode("months_after_end")
    .withColumns(pl.col("months_after_end").cast(pl.Int64));
}

/** How many classes of a group had ended so many months ago while the log was kept. */
function classesSeen(
  classes: pl.DataFrame,
  groups: string[],
  accessLog: pl.DataFrame,
): pl.DataFrame {
  const logged = accessLog.select(pl.col("date").cast(pl.Date).cast(pl.Int32)).dropNulls();
  const [first, last] = [logged.getColumn("date").min(), logged.getColumn("date").max()];
  const ended = classes.filter(pl.col(END).lt(pl.lit(last)));
  const ends = int32(ended, END);
  const from = ends.map((end) => (first > end ? monthsBetween(end, first) : 0));
  const to = ends.map((end) => monthsBetween(end, last) + 1);
  return ended
    .withColumns(pl.Series(DAY, from), pl.Series(LAST, to))
    .select(...groups, pl.intRanges(DAY, LAST).alias("months_after_end") as pl.Expr)
    .explode("months_after_end")
    .withColumns(pl.col("months_after_end").cast(pl.Int64))
    .groupBy([...groups, "months_after_end"])
    .agg(pl.len().alias("cohorts"));
}
