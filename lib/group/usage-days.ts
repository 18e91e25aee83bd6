import pl from "nodejs-polars";
import { isoDay } from "../log/iso-day";
import { requireColumns, requireValues, typeName } from "../log/require-columns";
import { groupEnds, int32, numbers } from "../log/typed-arrays";
import { visibleText } from "../words/visible-text";

/** Days since 1970 in order, and the calls on each. */
export interface OwnUsage {
  user: unknown;
  type: string;
  days: number[];
  calls: number[];
}

/**
 * One entry per user and API, by both; refuses what `usageFeatures` refuses but for silent users.
 */
export function usageDays(caller: string, usage: pl.DataFrame): OwnUsage[] {
  requireColumns(caller, usage, { dt: "any", user_id: "any" }, "type", { api_count: "number" });
  requireValues(caller, usage, ["dt", "user_id", "type", "api_count"]);
  const days = daysOf(caller, usage.getColumn("dt"));
  const calls = numbers(usage, "api_count");
  const wrong = calls.findIndex((count) => !(Number.isInteger(count) && count >= 0));
  if (wrong >= 0) {
    throw new RangeError(
      `${caller} needs api_count to be integers from 0; found ${calls[wrong]} in row ${wrong}`,
    );
  }
  const sorted = usage
    .select("user_id", "type", "api_count")
    .withColumns(pl.Series("dt", days))
    .sort(["user_id", "type", "dt"]);
  const users = sorted.getColumn("user_id").toArray();
  const apis = sorted.getColumn("type").toArray() as string[];
  if (users.some(Number.isNaN)) throw new Error(`${caller} needs user_id in every row; found NaN`);
  const inOrder = { days: [...int32(sorted, "dt")], calls: [...numbers(sorted, "api_count")] };
  const ends = groupEnds(sorted, ["user_id", "type"]);
  return Array.from(ends, (end, i) => {
    const first = ends[i - 1] ?? 0;
    const [user, type] = [users[first], apis[first]!];
    const own = inOrder.days.slice(first, end);
    const repeated = own.find((day, n) => day === own[n - 1]);
    if (repeated === undefined)
      return { user, type, days: own, calls: inOrder.calls.slice(first, end) };
    throw new Error(
      `${caller} needs one row per user, API and day: add up those that repeat, ` +
        `such as ${userOfApi(user, type)} on ${isoDay(repeated)}`,
    );
  });
}

function daysOf(caller: string, column: pl.Series): Int32Array {
  if (column.dtype.equals(pl.Date)) return column.cast(pl.Int32).toTypedArray() as Int32Array;
  if (String(column.dtype) !== String(pl.String)) {
    throw new TypeError(
      `${caller} needs column dt to hold days (pl.Date) or ISO text; it holds ${typeName(column.dtype)}`,
    );
  }
  return Int32Array.from(column.toArray() as string[], (text, row) => {
    const day = Date.parse(text) / 86_400_000;
    // Date.parse takes much else, and 30 February for the first of March.
    if (Number.isInteger(day) && isoDay(day) === text) return day;
    throw new Error(
      `${caller} needs dt to be days as in 2021-08-13; found "${shown(text)}" in row ${row}`,
    );
  });
}

export function requireCalls(caller: string, all: readonly OwnUsage[]): void {
  const silent = all.find(({ calls }) => calls.every((count) => count === 0));
  if (!silent) return;
  throw new Error(
    `${caller} needs some calls of every user and API; none in all by ` +
      userOfApi(silent.user, silent.type),
  );
}

const MOST_YEARS = 30;

/** Infinity and -Infinity without use; refuses a slip in a date. */
export function usageSpan(caller: string, all: readonly OwnUsage[]) {
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

/** Text of a log in a message: shown so that it can do no harm. */
export const shown = (text: unknown): string => visibleText(String(text), { max: 60 });

export const userOfApi = (user: unknown, type: unknown): string =>
  `user ${shown(user)} of API ${shown(type)}`;
