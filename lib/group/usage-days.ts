import type pl from "nodejs-polars";
import { isoDay } from "../log/iso-day";
import { checkedUsage } from "./checked-usage";

/** One user's use of one API: days since 1970 in order, and the calls on each. */
export interface OwnUsage {
  user: unknown;
  type: string;
  days: Int32Array;
  calls: Float64Array;
}

/**
 * Usage in plain arrays, one entry per user and API, by both: for habits that are
 * computed user by user.
 *
 * @param caller name of the public function, for messages
 * @param usage `dt` (Date or ISO text), `user_id`, `type` (String), `api_count`
 *   (integers from 0), in any order
 * @throws {RangeError} if a count is negative, a fraction, NaN or infinite
 * @throws {Error} if a column is missing, of another type or has nulls, a date
 *   cannot be read, or a user has two rows for an API and day
 */
export function usageDays(caller: string, usage: pl.DataFrame): OwnUsage[] {
  const { users, types, rows, days, calls } = checkedUsage(caller, usage);
  const userNames = users.values.toArray() as unknown[];
  const typeNames = types.values.toArray() as string[];
  const all: OwnUsage[] = [];
  for (let from = 0; from < rows.length; ) {
    const user = users.codes[rows[from]!]!;
    const type = types.codes[rows[from]!]!;
    let to = from + 1;
    while (users.codes[rows[to]!] === user && types.codes[rows[to]!] === type) to++;
    all.push({
      user: userNames[user],
      type: typeNames[type]!,
      days: days.slice(from, to),
      calls: calls.slice(from, to),
    });
    from = to;
  }
  return all;
}

/** Weeks are gone through one by one, and compared with each other: of a slip in a date there would be no end. */
const MOST_YEARS = 30;

/**
 * First and last day of any use, since 1970; Infinity and -Infinity of none.
 *
 * @throws {RangeError} if they lie more than 30 years apart
 */
export function usageSpan(
  caller: string,
  all: readonly OwnUsage[],
): { first: number; last: number } {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { days } of all) {
    first = Math.min(first, days[0]!);
    last = Math.max(last, days[days.length - 1]!);
  }
  if (last - first > 366 * MOST_YEARS) {
    throw new RangeError(
      `${caller} needs usage within ${MOST_YEARS} years; it goes from ${isoDay(first)} to ` +
        `${isoDay(last)}: one of these days is a slip`,
    );
  }
  return { first, last };
}
