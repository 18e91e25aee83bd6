import { assignAddresses } from "./addresses/address-plan";
import { LAST_WITHOUT_COHORT } from "./calibration/first-access";
import { PATHS } from "./calibration/paths";
import { PUBLISHED_ROWS, type PublishedRow } from "./calibration/published-rows";
import { CROSS_READING } from "./calibration/stories";
import { wholeGroupDays } from "./days/group-days";
import { clockSeconds, isoDay } from "./days/log-days";
import { DAY_ROWS } from "./days/margins";
import { meetArrivals } from "./days/meet-arrivals";
import { type Part, wholeParts, wholePieces } from "./days/parts";
import { isAfterSnapshot, meetSnapshot, SNAPSHOT_DAY } from "./days/snapshot";
import { phaseOf } from "./days/stretches";
import { GROUPS, groupOfCohort, groupOfRow, STAFF } from "./groups";
import { partPageChooser } from "./paths/part-page-chooser";
import { wholeEndDayPaths, wholePartPaths } from "./paths/part-paths";
import { randomStream } from "./random-stream";
import { gatherProbing } from "./stories/probing";
import { PLANTED_DAYS, writeStory } from "./stories/stories";
import { arrivedShares } from "./users/arrivals";
import { type FirstVisits, firstVisits } from "./users/first-visits";
import { type Reader, readerDays } from "./users/reader-days";
import type { Seat } from "./users/seats";
import { type Draft, newDraft } from "./visits/draft";
import { inOrder } from "./visits/time-order";
import { visitTimes } from "./visits/visit-times";
import { type Bounds, writeVisits } from "./visits/visits";

const DAYS = DAY_ROWS.length;
const LAST_DAY = DAYS - 1;
const LATEST = 86_399;

const PLACE_OF = new Map(PATHS.map(({ path }, place) => [path, place]));

/** A log with an address for every row. */
export interface AddressedLog {
  draft: Draft;
  addresses: string[];
  /** Place in `addresses`, by row of the draft. */
  address: Int32Array;
}

/** A row known word for word; the address may be made up. */
interface KnownRow extends Omit<PublishedRow, "ip" | "cohortId"> {
  group: number;
  ip?: string;
}

const KNOWN_ROWS: readonly KnownRow[] = [
  ...PUBLISHED_ROWS.map((row) => ({ ...row, group: groupOfRow(row) })),
  ...CROSS_READING.map(({ date, time, userId, cohortId, path }) => {
    const [day, second] = [isoDay(date), clockSeconds(time)];
    return { day, second, path, userId, group: groupOfCohort(cohortId) };
  }),
];

/** One number for a user's day in a group. */
const userDay = (userId: number, group: number, day: number) =>
  (userId * GROUPS.length + group) * DAYS + day;

const PLANTED_ON = new Map(
  PLANTED_DAYS.map((planted) => [
    userDay(planted.story.userId, planted.group, planted.day),
    planted,
  ]),
);

/** Seconds of a user's known rows on one day, by user and day. */
const KNOWN_SECONDS = new Map<number, number[]>();
for (const { userId, day, second } of KNOWN_ROWS) {
  const known = KNOWN_SECONDS.get(userId * DAYS + day);
  if (known) known.push(second);
  else KNOWN_SECONDS.set(userId * DAYS + day, [second]);
}

/**
 * The whole log: who sits where, how each group's rows divide by day and each day's by
 * reader, then visits, pages and addresses. Each stage has its margins exactly.
 */
export function wholeLog(seats: readonly Seat[], seed: number): AddressedLog {
  const first = firstVisits(seats, seed);
  const needed = neededRows(seats, first);
  const table = wholeGroupDays(needed, arrivedShares(seats), seed);
  meetArrivals(table, needed, wholePieces(), seats);
  for (const { group, day } of KNOWN_ROWS) table[group * DAYS + day]!--;
  const draft = newDraft(DAY_ROWS.reduce((a, b) => a + b));
  writeReaders(draft, seats, table, first, seed);
  for (const row of KNOWN_ROWS) {
    draft.beginVisit(row.ip);
    const place = row.path === null ? -1 : PLACE_OF.get(row.path)!;
    draft.add(row.day, row.second, place, row.userId, row.group);
  }
  const parts = wholeParts();
  const partOf = partsByDay(parts);
  const paths = PATHS.map(({ path }) => path);
  gatherProbing(draft, paths, (group, day) => partOf[group * DAYS + day]!, seed);
  const newcomers = new Set(
    seats.filter(({ firstDay }) => firstDay === SNAPSHOT_DAY).map(({ userId }) => userId),
  );
  meetSnapshot(draft, (userId) => newcomers.has(userId));
  meetLastWithoutCohort(draft);
  const { addresses, address } = assignAddresses(visitsOf(draft), seed);
  return { draft, addresses, address };
}

