import pl from "nodejs-polars";
import { codesOf } from "../coded-column";
import { API_COUNT, DT, TYPE, USER_ID } from "../columns";
import { requireColumns } from "../require-columns";
import { numbers } from "../typed-arrays";
import { visibleText } from "../words/visible-text";

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
 *   (whole numbers from 0), in any order
 * @throws {Error} if a column is missing, of another type or has nulls, a date
 *   cannot be read, a count is negative, or a user has two rows for an API and day
 */
export function usageDays(caller: string, usage: pl.DataFrame): OwnUsage[] {
  requireColumns(caller, usage, {
    [DT]: "any",
    [USER_ID]: "any",
    [TYPE]: "String",
    [API_COUNT]: "integer",
  });
  for (const name of [DT, USER_ID, TYPE, API_COUNT]) {
    const nulls = usage.getColumn(name).nullCount();
    if (nulls > 0) {
      throw new Error(
        `${caller} needs ${name} in every row; ${nulls} of ${usage.height} rows have none`,
      );
    }
  }
  if (usage.height === 0) return [];
  const days = daysIn(caller, usage);
  const calls = numbers(usage, API_COUNT);
  const negative = calls.find((count) => count < 0);
  if (negative !== undefined) {
    throw new Error(`${caller} needs ${API_COUNT} from 0; found ${negative}`);
  }
  const users = codesOf(usage, USER_ID);
  const types = codesOf(usage, TYPE);
  const userNames = users.values.toArray() as unknown[];
  const typeNames = types.values.toArray() as string[];
  const rows = Array.from(days.keys()).sort(
    (a, b) =>
      users.codes[a]! - users.codes[b]! || types.codes[a]! - types.codes[b]! || days[a]! - days[b]!,
  );
  const all: OwnUsage[] = [];
  for (let from = 0; from < rows.length; ) {
    const first = rows[from]!;
    let to = from + 1;
    while (to < rows.length && isSame(rows[to]!, first)) to++;
    const own = rows.slice(from, to);
    const user = userNames[users.codes[first]!];
    const type = typeNames[types.codes[first]!]!;
    const ownDays = Int32Array.from(own, (row) => days[row]!);
    refuseTwice(caller, ownDays, user, type);
    all.push({ user, type, days: ownDays, calls: Float64Array.from(own, (row) => calls[row]!) });
    from = to;
  }
  return all;

  function isSame(a: number, b: number): boolean {
    return users.codes[a] === users.codes[b] && types.codes[a] === types.codes[b];
  }
}

/** Refuses a day that stands there twice: its calls would count as two days. */
function refuseTwice(caller: string, days: Int32Array, user: unknown, type: string): void {
  const twice = days.findIndex((day, i) => i > 0 && day === days[i - 1]);
  if (twice < 0) return;
  const day = new Date(days[twice]! * 86_400_000).toISOString().slice(0, 10);
  throw new Error(
    `${caller} needs one row per user, API and day: add up those that repeat, such as user ` +
      `${visibleText(String(user), { max: 60 })}, ${visibleText(type, { max: 60 })} on ${day}`,
  );
}

function daysIn(caller: string, usage: pl.DataFrame): Int32Array {
  const given = usage.getColumn(DT);
  const isText = String(given.dtype) === String(pl.String);
  if (!isText) requireColumns(caller, usage, { [DT]: "Date" });
  const read = isText ? pl.col(DT).str.strptime(pl.Date, "%Y-%m-%d") : pl.col(DT);
  const days = usage.select(read.cast(pl.Int32)).getColumn(DT);
  if (days.nullCount() > 0) {
    const bad = usage.filter(days.isNull()).getColumn(DT).get(0);
    throw new Error(
      `${caller} needs ${DT} to be days as in 2021-08-13; found "${visibleText(String(bad), { max: 60 })}"`,
    );
  }
  return days.toTypedArray() as Int32Array;
}
