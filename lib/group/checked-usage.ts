import pl from "nodejs-polars";
import { type CodedColumn, codesOf } from "../log/coded-column";
import { isoDay } from "../log/iso-day";
import { requireColumns, typeName } from "../log/require-columns";
import { valueAt } from "../log/value-at";
import { visibleText } from "../words/visible-text";

/** Usage in plain arrays. */
export interface CheckedUsage {
  users: CodedColumn;
  types: CodedColumn;
  /** Rows of the given usage by user, API and day. */
  rows: Int32Array;
  /** Day since 1970 and calls of each of them, in that order. */
  days: Int32Array;
  calls: Float64Array;
}

/**
 * Refuses usage that habits cannot be computed from, in `caller`'s name; sorts the rest by user, API
 * and day.
 */
export function checkedUsage(caller: string, usage: pl.DataFrame): CheckedUsage {
  requireColumns(caller, usage, { dt: "any", user_id: "any" }, "type", { api_count: "number" });
  const users = codesOf(usage, "user_id");
  const types = codesOf(usage, "type", pl.String);
  const counts = usage.getColumn("api_count");
  refuseNulls(caller, "user_id", users.codes.filter((code) => code < 0).length, usage);
  refuseNulls(caller, "type", types.codes.filter((code) => code < 0).length, usage);
  refuseNulls(caller, "api_count", counts.nullCount(), usage);
  const allDays = daysOf(caller, usage);
  const allCalls = counts.cast(pl.Float64).toTypedArray() as Float64Array;
  const wrong = allCalls.findIndex((count) => !(Number.isInteger(count) && count >= 0));
  if (wrong >= 0) {
    throw new RangeError(
      `${caller} needs api_count to be integers from 0; ` +
        `found ${allCalls[wrong]} in row ${wrong}`,
    );
  }

  const [who, what] = [users.codes, types.codes];
  const compare = (a: number, b: number) =>
    who[a]! - who[b]! || what[a]! - what[b]! || allDays[a]! - allDays[b]!;
  const rows = Int32Array.from({ length: usage.height }, (_, row) => row).sort(compare);
  const twice = rows.findIndex((row, i) => i > 0 && compare(rows[i - 1]!, row) === 0);
  if (twice >= 0) {
    const row = rows[twice]!;
    const which = {
      user_id: valueAt(users.values, who[row]!),
      type: valueAt(types.values, what[row]!),
      dt: isoDay(allDays[row]!),
    };
    throw new Error(
      `${caller} needs one row per user, API and day: add up those that repeat, ` +
        `such as ${described(which)}`,
    );
  }
  return {
    users,
    types,
    rows,
    days: rows.map((row) => allDays[row]!),
    calls: Float64Array.from(rows, (row) => allCalls[row]!),
  };
}

/** Days since 1970 of a Date column or one of ISO text. */
function daysOf(caller: string, usage: pl.DataFrame): Int32Array {
  const column = usage.getColumn("dt");
  refuseNulls(caller, "dt", column.nullCount(), usage);
  if (String(column.dtype) !== String(pl.String)) {
    if (!column.dtype.equals(pl.Date)) {
      throw new TypeError(
        `${caller} needs column dt to hold days (pl.Date) or ISO text; it holds ${typeName(column.dtype)}`,
      );
    }
    return column.cast(pl.Int32).toTypedArray() as Int32Array;
  }
  return Int32Array.from(column.toArray() as string[], (text, row) => {
    const milliseconds = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
    const day = milliseconds / MILLISECONDS_PER_DAY;
    // Date.parse takes 30 February for the first of March.
    if (Number.isNaN(day) || isoDay(day) !== text) {
      throw new Error(
        `${caller} needs dt to be days as in 2021-08-13; ` +
          `found "${visibleText(text, { max: 60 })}" in row ${row}`,
      );
    }
    return day;
  });
}

const MILLISECONDS_PER_DAY = 86_400_000;

function refuseNulls(caller: string, name: string, nulls: number, usage: pl.DataFrame): void {
  if (nulls === 0) return;
  throw new Error(
    `${caller} needs ${name} in every row; ${nulls} of ${usage.height} rows have none`,
  );
}

/** Fields for a message: what a log says is shown so that it can do no harm. */
export function described(fields: Record<string, unknown>): string {
  const plain = (_: string, value: unknown) =>
    typeof value === "bigint"
      ? Number(value)
      : typeof value === "string"
        ? visibleText(value, { max: 60 })
        : value;
  return JSON.stringify(fields, plain);
}
