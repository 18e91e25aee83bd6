import pl from "nodejs-polars";
import { typeOf } from "../log/columns";
import { isoDay } from "../log/iso-day";
import { PROGRAMS } from "../log/programs";
import { requireColumns, requireValues } from "../log/require-columns";
import { above, where } from "../log/where";
import { ACCESS_LOG_COLUMNS } from "./data-dictionary";

/** The two source tables. */
export interface RawTables {
  /** `date`, `time`, `path`, `user_id`, `cohort_id`, `ip` */
  logs: pl.DataFrame;
  /** `id`, `name`, `start_date`, `end_date`, `program_id`; other columns are left out. */
  cohorts: pl.DataFrame;
}

/**
 * The access log: every row of `logs`, with its time in one column, its cohort's name and dates,
 * and its program's name. Rows without a known cohort stay, with nulls.
 *
 * @returns one row per log row, by time, rows of one second in the order of `logs`: `timestamp`,
 *   `date`, `path`, `user_id`, `cohort_id`, `ip`, `cohort`, `start_date`, `end_date`, `program_id`,
 *   `program`
 * @throws {RangeError} if the first and the last day of `logs` lie more than 100 years apart
 * @throws {Error} if a column is missing or of another type, a log row lacks its date, time or
 *   user, or a cohort's id is null or in the table twice
 * @example
 * const { logs, cohorts } = await acquireLogs();
 * prepareLogs({ logs, cohorts }).height === logs.height; // true
 */
export function prepareLogs({ logs, cohorts }: RawTables): pl.DataFrame {
  requireColumns("prepareLogs (logs)", logs, "date", "time", "path", "user_id", "cohort_id", "ip");
  const labels = ["id", "name", "start_date", "end_date", "program_id"] as const;
  requireColumns("prepareLogs (cohorts)", cohorts, ...labels);
  requireValues("prepareLogs (logs)", logs, ["date", "time", "user_id"]);
  requireValues("prepareLogs (cohorts)", cohorts, ["id"]);
  refuseDuplicateCohorts(cohorts);
  refuseSlips(logs);

  const joined = logs
    .withColumns(timestamp(), pl.col("cohort_id").cast(pl.Int64))
    .join(cohortLabels(cohorts), { on: "cohort_id", how: "left" })
    .select(...ACCESS_LOG_COLUMNS.map(([column]) => pl.col(column).cast(typeOf(column))));
  // A log is in order as a rule, and to sort it takes as long as all of the above.
  const leastStep = joined.getColumn("timestamp").cast(pl.Int64).diff(1, "ignore").min();
  if ((leastStep ?? 0) >= 0) return joined;
  return joined.sort({ by: "timestamp", maintainOrder: true });
}

function timestamp(): pl.Expr {
  const midnight = pl.col("date").cast(pl.Datetime("ms")).cast(pl.Int64);
  const nanoseconds = pl.col("time").cast(pl.Int64);
  const sinceMidnight = nanoseconds.div(pl.lit(1_000_000)).cast(pl.Int64);
  return midnight.add(sinceMidnight).cast(pl.Datetime("ms")).alias("timestamp");
}

function cohortLabels(cohorts: pl.DataFrame): pl.DataFrame {
  const programs = pl.DataFrame([
    pl.Series("program_id", [...PROGRAMS.keys()], pl.Int64),
    pl.Series("program", [...PROGRAMS.values()], pl.String),
  ]);
  return cohorts
    .select(
      pl.col("id").cast(pl.Int64).alias("cohort_id"),
      pl.col("name").alias("cohort"),
      pl.col("start_date"),
      pl.col("end_date"),
      pl.col("program_id").cast(pl.Int64),
    )
    .join(programs, { on: "program_id", how: "left" });
}

/** Functions go through all days, quiet ones too. */
const MOST_YEARS = 100;

function refuseSlips(logs: pl.DataFrame): void {
  const days = logs.getColumn("date").cast(pl.Int32);
  const [first, last] = [days.min(), days.max()].map(Number) as [number, number];
  if (last - first <= 366 * MOST_YEARS) return;
  throw new RangeError(
    `prepareLogs needs the days of logs to lie within ${MOST_YEARS} years; they go from ${isoDay(first)} ` +
      `to ${isoDay(last)}: set right what is a slip or stands for no date, or leave these rows out`,
  );
}

function refuseDuplicateCohorts(cohorts: pl.DataFrame): void {
  const counts = cohorts.groupBy("id").agg(pl.len().alias("rows"));
  const twice = where(counts, { rows: above(1) }).sort("id");
  if (twice.height === 0) return;
  throw new Error(
    `prepareLogs needs each cohort once in cohorts, or the join would repeat log rows; ` +
      `found more than once: ${twice.getColumn("id").toArray().join(", ")}`,
  );
}
