import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { atMost, between, not, type Wanted, where } from "../log/where";
import { quantile } from "../stats/quantile";

export function partsOf(all: pl.DataFrame) {
  const [date, start, end] = [pl.col("date"), pl.col("start_date"), pl.col("end_date")];
  const joined = where(all, { cohort_id: not(null) });
  const students = where(joined, { cohort_id: not(STAFF_COHORT_ID) });
  const in2019 = { date: between(new Date("2019-01-01"), new Date("2019-12-31")) };
  return {
    all,
    joined,
    students,
    noCohort: where(all, { cohort_id: null }),
    staff: where(joined, { cohort_id: STAFF_COHORT_ID }),
    dataScience: where(joined, { program_id: 3 }),
    dataScience2019: where(joined, { program_id: 3, ...in2019 }),
    java2019: where(joined, { program_id: 2, ...in2019 }),
    /** Students from the first to the last day of class, both included. */
    inClass: students.filter(date.gtEq(start).and(date.ltEq(end))),
    /** Both days left out. */
    withinClass: students.filter(date.gt(start).and(date.lt(end))),
    /** By timestamp: up to midnight of the last day. */
    upToEnd: students.filter(date.gtEq(start).and(date.lt(end))),
    /** Rows with a cohort after its last day, Staff included. */
    after: joined.filter(date.gt(end)),
    /** By timestamp: from midnight of the last day on. */
    afterMidnight: joined.filter(date.gtEq(end)),
    earlier: where(all, { timestamp: atMost(new Date("2020-11-02T16:48:47Z")) }),
  };
}

export type Part = keyof ReturnType<typeof partsOf>;

/** Conditions whose rows are counted, a column whose different values are, or a function. */
export type Measure = Readonly<Record<string, Wanted>> | string | ((rows: pl.DataFrame) => number);

export function measured(rows: pl.DataFrame, measure: Measure): number | null {
  if (typeof measure === "string") return rows.getColumn(measure).dropNulls().nUnique();
  if (typeof measure !== "function") {
    const names = Object.keys(measure);
    return names.length === 0 ? rows.height : where(rows.select(...names), measure).height;
  }
  const value = measure(rows);
  return Number.isNaN(value) ? null : value;
}

/** Different pairs of two columns' values. */
export const pairs = (one: string, other: string) => (rows: pl.DataFrame) =>
  rows.select(one, other).dropNulls().unique().height;

export const repeatedRows = (rows: pl.DataFrame) =>
  rows.height - rows.select("timestamp", "path", "user_id", "cohort_id", "ip").unique().height;

export const rowsOnJava = (rows: pl.DataFrame) =>
  rows.filter(pl.col("path").cast(pl.String).str.contains("^java")).height;

export function pathsWithOneRow(rows: pl.DataFrame): number {
  const counts = where(rows, { path: not(null) })
    .groupBy("path")
    .agg(pl.len().alias("count"));
  return where(counts, { count: 1 }).height;
}

export const rowsPerUser = (at: number) => (rows: pl.DataFrame) =>
  perUser(where(rows, { path: not(null) }), pl.len(), at);

export const addressesPerUser = (at: number) => (rows: pl.DataFrame) =>
  perUser(rows, pl.col("ip").nUnique(), at);

function perUser(rows: pl.DataFrame, count: pl.Expr, at: number): number {
  const counts = rows.groupBy("user_id").agg(count.alias("count")).getColumn("count").sort();
  return quantile(Array.from(counts.toArray(), Number), at);
}
