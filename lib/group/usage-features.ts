import pl from "nodejs-polars";
import type { CodedColumn } from "../log/coded-column";
import { valueAt } from "../log/value-at";
import { checkedUsage, described } from "./checked-usage";
import { meanRun } from "./mean-run";
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
 *   `api_count` (integers from 0): one row per user, API and day of use,
 *   in any order
 * @returns one row per user and API, by both: `user_id`, `type` and the seven
 *   features (Float64)
 * @throws {RangeError} if a count is negative, a fraction, NaN or infinite
 * @throws {Error} if a column is missing, of another type or has nulls (an id
 *   that is NaN is none), a date cannot be read, a user has two rows for an API
 *   and day, or no calls at all (which have no logarithm)
 */
export function usageFeatures(usage: pl.DataFrame): pl.DataFrame {
  return pl.DataFrame(featureSeries(featuresByPair(usage)));
}

/** Features of each pair of user and API, before they become a frame. */
export interface PairFeatures {
  userIds: pl.Series;
  apis: pl.Series;
  features: Map<(typeof USAGE_FEATURES)[number], Float64Array>;
}

/** The columns of a frame of features. */
export function featureSeries({ userIds, apis, features }: PairFeatures): pl.Series[] {
  return [userIds, apis, ...USAGE_FEATURES.map((name) => pl.Series(name, features.get(name)!))];
}

/** What `usageFeatures` gives, as arrays: a frame's columns cost more to read than to compute. */
export function featuresByPair(usage: pl.DataFrame): PairFeatures {
  const { users, types, rows, days, calls } = checkedUsage("usageFeatures", usage);
  const starts: number[] = [];
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (
      before === undefined ||
      users.codes[row] !== users.codes[before] ||
      types.codes[row] !== types.codes[before]
    ) {
      starts.push(i);
    }
  });

  const features = new Map(USAGE_FEATURES.map((name) => [name, new Float64Array(starts.length)]));
  starts.forEach((start, pair) => {
    const end = starts[pair + 1] ?? rows.length;
    const own = featuresOf(days.subarray(start, end), calls.subarray(start, end));
    for (const name of USAGE_FEATURES) features.get(name)![pair] = own[name];
  });
  const ofPair = ({ codes, values }: CodedColumn) =>
    values.gather(starts.map((start) => codes[rows[start]!]!));
  const [userIds, apis] = [ofPair(users), ofPair(types)];
  const silent = features.get("total_calls_log10")!.indexOf(Number.NEGATIVE_INFINITY);
  if (silent >= 0) {
    throw new Error(
      "usageFeatures needs some calls of every user and API; none in all by " +
        described({ user_id: valueAt(userIds, silent), type: valueAt(apis, silent) }),
    );
  }
  for (const name of SCALED_OVER_ALL) scaleOverAll(features.get(name)!);

  return { userIds: userIds.alias("user_id"), apis: apis.alias("type"), features };
}

type Features = Record<(typeof USAGE_FEATURES)[number], number>;

const SCALED_OVER_ALL = [
  "use_days",
  "use_duration",
  "avg_cont_use",
  "total_calls_log10",
  "usage_range",
] as const;

/** One user's use of one API: the days in order, and the calls on each. */
function featuresOf(days: Int32Array, calls: Float64Array): Features {
  const count = days.length;
  const [fewest, most] = extremes(calls);
  const scaled = calls.map((n) => (n - fewest) / (most - fewest));
  const changes = most > fewest;
  const average = mean(scaled);
  return {
    use_days: count,
    use_duration: days[count - 1]! - days[0]!,
    avg_cont_use: meanRun(days),
    total_calls_log10: Math.log10(sum(calls)),
    usage_range: most - fewest,
    mean_usage_scaled: changes ? average : 1,
    sd_usage_scaled: changes ? Math.sqrt(mean(scaled.map((x) => (x - average) ** 2))) : 0,
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
