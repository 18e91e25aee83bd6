import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { weekdayOf, weekOf } from "../log/week";
import { theilSenSlope } from "../stats/theil-sen-slope";
import { type OwnUsage, requireCalls, usageDays, usageSpan } from "./usage-days";
import { habitsOf } from "./usage-features";

export const TREND_FEATURES = [
  "calls_log10",
  "slope_per_week",
  "peak_day_share",
  "weekday_share",
  "weeks_active",
  "days_since_last",
] as const;

/**
 * Whether each use of an API grows, sits on one day, keeps office hours, or is over. Not scaled.
 * @param usage what `usageFeatures` takes
 * @returns by user and API: `user_id`, `type`, `calls_log10`, `slope_per_week`
 *   ([Theil-Sen](https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator), over whole weeks from
 *   the first use to the last; 0 with fewer than two), `peak_day_share`, `weekday_share` (of days
 *   of use), `weeks_active`, `days_since_last`
 * @throws if usage spans more than 30 years, or is as `usageFeatures` refuses it
 */
export function usageTrends(usage: pl.DataFrame): pl.DataFrame {
  const all = usageDays("usageTrends", usage);
  requireCalls("usageTrends", all);
  const { last } = usageSpan("usageTrends", all);
  const rows = all.map((own) => ({ user_id: own.user, type: own.type, ...trendOf(own, last) }));
  const idType = usage.getColumn("user_id").dtype;
  return frameOf(rows, { user_id: idType }, "type", ...TREND_FEATURES);
}

function trendOf({ days, calls }: OwnUsage, lastDay: number) {
  const { calls: all, busiest_day_calls: most } = habitsOf({ days, calls });
  const weeks = weeklyCalls(days, calls, lastDay).map((count) => Math.log10(1 + count));
  return {
    calls_log10: Math.log10(all),
    slope_per_week: theilSenSlope(weeks),
    peak_day_share: most / all,
    weekday_share: days.filter((day) => weekdayOf(day) < 5).length / days.length,
    weeks_active: new Set(days.map(weekOf)).size,
    days_since_last: lastDay - days[days.length - 1]!,
  };
}

function weeklyCalls(days: number[], calls: number[], lastDay: number): number[] {
  const placeOf = (day: number) => Math.floor((day - days[0]!) / 7);
  const used = placeOf(days[days.length - 1]!) + 1;
  const weeks = new Array<number>(Math.min(used, placeOf(lastDay + 1))).fill(0);
  days.forEach((day, i) => {
    if (placeOf(day) < weeks.length) weeks[placeOf(day)]! += calls[i]!;
  });
  return weeks;
}
