import { existsSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { frameOf } from "../../lib/log/frame-of";
import { dayOf } from "./access-log";

export interface UsageRow {
  dt: string;
  user_id: number;
  type: string;
  api_count: number;
}

/** A tiny usage frame. */
export function usageFrame(usage: UsageRow[]): pl.DataFrame {
  const rows = usage.map(({ dt, ...row }) => ({ ...row, dt: dayOf(dt) }));
  return frameOf(rows, "dt", "user_id", "type", "api_count");
}

/** The case study's own input, where it is beside the project. */
export const REAL_USAGE = join(PROJECT_ROOT, "../shared/greynoise/user_api_data.csv");
export const hasRealUsage = existsSync(REAL_USAGE);
/** Said in the name of a test that needs it. */
export const realUsageNote = hasRealUsage ? "" : " (skipped: the real usage file is not here)";
