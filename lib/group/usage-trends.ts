import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { theilSenSlope } from "../stats/theil-sen-slope";
import { visibleText } from "../words/visible-text";
import { type OwnUsage, usageDays, usageSpan } from "./usage-days";

/** The features that `usageTrends` gives, in its order. */
export const TREND_FEATURES = [
  "calls_log10",
  "slope_per_week",
  "peak_day_share",
  "weekday_share",
  "weeks_active",
  "days_since_last",
] as const;

/**
 * Where each user's use of each API is heading, in six features beside the case
 * study's seven: those say how much and how steadily, these whether it grows, sits
 * on one day, keeps office hours, or is over.
 *
 * - `calls_log10`: log10 of all calls
 * - `slope_per_week`: how log10(1 + calls of a week) changes from week to week, as the
 *   [Theil-Sen](https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator) slope: the
 *   median over all pairs of weeks, which one wild week does not move. 0.3 is a
 *   doubling each week. Weeks run from the user's own first day, quiet ones count
 *   with 0, up to the one with the last use; one that the log does not see to
 *   its end is left out. 0 with fewer than two such weeks
 * - `peak_day_share`: the busiest day's part of all calls (1 for a single day)
 * - `weekday_share`: the part of days of use that are Monday to Friday
 * - `weeks_active`: different weeks, from Monday, with any use
 * - `days_since_last`: days from the last use to the last day of the log (of any user
 *   and API). Long for those who have left; the log cannot tell them from those
 *   who pause
 *
 * The features are not scaled: `scaledFeatures` brings them to 0 to 1 for grouping.
 *
 * @param usage `dt` (Date or ISO text), `user_id`, `type` (String),
 *   `api_count` (integers from 0): one row per user, API and day of use
 * @returns one row per user and API, by both: `user_id` (as in `usage`), `type`,
 *   the first four features (Float64), `weeks_active`, `days_since_last` (Int64)
 * @throws {RangeError} if the first and the last day of any use lie more than 30 years apart
 * @throws {Error} if a column is missing, of another type or has nulls, a date
 *   cannot be read, a count is negative, a user has two rows for an API and day,
 *   or no calls at all (which have no logarithm)
 */
export function usageTrends(usage: pl.DataFrame): pl.DataFrame {
  const all = usageDays("usageTrends", usage);
  const { last } = usageSpan("usageTrends", all);
  const rows = all.map((own) => ({
    user_id: own.user,
    type: own.type,
    ...trendOf(own, last),
  }));
  return frameOf(
    rows,
    { user_id: usage.getColumn("user_id").dtype },
    "type",
    "calls_log10",
    "slope_per_week",
    "peak_day_share",
    "weekday_share",
    "weeks_active",
    "days_since_last",
  );
}

function trendOf({ user, type, days, calls }: OwnUsage, lastDay: number) {
  const all = calls.reduce((sum, count) => sum + count, 0);
  if (all === 0) {
    throw new Error(
      "usageTrends needs some calls of every user and API; none in all by user " +
        `${visibleText(String(user), { max: 60 })}, ${visibleText(type, { max: 60 })}`,
    );
  }
  const weeks = weeklyCalls(days, calls, lastDay).map((count) => Math.log10(1 + count));
  return {
    calls_log10: Math.log10(all),
    slope_per_week: theilSenSlope(weeks),
    peak_day_share: calls.reduce((most, count) => Math.max(most, count), 0) / all,
    weekday_share: days.filter((day) => mondayBased(day) < 5).length / days.length,
    weeks_active: new Set(Array.from(days, (day) => day - mondayBased(day))).size,
    days_since_last: lastDay - days[days.length - 1]!,
  };
}

/** Calls per week from the first day on, of weeks that the log sees to their end. */
function weeklyCalls(days: Int32Array, calls: Float64Array, lastDay: number): number[] {
  const first = days[0]!;
  const used = Math.floor((days[days.length - 1]! - first) / 7) + 1;
  const seen = Math.floor((lastDay - first + 1) / 7);
  const weeks = new Array<number>(Math.min(used, seen)).fill(0);
  for (let i = 0; i < days.length; i++) {
    const week = Math.floor((days[i]! - first) / 7);
    if (week < weeks.length) weeks[week]! += calls[i]!;
  }
  return weeks;
}

/** 0 on Monday to 6 on Sunday; day 0 was a Thursday. */
function mondayBased(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
