import {
  ALL_ROW_BANDS,
  AT_LEAST_ROWS,
  CLASS_ROW_BANDS,
  COHORTLESS_ROWS,
  HARDLY_IN_CLASS,
  KNOWN_MEMBERS,
  QUIET_IN_CLASS,
  ROWS_AFTER_CLASS,
  ROWS_PER_USER,
  SINGLE_ROW_USERS,
  STAFF_ROWS,
} from "../calibration/users";
import { rowsFrom } from "../days/parts";
import { apportion } from "../fit/apportion";
import { type BandItem, fitBands } from "../fit/fit-bands";
import { fitShape, type Knot } from "../fit/fit-shape";
import { fitSquares } from "../fit/fit-squares";
import { GROUPS, STAFF } from "../groups";
import { type RandomStream, randomStream } from "../random-stream";
import type { PlannedSeat } from "./seat-plan";

/** Rows of a seat, in the order of the seats. */
export interface SeatRows {
  classRows: Int32Array;
  afterRows: Int32Array;
}

/** The row without a path is this user's. */
const NULL_PATH_USER = 586;

const MOST_IN_CLASS = 2_900;
/** No bound: the users' bands have one. */
const MOST = 1_000_000;
/** The published users with the fewest and the most rows without a cohort are beyond these. */
const LEAST_WITHOUT_COHORT = 7;
const MOST_WITHOUT_COHORT = 2_080;
/** Share of a group's rows from someone's first day on that they have at most. */
const SHARE_OF_LATE = 0.4;

/** How much more or less than their class others read, at equal steps of probability. */
const ZEAL: readonly number[] = [
  0.15, 0.25, 0.35, 0.45, 0.55, 0.62, 0.7, 0.78, 0.85, 0.92, 1, 1.08, 1.16, 1.25, 1.35, 1.45, 1.6,
  1.75, 1.95, 2.2, 2.6,
];
/** The same of graduates, most of whom look things up now and then. */
const RETURNING: readonly number[] = [
  0, 0, 0.02, 0.05, 0.08, 0.12, 0.17, 0.23, 0.3, 0.38, 0.47, 0.6, 0.75, 0.95, 1.2, 1.5, 1.9, 2.5,
  3.3, 4.5, 7,
];

/**
 * Rows of users by rank, the published quartiles among them; between these an estimate that
 * comes near the published standard deviations.
 */
const CLASS_SHAPE: readonly Knot[] = [
  [0, 1],
  [35, 49],
  [36, 52],
  [85, 187],
  [182, 391],
  [230, 500],
  [300, 650],
  [365, 795],
  [470, 1_010],
  [547, 1_235],
  [620, 1_480],
  [670, 1_780],
  [705, 2_250],
  [722, 2_800],
  [730, 4_763],
];
const ALL_SHAPE: readonly Knot[] = [
  [0, 1],
  [11, 1],
  [60, 15],
  [140, 60],
  [200, 120],
  [245, 187],
  [259, 200],
  [340, 330],
  [420, 540],
  [490, 692],
  [600, 940],
  [735, 1_297],
  [850, 1_670],
  [920, 2_120],
  [956, 2_800],
  [980, 17_913],
];

/**
 * Shares out the rows of each group among its seats, in class and after: sums of groups,
 * the rows of known users and the published figures of rows per user hold exactly.
 *
 * @throws {Error} if the users cannot be brought to the published figures
 */
export function shareRows(seats: readonly PlannedSeat[], seed: number): SeatRows {
  const random = randomStream(seed, "rows of seats");
  const classRows = rowsInClass(seats, random);
  const rows = rowsOutOfClass(seats, classRows, random);
  return splitCohortless(seats, classRows, rows, random);
}

interface KnownRows {
  classRows?: number;
  afterRows?: number;
}

