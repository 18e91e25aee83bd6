import pl from "nodejs-polars";
import { type GroupBy, requireGroups } from "../../log/group-keys";
import { monthsBetween } from "../../log/months-between";
import { STAFF_COHORT_ID } from "../../log/programs";
import { int32 } from "../../log/typed-arrays";

export interface PagesByMonthsAfterEndOptions {
  by?: GroupBy;
}

/**
 * How much students read after class, by calendar months since their cohort's last day, which
 * itself is class. Staff and cohorts without an end date within the log do not count.
 * @returns `by`, `months_after_end`, `pages`, `users`, `cohorts` (with any day of that month in the
 *   log: divide by it): one row per group and month, by both, from month 0 to the group's last with
 *   pages, empty months with 0. Rows without `by` do not count.
 * @throws {Error} if a column is missing or of another type, or `by` names one of the answer's
 * @example
 * pagesByMonthsAfterEnd(accessLog, { by: ["program", "cohort"] });
 */
export function pagesByMonthsAfterEnd(
  accessLog: pl.DataFrame,
  { by = "program" }: PagesByMonthsAfterEndOptions = {},
): pl.DataFrame {
  const counted = ["months_after_end", "pages", "users", "cohorts"];
  const needed = ["date", "path", "user_id", "cohort_id", "end_date"] as const;
  const groupedBy = { by, answer: counted };
  const keys = requireGroups("pagesByMonthsAfterEnd", accessLog, groupedBy, ...needed);
  const students = accessLog
    .select(
      ...keys.map((key) => pl.col(key)),
      ...[dayOf("date").alias(DAY), dayOf("end_date").alias(END)],
      ...[pl.col("user_id").alias(READER), pl.col("cohort_id").alias(CLASS)],
      pl.col("path").isNotNull().alias(VIEW),
      pl.lit(0).alias(ALL), // one group of all, so that joins have something to join on
    )
    .dropNulls()
    .filter(pl.col(CLASS).neq(STAFF_COHORT_ID));
  const groups = keys.length > 0 ? keys : [ALL];
  const counts = monthlyCounts(students, groups);
  const classes = students.select(...groups, CLASS, END).unique();
  const on = [...groups, "months_after_end"];
  const integer = (name: string) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64);
  const end = pl.col("months_after_end").max().add(1);
  const spans = counts.groupBy(groups).agg(pl.lit(0).alias(FROM), end.alias(TO));
  return months(spans, groups)
    .join(counts, { on, how: "left" })
    .join(classesSeen(classes, groups, accessLog), { on, how: "left" })
    .select(...keys.map((key) => pl.col(key)), ...counted.map(integer))
    .sort([...keys, "months_after_end"]);
}

const dayOf = (name: string) => pl.col(name).cast(pl.Date).cast(pl.Int32);

// Names for columns on the way that no log has.
const ALL = "\0all";
const DAY = "\0day";
const END = "\0end";
const VIEW = "\0view";
const READER = "\0reader";
const CLASS = "\0class";
const FROM = "\0from";
const TO = "\0to";

function monthlyCounts(students: pl.DataFrame, groups: string[]): pl.DataFrame {
  const after = students.filter(pl.col(DAY).gt(pl.col(END)).and(pl.col(VIEW)));
  // A class has thousands of rows on a day: each pair of days is looked up once.
  const pairs = after.select(END, DAY).unique();
  const [ends, days] = [int32(pairs, END), int32(pairs, DAY)];
  const passed = days.map((day, i) => monthsBetween(ends[i]!, day));
  const known = pairs.withColumns(pl.Series("months_after_end", passed).cast(pl.Int64));
  return after
    .join(known, { on: [END, DAY] })
    .groupBy([...groups, "months_after_end"])
    .agg(pl.len().alias("pages"), pl.col(READER).nUnique().alias("users"));
}

/** A row for each month from one to before another. */
function months(frame: pl.DataFrame, groups: string[]): pl.DataFrame {
  return frame
    .select(...groups, pl.intRanges(FROM, TO).alias("months_after_end") as pl.Expr)
    .explode("months_after_end")
    .withColumns(pl.col("months_after_end").cast(pl.Int64));
}

/** How many classes of a group had ended so many months ago while the log was kept. */
function classesSeen(classes: pl.DataFrame, groups: string[], log: pl.DataFrame): pl.DataFrame {
  const logged = log.select(dayOf("date")).getColumn("date").dropNulls();
  const [first, last] = [logged.min(), logged.max()];
  const ended = classes.filter(pl.col(END).lt(pl.lit(last)));
  const ends = int32(ended, END);
  const from = ends.map((end) => (first > end ? monthsBetween(end, first) : 0));
  const to = ends.map((end) => monthsBetween(end, last) + 1);
  return months(ended.withColumns(pl.Series(FROM, from), pl.Series(TO, to)), groups)
    .groupBy([...groups, "months_after_end"])
    .agg(pl.len().alias("cohorts"));
}
