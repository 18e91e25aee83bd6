import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { daysOf, NO_DAY, picked } from "../../log/log-arrays";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";

export type SurpriseViews = ReturnType<typeof surpriseViews>;

/** A program of their own, before all others and none, which is -1. */
const STAFF = -2;

/**
 * The log's rows with a path, a user and a day, as codes and days since 1970. Users without a
 * cohort or program are each other's peers, and Staff only one another's.
 */
export function surpriseViews(caller: string, accessLog: pl.DataFrame) {
  requireColumns(caller, accessLog, "date", "path", "user_id", "cohort_id", "program_id");
  const path = codesOf(accessLog, "path", pl.String);
  const user = codesOf(accessLog, "user_id");
  const cohort = codesOf(accessLog, "cohort_id");
  const program = codesOf(accessLog, "program_id");
  const day = daysOf(accessLog);
  const staff = cohort.values.toArray().map(Number).indexOf(STAFF_COHORT_ID);
  const rows = day
    .map((_, row) => row)
    .filter((row) => path.codes[row]! >= 0 && user.codes[row]! >= 0 && day[row] !== NO_DAY);
  const of = (values: Int32Array) => picked(values, rows, new Int32Array(rows.length));
  const cohorts = of(cohort.codes);
  return {
    rows,
    user: of(user.codes),
    program: of(program.codes).map((code, i) =>
      cohorts[i] === staff && staff >= 0 ? STAFF : code,
    ),
    cohort: cohorts,
    day: of(day),
    path: of(path.codes),
    paths: path.values.toArray() as string[],
    users: user.values,
  };
}
