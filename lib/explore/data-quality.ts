import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { typedColumns } from "../log/typed-columns";
import { requireNumber } from "../stats/require-option";
import { cohortChecks } from "./cohort-checks";
import { rowChecks, userChecks } from "./row-checks";

export interface DataQualityOptions {
  /** Longest class that there is, in days. */
  longest?: number;
  few?: number;
}

/**
 * What in the log and its cohorts table is not what it seems. Nothing is corrected.
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @param cohorts the raw table: `id`, `name`, `start_date`, `end_date` and, if there, `slack`
 * @returns by `check`, rows before users before cohorts: `count`, `unit`, `share` (of all of that
 *   unit; null where there are none), `which`, `meaning`
 * @throws if `longest` or `few` is not above 0, or a column is missing or of another type
 */
export function dataQuality(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  { longest = 365, few = 100 }: DataQualityOptions = {},
): pl.DataFrame {
  requireNumber("dataQuality", { longest, few }, { above: 0 });
  const log = typedColumns(
    "dataQuality",
    ...([accessLog, "timestamp", "date", "path", "user_id", "cohort_id", "ip", "cohort"] as const),
    ...(["start_date", "end_date"] as const),
  );
  const own = cohorts.columns.includes("slack") ? (["slack"] as const) : [];
  const columns = ["id", "name", "start_date", "end_date"] as const;
  const table = typedColumns("dataQuality (cohorts)", cohorts, ...columns, ...own);
  const totals = {
    rows: log.height,
    users: log.getColumn("user_id").dropNulls().nUnique(),
    cohorts: table.height,
  };
  const checks = [
    ...rowChecks(log),
    ...userChecks(log),
    ...cohortChecks(log, table, { longest, few }),
  ].map((row) => ({ ...row, share: totals[row.unit] > 0 ? row.count / totals[row.unit] : null }));
  return frameOf(checks, "check", "count", "unit", "share", "which", "meaning");
}