/** What is known of a seat's rows; those of Staff and without a cohort in `afterRows`. */
function knownRows({ userId, group, inClass, dropsOut }: PlannedSeat): KnownRows {
  const { cohortId } = GROUPS[group]!;
  if (cohortId === STAFF) return { afterRows: STAFF_ROWS.get(userId)! };
  if (cohortId === 0) return { afterRows: COHORTLESS_ROWS.get(userId) };
  const member = KNOWN_MEMBERS.find((m) => m.userId === userId && m.cohortId === cohortId);
  if (!inClass) {
    return { afterRows: SINGLE_ROW_USERS.includes(userId) ? 1 : member?.rows };
  }
  const away = dropsOut || GROUPS[group]!.rowsAfterEnd === 0 ? 0 : undefined;
  const hardly = HARDLY_IN_CLASS.get(userId);
  if (hardly !== undefined) return { classRows: hardly, afterRows: cohortId === 21 ? away : 0 };
  const quiet = QUIET_IN_CLASS.get(userId);
  if (quiet !== undefined) return { classRows: quiet, afterRows: away };
  const afterRows = ROWS_AFTER_CLASS.get(userId);
  if (member?.rows === undefined || afterRows === undefined) return { afterRows: away };
  return { classRows: member.rows - afterRows, afterRows };
}

function rowsInClass(seats: readonly PlannedSeat[], random: RandomStream): Int32Array {
  const rows = new Int32Array(seats.length);
  const groupRows = GROUPS.map(({ cohortId, rows, rowsAfterEnd }) =>
    cohortId === 0 ? 0 : rows - rowsAfterEnd,
  );
  const places = seats.flatMap((seat, s) => {
    return seat.inClass && GROUPS[seat.group]!.cohortId > 0 ? [s] : [];
  });
  const users = byUser(places, seats);
  const items: BandItem[] = [];
  const placeOf: number[] = [];
  for (const own of users) {
    // Of two classes the first is shared out beforehand.
    const last = own[own.length - 1]!;
    for (const s of own.slice(0, -1)) {
      rows[s] = knownRows(seats[s]!).classRows ?? firstClassRows(seats[s]!, random);
      groupRows[seats[s]!.group]! -= rows[s]!;
    }
    const base = own.slice(0, -1).reduce((sum, s) => sum + rows[s]!, 0);
    const seat = seats[last]!;
    const known = knownRows(seat).classRows;
    const spread = quantile(ZEAL, random.next()) * (seat.dropsOut ? 0.4 : 1) * presence(seat);
    const least = Math.max(AT_LEAST_ROWS.get(seat.userId) ?? 0, 50 - base, 1);
    const wanted = known ?? Math.max(least, spread * meanRows(seat.group));
    const free = known === undefined;
    // With their rows as Staff, nobody has more than the published users.
    const most = MOST_IN_CLASS - (STAFF_ROWS.get(seat.userId) ?? 0);
    items.push({ group: seat.group, base, rows: wanted, least, most, free });
    placeOf.push(last);
  }
  fitShape(items, groupRows, CLASS_SHAPE);
  fitBands(items, groupRows, CLASS_ROW_BANDS);
  fitSquares(items, CLASS_ROW_BANDS, squaresOf(ROWS_PER_USER.inClass));
  items.forEach((item, i) => {
    rows[placeOf[i]!] = item.rows;
  });
  return rows;
}

/** Places of each user's seats, in order of first days. */
function byUser(places: readonly number[], seats: readonly PlannedSeat[]): number[][] {
  const users = new Map<number, number[]>();
  for (const s of places) {
    const own = users.get(seats[s]!.userId);
    if (own) own.push(s);
    else users.set(seats[s]!.userId, [s]);
  }
  const lists = [...users.values()];
  for (const own of lists) own.sort((a, b) => seats[a]!.firstDay - seats[b]!.firstDay || a - b);
  return lists;
}

/** Mean rows in class of a cohort's users. */
function meanRows(group: number): number {
  const { rows, rowsAfterEnd, users } = GROUPS[group]!;
  return (rows - rowsAfterEnd) / users;
}

/** Share of a class that a seat is there for. */
function presence({ group, firstDay, lastClassDay }: PlannedSeat): number {
  const { endDay, firstDay: begun } = GROUPS[group]!;
  return Math.min(1, Math.max(0.02, (lastClassDay + 1 - firstDay) / (endDay - begun)));
}

function firstClassRows(seat: PlannedSeat, random: RandomStream): number {
  const share = (0.6 + 0.6 * random.next()) * presence(seat);
  return Math.max(12, Math.floor(share * meanRows(seat.group)));
}

