import pl from "nodejs-polars";
import { type CodedColumn, codesOf } from "../../log/coded-column";
import { daysOf, NO_DAY, picked } from "../../log/log-arrays";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import type { CodedViews } from "./surprise-bits";

/** Page views as integers, and what the numbers stand for. */
export interface SurpriseViews extends CodedViews {
  /** The views' rows of the log, in its order: those with a path, a user and a day. */
  rows: Int32Array;
  /** Path of each code. */
  paths: string[];
  /** User of each code. */
  users: pl.Series;
}

/**
 * The page views of a log for `surpriseBits`. Users without a cohort or program are each
 * other's peers, and Staff, who read everything, only one another's.
 *
 * @param caller name of the public function, for messages
 * @param others further columns that the views shall have
 * @throws {Error} if a column is missing or of another type
 */
export function surpriseViews(
  caller: string,
  accessLog: pl.DataFrame,
  others: readonly string[] = [],
): SurpriseViews {
  requireColumns(caller, accessLog, "date", "path", "user_id", "cohort_id", "program_id", {
    ...Object.fromEntries(others.map((name) => [name, "String" as const])),
  });
  const path = codesOf(accessLog, "path", pl.String);
  const [user, cohort, program] = ["user_id", "cohort_id", "program_id"].map((name) =>
    codesOf(accessLog, name),
  ) as [CodedColumn, CodedColumn, CodedColumn];
  const days = daysOf(accessLog);
  const staff = (cohort.values.toArray() as unknown[]).findIndex(
    (id) => Number(id) === STAFF_COHORT_ID,
  );

  const count = path.codes.length;
  const log = new Int32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) {
    if (path.codes[row]! >= 0 && user.codes[row]! >= 0 && days[row] !== NO_DAY) log[kept++] = row;
  }
  const rows = log.subarray(0, kept);
  const programs = new Int32Array(kept);
  for (let i = 0; i < kept; i++) {
    const isStaff = staff >= 0 && cohort.codes[rows[i]!] === staff;
    programs[i] = isStaff ? STAFF : program.codes[rows[i]!]!;
  }
  return {
    rows,
    paths: path.values.toArray() as string[],
    users: user.values,
    user: picked(user.codes, rows, new Int32Array(kept)),
    program: programs,
    cohort: picked(cohort.codes, rows, new Int32Array(kept)),
    day: picked(days, rows, new Int32Array(kept)),
    path: picked(path.codes, rows, new Int32Array(kept)),
  };
}

/** A program of their own, before all others and none, which is -1. */
const STAFF = -2;

/** Whether a row is a page view that someone made on a known day. */
export function isView(): pl.Expr {
  return pl
    .col("path")
    .isNotNull()
    .and(pl.col("user_id").isNotNull())
    .and(pl.col("date").isNotNull());
}
