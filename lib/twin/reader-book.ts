import { type Cohort, STAFF } from "./cohorts";
import { DAYS, type FrozenLog, FULL_SIZE, SNAPSHOT_DAY } from "./frozen";
import type { LogRows } from "./log-rows";
import { timeOrder } from "./time-order";

/** A student of one cohort, with the places of their rows, by time. */
export interface Reader {
  userId: number;
  cohortId: number;
  cohort: Cohort;
  rows: number[];
}

/** Those to whom something can be planted without touching what is published. */
export interface ReaderBook {
  readers: readonly Reader[];
  rowsOn(userId: number, day: number): number;
  /** Hands a row to another reader of the cohort. */
  give(row: number, to: Reader): void;
}

/** Days on which single seconds are published: their rows stay. */
export const FIXED_DAYS: ReadonlySet<number> = new Set([0, SNAPSHOT_DAY, DAYS - 1]);
/** More rows than those have who hardly read by the published list. */
const FEW_IN_CLASS = 100;
/** Of cohorts in class when the log ends, whoever did not come in these days may have left. */
const LAST_DAYS = 7;

/**
 * Students of one cohort without a published story: no row of theirs is printed and, in the whole
 * log, they neither hardly read nor drop out, and their cohort has no story.
 */
export function readerBook(
  log: LogRows,
  stories: FrozenLog["stories"],
  cohorts: ReadonlyMap<number, Cohort>,
): ReaderBook {
  const { day, second, userId, cohortId, path, held } = log;
  const isWhole = day.length === FULL_SIZE;
  const outside = new Set(stories.map((story) => story.userId));
  const storied = new Set(
    stories.filter(({ kind }) => kind === "overused_lesson").map((story) => story.cohortId),
  );
  const users = userId.reduce((most, user) => Math.max(most, user), 0) + 1;
  const perDay = new Int32Array(users * DAYS);
  const known: (Reader | undefined)[] = new Array(users);
  for (const row of timeOrder(day, second)) {
    const user = userId[row]!;
    perDay[user * DAYS + day[row]!]!++;
    const reader = known[user];
    const cohort = cohorts.get(cohortId[row]!);
    if (reader) reader.rows.push(row);
    else if (cohort) known[user] = { userId: user, cohortId: cohortId[row]!, cohort, rows: [row] };
    if (known[user]?.cohortId !== cohortId[row] || path[row]! < 0 || held[row] === 2) {
      outside.add(user);
    }
  }
  const isOrdinary = (reader: Reader) => {
    if (reader.cohortId === STAFF || outside.has(reader.userId)) return false;
    return !isWhole || (!storied.has(reader.cohortId) && readsOnAndOff(reader, day));
  };
  const readers = known.filter((reader): reader is Reader => !!reader && isOrdinary(reader));
  const byUser = new Map(readers.map((reader) => [reader.userId, reader]));
  const isBefore = (a: number, b: number) =>
    day[a]! !== day[b]! ? day[a]! < day[b]! : second[a]! <= second[b]!;
  return {
    readers,
    rowsOn: (user, on) => perDay[user * DAYS + on]!,
    give(row, to) {
      const giver = byUser.get(userId[row]!)!;
      giver.rows.splice(giver.rows.indexOf(row), 1);
      perDay[giver.userId * DAYS + day[row]!]!--;
      perDay[to.userId * DAYS + day[row]!]!++;
      userId[row] = to.userId;
      const at = to.rows.findIndex((own) => !isBefore(own, row));
      to.rows.splice(at < 0 ? to.rows.length : at, 0, row);
    },
  };
}

/** Whether someone came to the end of class and after it, and often in class. */
function readsOnAndOff({ cohort, rows }: Reader, day: Int32Array): boolean {
  if (cohort.end <= 0) return true;
  if (day[rows[rows.length - 1]!]! < Math.min(cohort.end, DAYS - LAST_DAYS)) return false;
  const few = rows[FEW_IN_CLASS];
  return few !== undefined && day[few]! < cohort.end;
}
