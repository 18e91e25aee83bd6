import type pl from "nodejs-polars";
import { picked } from "../../log/log-arrays";
import { remembered } from "../../log/remembered";
import { type PageRows, pageRows, regrouped, spanStarts } from "./page-rows";

const DAY = 86_400_000;

/** Days of readers: spans of rows, one entry per day. */
export interface JudgedDays {
  rows: PageRows;
  /** Where days begin, and at the end the number of rows. */
  starts: Int32Array;
  /** Days since 1970. */
  day: Int32Array;
  /** Place of the reader in `users`. */
  user: Int32Array;
  /** Place of the first row's address in `addresses`; -1 without one. */
  address: Int32Array;
  /** Place of the cohort of most of the day's rows in `cohorts`; -1 without one. */
  cohort: Int32Array;
  /** Place of each row's address in `addresses`; -1 without one. */
  addressOf: Int32Array;
  users: pl.Series;
  addresses: pl.Series;
  cohorts: pl.Series;
}

/** Each user's days, by user and date; shared among those who ask for the same log's. */
export function userDays(accessLog: pl.DataFrame): JudgedDays {
  return remembered(accessLog, ["timestamp", "path", ...KEYS], "user days", () =>
    inDays(pageRows(accessLog, KEYS, 1), [USER]),
  );
}

/** Each user's days at each address, by address, user and date. */
export function addressDays({ rows }: JudgedDays): JudgedDays {
  return inDays(regrouped(rows, ADDRESS), [ADDRESS, USER]);
}

/** Some of the days, with their rows alone. */
export function someDays(days: JudgedDays, some: Int32Array): JudgedDays {
  const starts = new Int32Array(some.length + 1);
  for (let i = 0; i < some.length; i++) {
    starts[i + 1] = starts[i]! + days.starts[some[i]! + 1]! - days.starts[some[i]!]!;
  }
  const count = starts[some.length]!;
  const copied = <T extends Int32Array | Float64Array>(from: T, into: T): T => {
    for (let i = 0; i < some.length; i++) {
      into.set(from.subarray(days.starts[some[i]!]!, days.starts[some[i]! + 1]!), starts[i]!);
    }
    return into;
  };
  const codes = days.rows.codes.map((of) => copied(of, new Int32Array(count)));
  const rows: PageRows = {
    ...days.rows,
    time: copied(days.rows.time, new Float64Array(count)),
    page: copied(days.rows.page, new Int32Array(count)),
    codes,
  };
  const of = (values: Int32Array) => picked(values, some, new Int32Array(some.length));
  return {
    ...days,
    rows,
    starts,
    day: of(days.day),
    user: of(days.user),
    address: of(days.address),
    cohort: of(days.cohort),
    addressOf: codes[ADDRESS]!,
  };
}

const KEYS = ["user_id", "ip", "cohort_id"];
const [USER, ADDRESS, COHORT] = [0, 1, 2];

/** @param keys places of the keys that the rows are in the order of */
function inDays(rows: PageRows, keys: readonly number[]): JudgedDays {
  const { time, codes, values } = rows;
  const day = new Int32Array(time.length);
  for (let row = 0; row < day.length; row++) day[row] = Math.floor(time[row]! / DAY);
  const changing = [day, ...keys.map((key) => codes[key]!)];
  const starts = spanStarts(time.length, (row) => {
    for (const of of changing) if (of[row] !== of[row - 1]) return true;
    return false;
  });
  const firstRows = starts.subarray(0, -1);
  return {
    rows,
    starts,
    day: firstRows.map((row) => day[row]!),
    user: firstRows.map((row) => codes[USER]![row]!),
    address: firstRows.map((row) => codes[ADDRESS]![row]!),
    cohort: firstRows.map((row, i) => mostFrequent(codes[COHORT]!, row, starts[i + 1]!)),
    addressOf: codes[ADDRESS]!,
    users: values[USER]!,
    addresses: values[ADDRESS]!,
    cohorts: values[COHORT]!,
  };
}

/** The code that most rows of a span have; of several, the lowest. */
export function mostFrequent(codes: Int32Array, from: number, end: number): number {
  let same = from + 1;
  while (same < end && codes[same] === codes[from]) same++;
  if (same === end) return codes[from]!; // as nearly always
  const counts = new Map<number, number>();
  for (let row = from; row < end; row++)
    counts.set(codes[row]!, (counts.get(codes[row]!) ?? 0) + 1);
  let most = codes[from]!;
  for (const [code, count] of counts) {
    const of = counts.get(most)!;
    if (count > of || (count === of && code < most)) most = code;
  }
  return most;
}
