import pl from "nodejs-polars";
import {
  API_COUNT,
  AVG_CONT_USE,
  DT,
  MEAN_USAGE_SCALED,
  SD_USAGE_SCALED,
  TOTAL_CALLS_LOG10,
  TYPE,
  USAGE_RANGE,
  USE_DAYS,
  USE_DURATION,
  USER_ID,
} from "../columns";
import { requireColumns } from "../require-columns";
import { groupEnds, int32, numbers } from "../typed-arrays";
import { USAGE_FEATURES } from "./usage-feature-columns";

/**
 * How each user uses each API, as the case study's seven features:
 *
 * - `use_days`: days with any use
 * - `use_duration`: days from the first to the last use
 * - `avg_cont_use`: mean length of runs of consecutive days
 * - `total_calls_log10`: log10 of all calls
 * - `usage_range`: calls on the busiest day less those on the quietest
 * - `mean_usage_scaled`, `sd_usage_scaled`: mean and standard deviation (of the
 *   population) of daily calls scaled to 0 to 1 within the user and API; where
 *   they never change, a single day included, 1 and 0
 *
 * The first five are then scaled to 0 to 1 over all users and APIs together. A
 * feature that is the same for all of them becomes 0.
 *
 * @param usage `dt` (Date or ISO text), `user_id`, `type` (String),
 *   `api_count` (whole numbers from 0): one row per user, API and day of use,
 *   in any order
 * @returns one row per user and API, by both: `user_id`, `type` and the seven
 *   features (Float64)
 * @throws {Error} if a column is missing, of another type or has nulls, a date
 *   cannot be read, a count is negative, a user has two rows for an API and
 *   day, or no calls at all (which have no logarithm)
 */
export function usageFeatures(usage: pl.DataFrame): pl.DataFrame {
  const sorted = checkedUsage(usage);
  const ends = groupEnds(sorted, [USER_ID, TYPE]);
  const days = int32(sorted, DT);
  const calls = numbers(sorted, API_COUNT);

  const features = new Map(USAGE_FEATURES.map((name) => [name, new Float64Array(ends.length)]));
  ends.forEach((end, group) => {
    const start = group === 0 ? 0 : ends[group - 1]!;
    const own = featuresOf(days.subarray(start, end), calls.subarray(start, end));
    for (const name of USAGE_FEATURES) features.get(name)![group] = own[name];
  });
  const silent = features.get(TOTAL_CALLS_LOG10)!.indexOf(Number.NEGATIVE_INFINITY);
  if (silent >= 0) {
    const who = JSON.stringify(
      sorted
        .slice(ends[silent]! - 1, 1)
        .select(USER_ID, TYPE)
        .toRecords()[0],
    );
    throw new Error(`usageFeatures needs some calls of every user and API; none in all by ${who}`);
  }
  for (const name of SCALED_OVER_ALL) scaleOverAll(features.get(name)!);

  return sorted
    .select(USER_ID, TYPE)
    .unique()
    .sort([USER_ID, TYPE])
    .withColumns(
      ...(USAGE_FEATURES.map((name) => pl.Series(name, features.get(name)!)) as [pl.Series]),
    );
}

type Features = Record<(typeof USAGE_FEATURES)[number], number>;

const SCALED_OVER_ALL = [
  USE_DAYS,
  USE_DURATION,
  AVG_CONT_USE,
  TOTAL_CALLS_LOG10,
  USAGE_RANGE,
] as const;

/** One user's use of one API: the days in order, and the calls on each. */
function featuresOf(days: Int32Array, calls: Float64Array): Features {
  const count = days.length;
  const runs = days.filter((day, i) => i === 0 || day !== days[i - 1]! + 1).length;
  const [fewest, most] = extremes(calls);
  const scaled = calls.map((n) => (n - fewest) / (most - fewest));
  const changes = most > fewest;
  const average = mean(scaled);
  return {
    [USE_DAYS]: count,
    [USE_DURATION]: days[count - 1]! - days[0]!,
    [AVG_CONT_USE]: count / runs,
    [TOTAL_CALLS_LOG10]: Math.log10(sum(calls)),
    [USAGE_RANGE]: most - fewest,
    [MEAN_USAGE_SCALED]: changes ? average : 1,
    [SD_USAGE_SCALED]: changes ? Math.sqrt(mean(scaled.map((x) => (x - average) ** 2))) : 0,
  };
}

/** Scales to 0 to 1 in place, in scikit-learn's order of operations. */
function scaleOverAll(values: Float64Array): void {
  const [least, greatest] = extremes(values);
  const range = greatest - least;
  const scale = 1 / (range < 10 * Number.EPSILON ? 1 : range);
  const shift = -least * scale;
  values.forEach((value, i) => {
    values[i] = value * scale + shift;
  });
}

/** Refuses usage that features cannot be computed from; sorts the rest by user, API and day. */
function checkedUsage(usage: pl.DataFrame): pl.DataFrame {
  requireColumns("usageFeatures", usage, {
    [DT]: "any",
    [USER_ID]: "any",
    [TYPE]: "String",
    [API_COUNT]: "integer",
  });
  for (const name of [DT, USER_ID, TYPE, API_COUNT]) {
    const nulls = usage.getColumn(name).nullCount();
    if (nulls > 0) {
      throw new Error(
        `usageFeatures needs ${name} in every row; ${nulls} of ${usage.height} rows have none`,
      );
    }
  }
  const negative = numbers(usage, API_COUNT).find((count) => count < 0);
  if (negative !== undefined) {
    throw new Error(`usageFeatures needs ${API_COUNT} from 0; found ${negative}`);
  }
  const sorted = withDays(usage).sort([USER_ID, TYPE, DT]);
  refuseTwice(sorted, [USER_ID, TYPE, DT]);
  return sorted;
}

function withDays(usage: pl.DataFrame): pl.DataFrame {
  const isText = String(usage.getColumn(DT).dtype) === String(pl.String);
  if (!isText) requireColumns("usageFeatures", usage, { [DT]: "Date" });
  const read = isText ? pl.col(DT).str.strptime(pl.Date, "%Y-%m-%d") : pl.col(DT);
  const days = usage.select(pl.col(USER_ID), pl.col(TYPE), read, pl.col(API_COUNT));
  if (days.getColumn(DT).nullCount() > 0) {
    const bad = usage.filter(days.getColumn(DT).isNull()).getColumn(DT).get(0);
    throw new Error(`usageFeatures needs ${DT} to be days as in 2021-08-13; found "${bad}"`);
  }
  return days;
}

function refuseTwice(usage: pl.DataFrame, keys: string[]): void {
  const twice = usage
    .groupBy(keys)
    .agg(pl.len().alias("rows"))
    .filter(pl.col("rows").gt(pl.lit(1)))
    .sort(keys);
  if (twice.height > 0) {
    throw new Error(
      "usageFeatures needs one row per user, API and day: add up those that repeat, " +
        `such as ${JSON.stringify(twice.head(1).toRecords()[0])}`,
    );
  }
}

function extremes(values: Float64Array): [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: Float64Array): number {
  return sum(values) / values.length;
}