/** Rows after class, of graduates, Staff and users without a cohort, by seat. */
function rowsOutOfClass(
  seats: readonly PlannedSeat[],
  classRows: Int32Array,
  random: RandomStream,
): Int32Array {
  const rows = new Int32Array(seats.length);
  const groupRows = GROUPS.map(({ cohortId, rows, rowsAfterEnd }) =>
    cohortId === 0 ? rows : rowsAfterEnd,
  );
  // Who came after the others' class without a cohort read a little.
  const late = ({ group, inClass }: PlannedSeat) =>
    GROUPS[group]!.cohortId === 0 && !inClass ? 10 + random.below(150) : undefined;
  const known = seats.map((seat) => knownRows(seat).afterRows ?? late(seat));
  const means = meanOfOthers(seats, known, groupRows);
  const items: BandItem[] = [];
  const placeOf: number[] = [];
  for (const own of byUser([...seats.keys()], seats)) {
    const free = own.filter((s) => known[s] === undefined);
    const main = free.length > 0 ? mainSeat(free, seats) : own[own.length - 1]!;
    let base = seats[main]!.userId === NULL_PATH_USER ? -1 : 0;
    for (const s of own) {
      base += classRows[s]!;
      if (s === main) continue;
      const { group, inClass } = seats[s]!;
      const few = inClass ? 0 : 1;
      rows[s] = known[s] ?? few + Math.floor(0.5 * means[group]! * random.next());
      base += rows[s]!;
      groupRows[group]! -= rows[s]!;
    }
    const item = outOfClassItem(seats[main]!, base, means[seats[main]!.group]!, random);
    // Only those known to have a single row have one.
    if (base === 0 && own.length === 1) item.least = Math.max(item.least, 2);
    item.most = Math.max(item.most, item.least);
    const wanted = known[main] ?? Math.max(item.least, item.rows);
    items.push({ ...item, rows: wanted, free: known[main] === undefined });
    placeOf.push(main);
  }
  makeRoom(items, groupRows);
  fitShape(items, groupRows, ALL_SHAPE);
  fitBands(items, groupRows, ALL_ROW_BANDS);
  fitSquares(items, ALL_ROW_BANDS, squaresOf(ROWS_PER_USER.all));
  items.forEach((item, i) => {
    rows[placeOf[i]!] = item.rows;
  });
  return rows;
}

/** Mean rows, by group, of the seats whose rows are not known. */
function meanOfOthers(
  seats: readonly PlannedSeat[],
  known: readonly (number | undefined)[],
  groupRows: readonly number[],
): number[] {
  const left = groupRows.slice();
  const others = GROUPS.map(() => 0);
  seats.forEach(({ group }, s) => {
    const rows = known[s];
    if (rows === undefined) others[group]!++;
    else left[group]! -= rows;
  });
  return left.map((rows, g) => rows / Math.max(1, others[g]!));
}

/** Of seats whose rows are open, the one that bears what a user's total needs. */
function mainSeat(free: readonly number[], seats: readonly PlannedSeat[]): number {
  const cohortless = free.find((s) => GROUPS[seats[s]!.group]!.cohortId === 0);
  return cohortless ?? free[free.length - 1]!;
}

function outOfClassItem(
  { userId, group, inClass, firstDay }: PlannedSeat,
  base: number,
  mean: number,
  random: RandomStream,
): BandItem {
  const { cohortId, firstDay: begun } = GROUPS[group]!;
  const steady = cohortId === 0 && begun > 0;
  // Ids after those of the two classes were without a cohort for a while, or outside of class.
  const passing = steady && ((userId > 369 && userId < 600) || userId > 740);
  const spread = quantile(steady ? ZEAL : RETURNING, random.next()) * (passing ? 0.3 : 1);
  let least = cohortId === 0 ? LEAST_WITHOUT_COHORT : inClass ? 0 : 1;
  if (cohortId === 0 || !inClass) least = Math.max(least, AT_LEAST_ROWS.get(userId) ?? 0);
  const most = Math.max(least, mostOf(group, firstDay, inClass));
  return { group, base, rows: spread * mean, least, most, free: true };
}

