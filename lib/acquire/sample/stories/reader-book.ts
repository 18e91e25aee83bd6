import { isRestless } from "../addresses/campus";
import { PUBLISHED_ROWS } from "../calibration/published-rows";
import { CROSS_READING } from "../calibration/stories";
import { DAY_ROWS } from "../days/margins";
import { SNAPSHOT_DAY } from "../days/snapshot";
import { GROUPS, STAFF } from "../groups";
import { FULL_SIZE } from "../log-rows";
import type { Draft } from "../visits/draft";
import { timeOrder } from "../visits/time-order";
import { PROBING } from "./probing";

/** A student of one cohort, with the places of their rows in the draft, by time. */
export interface Reader {
  userId: number;
  /** Place in `GROUPS`. */
  group: number;
  rows: number[];
}

/** Those to whom something can be planted without touching what is published. */
export interface ReaderBook {
  /** By user. */
  readers: readonly Reader[];
  /** Rows of a reader on a day. */
  rowsOn(userId: number, day: number): number;
  /** Hands a row to another reader of the group, who was there before it. */
  give(row: number, to: Reader): void;
}

const DAYS = DAY_ROWS.length;
/** Days on which single seconds are published: their rows stay there, and none are added. */
export const FIXED_DAYS: ReadonlySet<number> = new Set([0, SNAPSHOT_DAY, DAYS - 1]);
/** Cohorts that as a whole read some lessons more than others did: those rows stay. */
const STORIED_COHORTS: ReadonlySet<number> = new Set([33, 34, 59]);
/** In class, more than those have who hardly read by the published list. */
const FEW_IN_CLASS = 100;
/** Of cohorts in class when the log ends, whoever did not come in these days may have left. */
const LAST_DAYS = 7;

/**
 * Students who have one cohort and no published story: of the whole log, nobody of whom
 * rows are printed, who hardly reads, drops out, has very many addresses or probes, and
 * nobody of a cohort with a story of its own. Smaller samples have no such stories.
 *
 * @param taken users with further stories
 */
export function readerBook(
  draft: Draft,
  paths: readonly string[],
  taken: ReadonlySet<number>,
): ReaderBook {
  const { count, day, second, userId, group, path } = draft;
  const isWhole = count === FULL_SIZE;
  const outside = new Set(taken);
  for (const row of [...PUBLISHED_ROWS, ...CROSS_READING]) outside.add(row.userId);
  const isProbing = paths.map((text) => PROBING.has(text));
  const users = userId.reduce((most, user) => Math.max(most, user), 0) + 1;
  const perDay = new Int32Array(users * DAYS);
  const known: (Reader | undefined)[] = new Array(users);
  for (const row of timeOrder(day, second)) {
    const user = userId[row]!;
    perDay[user * DAYS + day[row]!]!++;
    const reader = known[user];
    if (!reader) known[user] = { userId: user, group: group[row]!, rows: [row] };
    else reader.rows.push(row);
    if (known[user]!.group !== group[row] || path[row]! < 0) outside.add(user);
    else if (isWhole && isProbing[path[row]!]) outside.add(user);
  }
  const isOrdinary = (reader: Reader) => {
    const { cohortId } = GROUPS[reader.group]!;
    if (cohortId === 0 || cohortId === STAFF || outside.has(reader.userId)) return false;
    return !isWhole || (!STORIED_COHORTS.has(cohortId) && readsOnAndOff(reader, day));
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
      let [low, high] = [0, to.rows.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isBefore(to.rows[middle]!, row)) low = middle + 1;
        else high = middle;
      }
      to.rows.splice(low, 0, row);
    },
  };
}

/** Whether someone came to the end of class and after it, and not rarely while in class. */
function readsOnAndOff({ userId, group, rows }: Reader, day: Int32Array): boolean {
  const { cohortId, endDay } = GROUPS[group]!;
  if (isRestless(userId, cohortId)) return false;
  if (endDay <= 0) return true;
  if (day[rows[rows.length - 1]!]! < Math.min(endDay, DAYS - LAST_DAYS)) return false;
  const few = rows[FEW_IN_CLASS];
  return few !== undefined && day[few]! < endDay;
}