/** Whether a known row can be its user's first of the day: on their very first day it must be. */
function isFirst({ userId, day, second }: KnownRow, first: FirstVisits): boolean {
  const begin = first.of(userId, day);
  return begin === undefined || begin === second;
}

/** Groups by days: rows that planted days, known rows and first visits need. */
function neededRows(seats: readonly Seat[], first: FirstVisits): Int32Array {
  const needed = new Int32Array(GROUPS.length * DAYS);
  const come = new Set<number>();
  for (const { story, group, day } of PLANTED_DAYS) {
    needed[group * DAYS + day]! += story.rows;
    come.add(userDay(story.userId, group, day));
  }
  for (const row of KNOWN_ROWS) {
    const { group, day, userId } = row;
    needed[group * DAYS + day]!++;
    if (isFirst(row, first)) come.add(userDay(userId, group, day));
  }
  for (const { userId, group, firstDay, firstDayRows = 1 } of seats) {
    if (come.has(userDay(userId, group, firstDay))) continue;
    needed[group * DAYS + firstDay]! += firstDayRows;
  }
  const io = lastWithoutCohort();
  for (const day of [SNAPSHOT_DAY, LAST_DAY]) {
    needed[io * DAYS + day] = Math.max(1, needed[io * DAYS + day]!);
  }
  return needed;
}

/** The users without a cohort who came last. */
function lastWithoutCohort(): number {
  return GROUPS.reduce((last, { cohortId }, g) => (cohortId === 0 ? g : last), 0);
}

function writeReaders(
  draft: Draft,
  seats: readonly Seat[],
  table: Int32Array,
  first: FirstVisits,
  seed: number,
): void {
  const parts = wholeParts();
  const days = partDays(parts, table);
  const pages = partPageChooser(parts, days, partPaths(parts), seed, wholeEndDayPaths());
  const times = visitTimes(seed);
  const random = randomStream(seed, "reader-days");
  const partOf = partsByDay(parts);
  GROUPS.forEach((group, g) => {
    for (const when of ["class", "after"] as const) {
      const dayRows = new Int32Array(DAYS);
      for (let day = 0; day < DAYS; day++) {
        if (phaseOf(group, day) === when) dayRows[day] = table[g * DAYS + day]!;
      }
      const readers = readersOf(seats, g, when, first);
      const rhythm = group.cohortId === STAFF ? "class" : when;
      readerDays(dayRows, readers, rhythm, random, (r, day, rows) => {
        const { userId } = readers[r]!;
        pages.open(partOf[g * DAYS + day]!, day);
        const story = PLANTED_ON.get(userDay(userId, g, day));
        if (story) writeStory(draft, story, pages);
        else {
          const bounds = boundsOf(first, userId, g, day, times.early());
          writeVisits(draft, { group: g, userId, day, rows }, bounds, pages, times);
        }
      });
    }
  });
}

function readersOf(
  seats: readonly Seat[],
  g: number,
  when: "class" | "after",
  first: FirstVisits,
): Reader[] {
  const { firstDay: begun, endDay } = GROUPS[g]!;
  return seats
    .filter((seat) => seat.group === g)
    .map((seat) => {
      const { userId, classRows, afterRows, firstDay, lastClassDay, noRowsOnEndDay } = seat;
      const { firstDayRows } = seat;
      const own = (day: number) => (day < endDay ? "class" : "after") === when;
      const known = KNOWN_ROWS.filter(
        (row) => row.group === g && row.userId === userId && own(row.day),
      );
      const planted = new Map<number, number>();
      for (const { story, group, day } of PLANTED_DAYS) {
        if (story.userId !== userId || !own(day)) continue;
        // On that day they read nothing as a member of another cohort.
        planted.set(day, group === g ? story.rows : 0);
      }
      const isKnown = known.some((row) => row.day === firstDay && isFirst(row, first));
      const comes = own(firstDay) && !isKnown;
      if (comes && firstDayRows !== undefined) planted.set(firstDay, firstDayRows);
      const afterFrom = Math.max(begun, endDay + (noRowsOnEndDay ? 1 : 0));
      return {
        userId,
        rows: (when === "class" ? classRows : afterRows) - known.length,
        firstDay: own(firstDay) ? firstDay : when === "after" ? afterFrom : begun,
        lastDay: when === "class" ? lastClassDay : LAST_DAY,
        comesFirstDay: comes,
        planted,
      };
    })
    .filter(({ rows }) => rows > 0);
}