/** Who comes late can read only what the group still has to read, with others. */
function mostOf(group: number, firstDay: number, inClass: boolean): number {
  const { cohortId, users } = GROUPS[group]!;
  if (cohortId === STAFF || users === 1 || (inClass && cohortId > 0)) return MOST;
  const share = users > 0 ? Math.max(SHARE_OF_LATE, 1.7 / users) : SHARE_OF_LATE;
  const room = Math.floor(share * rowsFrom(group, firstDay));
  return cohortId === 0 ? Math.min(room, MOST_WITHOUT_COHORT) : room;
}

/** Rows that the members of a group may have together, at least, against those to be shared. */
const ROOM = 1.6;

/** Raises bounds where a group's members could hardly have all of its rows. */
function makeRoom(items: readonly BandItem[], groupRows: readonly number[]): void {
  const left = groupRows.slice();
  const room = groupRows.map(() => 0);
  for (const { group, rows, most, free } of items) {
    if (free) room[group]! += most;
    else left[group]! -= rows;
  }
  for (const item of items) {
    const wanted = ROOM * left[item.group]!;
    const has = room[item.group]!;
    if (item.free && has < wanted) item.most = Math.ceil((item.most * wanted) / has);
  }
}

/** User with the last printed rows without a cohort, and rows for the end of the log. */
const LAST_WITHOUT_COHORT = { userId: 717, afterRows: 20 };
/** Share of the rows of those without a cohort who came to class that stay in class. */
const STAY_IN_CLASS = 0.4;

/**
 * Rows without a cohort become rows before and after the end of the others' class, as it is
 * estimated; who came later has all of them after it.
 */
function splitCohortless(
  seats: readonly PlannedSeat[],
  inClass: Int32Array,
  rows: Int32Array,
  random: RandomStream,
): SeatRows {
  const classRows = inClass.slice();
  const afterRows = rows.slice();
  GROUPS.forEach(({ cohortId, rowsAfterEnd, name }, g) => {
    if (cohortId > 0) return;
    const own = seats.flatMap(({ group }, s) => (group === g ? [s] : []));
    const early = own.filter((s) => seats[s]!.inClass);
    let left = rowsAfterEnd;
    for (const s of own) if (!seats[s]!.inClass) left -= rows[s]!;
    const weights = early.map((s) => quantile(RETURNING, random.next()) * rows[s]!);
    const shares = apportion(weights, Math.max(0, left));
    const least = early.map((s) =>
      seats[s]!.userId === LAST_WITHOUT_COHORT.userId ? LAST_WITHOUT_COHORT.afterRows : 0,
    );
    const most = early.map((s) => {
      return Math.max(0, rows[s]! - Math.max(4, Math.floor(rows[s]! * STAY_IN_CLASS)));
    });
    // What someone cannot have goes on to the others, in order.
    let over = left - shares.reduce((a, b) => a + b, 0);
    const bounded = Array.from(shares, (share, i) =>
      Math.min(most[i]!, Math.max(least[i]!, share)),
    );
    bounded.forEach((share, i) => {
      over += shares[i]! - share;
    });
    early.forEach((s, i) => {
      const step = Math.min(most[i]! - bounded[i]!, Math.max(least[i]! - bounded[i]!, over));
      over -= step;
      afterRows[s] = bounded[i]! + step;
      classRows[s] = rows[s]! - afterRows[s]!;
    });
    if (over !== 0) throw new Error(`Rows after class do not divide: ${name}.`);
  });
  return { classRows, afterRows };
}

/** Sum of squares that a mean and a standard deviation (n - 1) come from. */
function squaresOf({ users, rows, sd }: { users: number; rows: number; sd: number }): number {
  const squares = (users - 1) * sd * sd + (rows * rows) / users;
  // As odd or even as the sum of what is squared.
  return rows + 2 * Math.round((squares - rows) / 2);
}

/** A table's value at a share of 0 to 1, with straight lines between. */
function quantile(table: readonly number[], at: number): number {
  const place = at * (table.length - 1);
  const i = Math.floor(place);
  const next = table[i + 1] ?? table[i]!;
  return table[i]! + (next - table[i]!) * (place - i);
}
