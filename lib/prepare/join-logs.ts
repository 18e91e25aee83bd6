import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { RawTables } from "./prepare-logs";

export interface JoinLogsOptions {
  /** `left` keeps rows of the log without a cohort, `inner` drops them. */
  how?: "left" | "inner";
}

/**
 * Both tables side by side, as the exercises' queries give them: `SELECT * FROM logs LEFT JOIN
 * cohorts ON logs.cohort_id = cohorts.id`. All else here works on `prepareLogs`.
 *
 * @returns the columns of `logs`, then those of `cohorts`; rows in the order of `logs`
 * @throws {Error} if `cohort_id` or `id` is missing or is not an integer
 * @example
 * joinLogs(await acquireLogs(), { how: "inner" });
 */
export function joinLogs(
  { logs, cohorts }: RawTables,
  { how = "left" }: JoinLogsOptions = {},
): pl.DataFrame {
  if (how !== "left" && how !== "inner") {
    throw new Error(`joinLogs: how must be "left" or "inner"; found ${JSON.stringify(how)}`);
  }
  requireColumns("joinLogs (logs)", logs, "cohort_id");
  requireColumns("joinLogs (cohorts)", cohorts, "id");
  // Both keys under a name that no table has: a join loses the right side's.
  const keyed = (table: pl.DataFrame, name: string) =>
    table.withColumn(table.getColumn(name).cast(pl.Int64).alias("\0key"));
  const joined = keyed(logs, "cohort_id").join(keyed(cohorts, "id"), { on: "\0key", how });
  return joined.select(...logs.columns, ...cohorts.columns);
}
