import pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { isoDay } from "../log/iso-day";
import { requireColumns, requireValues, typeName } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";
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
  const users = codedColumn(usage.getColumn("user_id"));
  const types = codedColumn(usage.getColumn("type"));
  if (users.codes.includes(-1)) throw new Error(`${caller} needs user_id in every row; found NaN`);

  const [ids, apis] = [users.values.toArray(), types.values.toArray() as string[]];
  const pairs = Float64Array.from(
    users.codes,
    (user, row) => user * apis.length + types.codes[row]!,
  );
  const { codes, values } = codedColumn(pl.Series("", pairs));
  const all = Array.from(values.toTypedArray(), (pair): OwnUsage => {
    const [user, api] = [Math.floor(Number(pair) / apis.length), Number(pair) % apis.length];
    return { user: ids[user], type: apis[api]!, days: [], calls: [] };
  });
  for (const row of Int32Array.from(codes.keys()).sort((a, b) => days[a]! - days[b]!)) {
    const own = all[codes[row]!]!;
    if (own.days[own.days.length - 1] === days[row]) {
      throw new Error(
        `${caller} needs one row per user, API and day: add up those that repeat, ` +
          `such as ${userOfApi(own.user, own.type)} on ${isoDay(days[row]!)}`,
      );
    }
    own.days.push(days[row]!);
    own.calls.push(calls[row]!);
  }
  return all;
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
