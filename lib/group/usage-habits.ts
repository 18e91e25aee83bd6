import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { type OwnUsage, usageDays } from "./usage-days";

/**
 * The habits behind `usageFeatures`, in days and calls, unscaled.
 * @param usage what `usageFeatures` takes
 * @returns by user and API: `user_id`, `type`, `use_days`, `use_duration` (0 for a single day),
 *   `avg_cont_use` (days), `calls`, `calls_per_day`, `busiest_day_calls`
 * @throws {Error} if usage is as `usageFeatures` refuses it; users without any call are taken
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

export function habitsOf({ days, calls }: Pick<OwnUsage, "days" | "calls">) {
  const all = calls.reduce((sum, count) => sum + count, 0);
  const runs = days.filter((day, i) => day !== days[i - 1]! + 1).length;
  return {
    use_days: days.length,
    use_duration: days[days.length - 1]! - days[0]!,
    avg_cont_use: days.length / runs,
    calls: all,
    calls_per_day: all / days.length,
    busiest_day_calls: Math.max(...calls),
  };
}