function boundsOf(
  first: FirstVisits,
  userId: number,
  group: number,
  day: number,
  early: boolean,
): Bounds {
  const { cohortId } = GROUPS[group]!;
  let { earliest, latest } = dayBounds(day);
  earliest = Math.max(earliest, first.earliest(group, day));
  if (day === LAST_DAY && cohortId === 0) latest = LAST_NULL - 1;
  if (day === SNAPSHOT_DAY) {
    if (cohortId === 0) latest = SNAPSHOT_NULL - 300;
    else if (early) latest = clockSeconds("16:30:00");
  }
  const second = first.of(userId, day) ?? first.opener(group, day, userId);
  if (second === undefined || second < earliest) return { earliest, latest };
  // Where the first row is known word for word, the others follow it.
  const isKnown = KNOWN_SECONDS.get(userId * DAYS + day)?.includes(second);
  return isKnown ? { earliest: second + 1, latest } : { earliest: second, latest, first: second };
}

const publishedSeconds = (on: number) =>
  PUBLISHED_ROWS.filter(({ day, cohortId }) => day === on && cohortId > 0).map(
    ({ second }) => second,
  );
/** On the first day the published rows come before all others, on the last day after them. */
const FIRST_DAY_FROM = Math.max(...publishedSeconds(0)) + 1;
const LAST_DAY_UNTIL = Math.min(...publishedSeconds(LAST_DAY)) - 1;
const LAST_NULL = clockSeconds(LAST_WITHOUT_COHORT.all);
const SNAPSHOT_NULL = clockSeconds(LAST_WITHOUT_COHORT.snapshot);

/** Seconds of a day that rows may have: on the log's first and last they keep to its ends. */
export function dayBounds(day: number): Bounds {
  return {
    earliest: day === 0 ? FIRST_DAY_FROM : 0,
    latest: day === LAST_DAY ? LAST_DAY_UNTIL : LATEST,
  };
}

/** The last row without a cohort, of both versions of the log, at its published second. */
function meetLastWithoutCohort({ count, day, second, group }: Draft): void {
  for (const [on, at] of [
    [SNAPSHOT_DAY, SNAPSHOT_NULL],
    [LAST_DAY, LAST_NULL],
  ] as const) {
    let last = -1;
    // The rows known word for word come last in the draft, and stay as they are.
    for (let i = 0; i < count - KNOWN_ROWS.length; i++) {
      if (day[i] !== on || GROUPS[group[i]!]!.cohortId > 0) continue;
      if (last < 0 || second[i]! >= second[last]!) last = i;
    }
    second[last] = at;
  }
}

function partsByDay(parts: readonly Part[]): Int32Array {
  const partOf = new Int32Array(GROUPS.length * DAYS).fill(-1);
  parts.forEach(({ group, fromDay, toDay }, p) => {
    for (let day = fromDay; day < toDay; day++) partOf[group * DAYS + day] = p;
  });
  return partOf;
}

/** Rows to be made up, by part and day. */
function partDays(parts: readonly Part[], table: Int32Array): Int32Array {
  const rows = new Int32Array(parts.length * DAYS);
  parts.forEach(({ group, fromDay, toDay }, p) => {
    for (let day = fromDay; day < toDay; day++) {
      rows[p * DAYS + day] = table[group * DAYS + day]!;
    }
  });
  return rows;
}

/** The same by path: known rows are taken out. */
function partPaths(parts: readonly Part[]): Int32Array {
  const table = Int32Array.from(wholePartPaths());
  for (const { group, day, path } of KNOWN_ROWS) {
    if (path === null) continue;
    const part = parts.findIndex((p) => p.group === group && p.fromDay <= day && day < p.toDay);
    const cell = part * PATHS.length + PLACE_OF.get(path)!;
    if (table[cell]! <= 0) throw new Error(`no row of ${path} is left for a known row of it`);
    table[cell]!--;
  }
  return table;
}

/** The visits, as the stage of addresses takes them. */
export function visitsOf(draft: Draft) {
  const { visitStarts, visitAddresses, userId, group, day, second } = draft;
  const starts = Int32Array.from(visitStarts);
  const at = (column: Int32Array) => inOrder(column, starts);
  const days = at(day);
  const seconds = at(second);
  for (let v = 0; v < starts.length; v++) {
    // What comes after the earlier version's end counts as of the day after it.
    if (isAfterSnapshot(days[v]!, seconds[v]!)) days[v]!++;
  }
  const firstRow = new Int32Array(starts.length + 1).fill(draft.count);
  firstRow.set(starts);
  return {
    count: visitStarts.length,
    userId: at(userId),
    group: at(group),
    day: days,
    second: seconds,
    firstRow,
    known: visitAddresses,
  };
}
