import pl from "nodejs-polars";
import { type CodedColumn, codedColumn } from "../../log/coded-column";
import { int32 } from "../../log/typed-arrays";

/** What each student opened on each day of class: everything by place in a list, days since 1970. */
export interface Attendance {
  /** First and last day of class of each cohort that lie within the log; the last is the earlier where none does. */
  from: Int32Array;
  to: Int32Array;
  /** Days of class of each cohort, within the log or not; 0 where its dates are not known. */
  courseDays: Int32Array;
  /** A row of the log for each cohort, to look its name up. */
  cohortRow: Int32Array;
  cohortIds: pl.Series;
  userIds: pl.Series;
  /** User and cohort of each pair. */
  user: Int32Array;
  cohort: Int32Array;
  /** Pairs of each user. */
  pairsOfUser: readonly (readonly number[])[];
  /** Pairs of each cohort. */
  pairsOfCohort: readonly (readonly number[])[];
  /** In class: pages, days with pages, first and last of these (-1 without). */
  pages: Int32Array;
  days: Int32Array;
  first: Int32Array;
  last: Int32Array;
  /** Pages before and after class, and during it under another cohort or none. */
  before: Int32Array;
  after: Int32Array;
  elsewhere: Int32Array;
  /** Day of the pair's first row. */
  firstRow: Int32Array;
  /** Pages in class from one day to another, both included. */
  pagesBetween(pair: number, from: number, to: number): number;
  /** For each row of the log its user, its pair (-1 for none) and its day. */
  rows: { user: Int32Array; pair: Int32Array; day: Int32Array };
}

/** Day of a row, or a date of a cohort, that is not known. */
const NONE = -(2 ** 31);

/**
 * Reads off a log what each user opened in, before and after the class of each cohort that their
 * rows carry: days of class are those from the cohort's first to its last, both included.
 */
export function attendance(accessLog: pl.DataFrame): Attendance {
  const users = codedColumn(accessLog.getColumn("user_id"));
  const cohorts = codedColumn(accessLog.getColumn("cohort_id"));
  const day = daysOf(accessLog.getColumn("date"));
  const isView = accessLog.getColumn("path").isNull().cast(pl.UInt8).toTypedArray() as Uint8Array;
  for (let row = 0; row < isView.length; row++) isView[row] = 1 - isView[row]!;

  const pairs = pairsOf(users, cohorts, day);
  const { user, cohort, pair } = pairs;
  const count = user.length;
  const pairsOfUser = listsOf(user, users.values.length);
  const pairsOfCohort = listsOf(cohort, cohorts.values.length);
  const cohortRow = firstRows(cohorts.codes, cohorts.values.length);
  const { from, to, start, end, courseDays } = classDays(accessLog, cohortRow, day);

  const offset = new Int32Array(count + 1);
  for (let p = 0; p < count; p++) {
    const c = cohort[p]!;
    offset[p + 1] = offset[p]! + Math.max(0, to[c]! - from[c]! + 1);
  }
  const cells = new Int32Array(offset[count]!);
  const [before, after, elsewhere] = [0, 0, 0].map(() => new Int32Array(count)) as Three;
  const firstRow = new Int32Array(count).fill(2 ** 31 - 1);
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    const u = users.codes[row]!;
    const p = pair[row]!;
    if (d === NONE || u < 0) continue;
    if (p >= 0 && d < firstRow[p]!) firstRow[p] = d;
    if (isView[row] === 0) continue;
    if (p >= 0) {
      const c = cohort[p]!;
      if (courseDays[c]! > 0) {
        if (d < start[c]!) before[p]!++;
        else if (d > end[c]!) after[p]!++;
        else cells[offset[p]! + d - from[c]!]!++;
      }
    }
    const own = pairsOfUser[u]!;
    if (own.length === 0 || (own.length === 1 && own[0] === p)) continue;
    for (const q of own) {
      const c = cohort[q]!;
      if (q !== p && d >= from[c]! && d <= to[c]!) elsewhere[q]!++;
    }
  }

  const [pages, days, first] = [0, 0, 0].map(() => new Int32Array(count)) as Three;
  const last = new Int32Array(count).fill(-1);
  first.fill(-1);
  for (let p = 0; p < count; p++) {
    const c = cohort[p]!;
    for (let i = offset[p]!; i < offset[p + 1]!; i++) {
      if (cells[i]! > 0) {
        days[p]!++;
        last[p] = from[c]! + i - offset[p]!;
        if (first[p] === -1) first[p] = last[p]!;
      }
      pages[p]! += cells[i]!;
      cells[i] = pages[p]!; // up to and including that day
    }
  }
  return {
    ...{ from, to, courseDays, cohortRow, cohortIds: cohorts.values, userIds: users.values },
    ...{ user, cohort, pairsOfUser, pairsOfCohort, pages, days, first, last },
    ...{ before, after, elsewhere, firstRow, rows: { user: users.codes, pair, day } },
    pagesBetween: (p, a, b) => {
      const zero = from[cohort[p]!]!;
      const until = cells[offset[p]! + b - zero] ?? 0;
      return until - (a > zero ? cells[offset[p]! + a - 1 - zero]! : 0);
    },
  };
}

