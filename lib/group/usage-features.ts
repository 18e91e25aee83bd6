import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { type OwnUsage, requireCalls, usageDays } from "./usage-days";

export const USAGE_FEATURES = [
  "use_days",
  "use_duration",
  "avg_cont_use",
  "total_calls_log10",
  "usage_range",
  "mean_usage_scaled",
  "sd_usage_scaled",
] as const;

const SCALED_OVER_ALL = USAGE_FEATURES.slice(0, 5);

/**
 * The case study's seven features of each use of an API: days with use, days from the first to the
 * last, mean run of consecutive days, log10 of all calls, calls on the busiest day less those on
 * the quietest, mean and standard deviation (of the population) of daily calls scaled to 0 to 1
 * within the use (1 and 0 where they never change). The first five are scaled to 0 to 1 over all
 * uses, or 0.
 * @param usage `dt` (Date or ISO text), `user_id`, `type`, `api_count`, in any order
 * @returns by user and API: `user_id`, `type` and `USAGE_FEATURES`
 * @throws {RangeError} if a count is not an integer from 0
 * @throws {Error} if a column is missing, of another type or has nulls, a date cannot be read, a
 *   user has two rows for an API and day, or no calls at all
 */
export function usageFeatures(usage: pl.DataFrame): pl.DataFrame {
  const all = usageDays("usageFeatures", usage);
  requireCalls("usageFeatures", all);
  const features = featuresOf(all);
  return frameOf(
    all.map(({ user, type }, i) => ({ user_id: user, type, ...features[i] })),
    { user_id: usage.getColumn("user_id").dtype },
    "type",
    ...USAGE_FEATURES,
  );
}

export function featuresOf(all: readonly Pick<OwnUsage, "days" | "calls">[]) {
  const features = all.map(unscaledFeatures);
  for (const name of SCALED_OVER_ALL) {
    // In scikit-learn's order of operations.
    const values = features.map((own) => own[name]);
    const least = values.reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY);
    const range = values.reduce((max, value) => Math.max(max, value), least) - least;
    const scale = 1 / (range < 10 * Number.EPSILON ? 1 : range);
    for (const own of features) own[name] = own[name] * scale - least * scale;
  }
  return features;
}

function unscaledFeatures({ days, calls }: Pick<OwnUsage, "days" | "calls">) {
  const { calls: all, busiest_day_calls: most, ...habits } = habitsOf({ days, calls });
  const fewest = Math.min(...calls);
  const scaled = calls.map((count) => (count - fewest) / (most - fewest));
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const average = mean(scaled);
  const changes = most > fewest;
  return {
    ...habits,
    total_calls_log10: Math.log10(all),
    usage_range: most - fewest,
    mean_usage_scaled: changes ? average : 1,
    sd_usage_scaled: changes ? Math.sqrt(mean(scaled.map((x) => (x - average) ** 2))) : 0,
  };
}

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
    ...(["avg_cont_use", "calls", "calls_per_day", "busiest_day_calls"] as const),
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
