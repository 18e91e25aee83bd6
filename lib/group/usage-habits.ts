import pl from "nodejs-polars";
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
    user_id: own.user,
    type: own.type,
    ...habitsOf(own),
  }));
  return frameOf(
    rows,
    { user_id: usage.getColumn("user_id").dtype },
    "type",
    { use_days: pl.Int64, use_duration: pl.Int64 },
    "avg_cont_use",
    "calls",
    "calls_per_day",
    "busiest_day_calls",
  );
}

/** The same as plain numbers, by column. */
export interface Habits {
  use_days: number;
  use_duration: number;
  avg_cont_use: number;
  calls: number;
  calls_per_day: number;
  busiest_day_calls: number;
}

/** The habits of one user and API. */
export function habitsOf({ days, calls }: Pick<OwnUsage, "days" | "calls">): Habits {
  const all = calls.reduce((sum, count) => sum + count, 0);
  return {
    use_days: days.length,
    use_duration: days[days.length - 1]! - days[0]!,
    avg_cont_use: meanRun(days),
    calls: all,
    calls_per_day: all / days.length,
    busiest_day_calls: calls.reduce((most, count) => Math.max(most, count), 0),
  };
}
