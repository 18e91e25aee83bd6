import { existsSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { days } from "./access-log";

export interface UsageRow {
  dt: string;
  user_id: number;
  type: string;
  api_count: number;
}

/** A tiny usage frame. */
export function usageFrame(rows: UsageRow[]): pl.DataFrame {
  return pl.DataFrame([
    days(
      "dt",
      rows.map((row) => row.dt),
    ),
    pl.Series(
      "user_id",
      rows.map((row) => row.user_id),
      pl.Int64,
    ),
    pl.Series(
      "type",
      rows.map((row) => row.type),
      pl.String,
    ),
    pl.Series(
      "api_count",
      rows.map((row) => row.api_count),
      pl.Int64,
    ),
  ]);
}

/** The case study's own input, where it is beside the project. */
export const REAL_USAGE = join(PROJECT_ROOT, "../shared/greynoise/user_api_data.csv");
export const hasRealUsage = existsSync(REAL_USAGE);
/** Said in the name of a test that needs it. */
export const realUsageNote = hasRealUsage ? "" : " (skipped: the real usage file is not here)";