type Three = [Int32Array, Int32Array, Int32Array];

function daysOf(column: pl.Series): Int32Array {
  const days = column.cast(pl.Date).cast(pl.Int32).alias("date");
  if (days.nullCount() === 0) return days.toTypedArray() as Int32Array;
  return int32(pl.DataFrame([days]).select(pl.col("date").fillNull(pl.lit(NONE))), "date");
}

/** Numbers the combinations of user and cohort, as they come. */
function pairsOf(
  { codes: users, values: { length: userCount } }: CodedColumn,
  { codes: cohorts, values: { length: cohortCount } }: CodedColumn,
  days: Int32Array,
) {
  const lastPair = new Int32Array(userCount).fill(-1);
  const known = new Map<number, number>();
  const [user, cohort]: [number[], number[]] = [[], []];
  const pair = new Int32Array(users.length).fill(-1);
  for (let row = 0; row < users.length; row++) {
    const u = users[row]!;
    const c = cohorts[row]!;
    if (u < 0 || c < 0 || days[row] === NONE) continue;
    // Hardly anybody changes cohort: the user's last pair is the one, as a rule.
    if (lastPair[u]! >= 0 && cohort[lastPair[u]!] === c) {
      pair[row] = lastPair[u]!;
      continue;
    }
    const key = u * cohortCount + c;
    let p = known.get(key);
    if (p === undefined) {
      p = user.push(u) - 1;
      cohort.push(c);
      known.set(key, p);
    }
    pair[row] = p;
    lastPair[u] = p;
  }
  return { user: Int32Array.from(user), cohort: Int32Array.from(cohort), pair };
}

function listsOf(codes: Int32Array, count: number): number[][] {
  const lists: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, place) => {
    lists[code]!.push(place);
  });
  return lists;
}

function firstRows(codes: Int32Array, count: number): Int32Array {
  const rows = new Int32Array(count).fill(-1);
  for (let row = 0, left = count; left > 0 && row < codes.length; row++) {
    if (codes[row]! < 0 || rows[codes[row]!] !== -1) continue;
    rows[codes[row]!] = row;
    left--;
  }
  return rows;
}

function classDays(accessLog: pl.DataFrame, rows: Int32Array, day: Int32Array) {
  const [start, end] = ["start_date", "end_date"].map((name) => {
    const column = accessLog.getColumn(name);
    return daysOf(rows.length > 0 ? column.gather([...rows]) : column.head(0));
  }) as [Int32Array, Int32Array];
  let [firstDay, lastDay] = [2 ** 31 - 1, NONE];
  for (const d of day) {
    if (d === NONE) continue;
    if (d < firstDay) firstDay = d;
    if (d > lastDay) lastDay = d;
  }
  const courseDays = start.map((from, c) =>
    from === NONE || end[c] === NONE ? 0 : Math.max(0, end[c]! - from + 1),
  );
  // Of a class that cannot be seen, day 1 to day 0.
  const isSeen = (c: number) => courseDays[c]! > 0 && start[c]! <= lastDay && end[c]! >= firstDay;
  const from = start.map((d, c) => (isSeen(c) ? Math.max(d, firstDay) : 1));
  const to = end.map((d, c) => (isSeen(c) ? Math.min(d, lastDay) : 0));
  return { from, to, start, end, courseDays };
}
