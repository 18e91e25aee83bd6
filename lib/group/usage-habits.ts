import pl from "nodejs-polars";
import {
  AVG_CONT_USE,
  BUSIEST_DAY_CALLS,
  CALLS,
  CALLS_PER_DAY,
  TYPE,
  USE_DAYS,
  USE_DURATION,
  USER_ID,
} from "../log/columns";
import { frameOf } from "../log/frame-of";
import { meanRun } from "./mean-run";
import { type OwnUsage, usageDays } from "./usage-days";

/**
 * How each user uses each API, in days and calls as people count them: the
 * habits behind `usageFeatures`, before any scaling.
 *
 * @param usage `dt` (Date or ISO text), `user_id`, `type` (String),
 *   `api_count` (integers from 0): one row per user, API and day of use
 * @returns one row per user and API, by both: `user_id` (as in `usage`), `type`,
 *   `use_days`, `use_duration` (days from first to last use, 0 for a single day),
 *   `calls`, `busiest_day_calls` (Int64), `avg_cont_use` (mean length of runs of
 *   consecutive days), `calls_per_day` (calls per day with a row; Float64)
 * @throws {Error} if a column is missing, of another type or has nulls, a date
 *   cannot be read, a count is negative, or a user has two rows for an API and day
 */
export function usageHabits(usage: pl.DataFrame): pl.DataFrame {
  const rows = usageDays("usageHabits", usage).map((own) => ({
    [USER_ID]: own.user,
    [TYPE]: own.type,
    ...habitsOf(own),
  }));
  return frameOf(rows, {
    [USER_ID]: usage.getColumn(USER_ID).dtype,
    [TYPE]: pl.String,
    [USE_DAYS]: pl.Int64,
    [USE_DURATION]: pl.Int64,
    [AVG_CONT_USE]: pl.Float64,
    [CALLS]: pl.Int64,
    [CALLS_PER_DAY]: pl.Float64,
    [BUSIEST_DAY_CALLS]: pl.Int64,
  });
}

/** The same as plain numbers, by column. */
export interface Habits {
  [USE_DAYS]: number;
  [USE_DURATION]: number;
  [AVG_CONT_USE]: number;
  [CALLS]: number;
  [CALLS_PER_DAY]: number;
  [BUSIEST_DAY_CALLS]: number;
}

/** The habits of one user and API. */
export function habitsOf({ days, calls }: Pick<OwnUsage, "days" | "calls">): Habits {
  const all = calls.reduce((sum, count) => sum + count, 0);
  return {
    [USE_DAYS]: days.length,
    [USE_DURATION]: days[days.length - 1]! - days[0]!,
    [AVG_CONT_USE]: meanRun(days),
    [CALLS]: all,
    [CALLS_PER_DAY]: all / days.length,
    [BUSIEST_DAY_CALLS]: calls.reduce((most, count) => Math.max(most, count), 0),
  };
}
