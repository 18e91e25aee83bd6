import { FIRST_ACCESS, FIRST_WITHOUT_COHORT } from "../calibration/first-access";
import { PUBLISHED_ROWS } from "../calibration/published-rows";
import { GROUPS } from "../groups";
import { randomStream } from "../random-stream";

/** Who has their first row in a group on which day. */
export interface FirstDay {
  userId: number;
  group: number;
  firstDay: number;
}

export interface FirstVisits {
  /** Second of the user's first row, on their first day; undefined on other days. */
  of(userId: number, day: number): number | undefined;
  /** Second of a group's first row on its first day, for the user whose row it is. */
  opener(group: number, day: number, userId: number): number | undefined;
  /** The earliest second for a group on a day: after its published first row. */
  earliest(group: number, day: number): number;
}

const LATEST = 86_399;

/**
 * When new users come first: in the order of their ids, as the log numbers them, and each
 * cohort's first row at its published second.
 */
export function firstVisits(seats: readonly FirstDay[], seed: number): FirstVisits {
  const random = randomStream(seed, "first-visits");
  const seconds = new Map<number, number>();
  const dayOf = new Map<number, number>();
  const newcomers = newcomersByDay(seats);
  for (const [day, users] of newcomers) {
    const known = users.map((seat) => knownSecond(seat, users));
    dropOutOfOrder(known);
    users.forEach(({ userId }, i) => {
      dayOf.set(userId, day);
      const low = i === 0 ? (day === 0 ? 0 : 7 * 3600) : seconds.get(users[i - 1]!.userId)! + 1;
      seconds.set(userId, known[i] ?? between(i, low, known, random.next()));
    });
  }
  const openers = openersOf(seats);
  return {
    of: (userId, day) => (dayOf.get(userId) === day ? seconds.get(userId) : undefined),
    opener(group, day, userId) {
      const { cohortId, firstDay } = GROUPS[group]!;
      if (day !== firstDay || cohortId === 0 || openers.get(group) !== userId) return undefined;
      return FIRST_ACCESS.get(cohortId);
    },
    earliest(group, day) {
      const { cohortId, firstDay } = GROUPS[group]!;
      // Of those without a cohort only the very first row is published.
      if (day !== firstDay || (cohortId === 0 && day > 0)) return 0;
      return FIRST_ACCESS.get(cohortId)!;
    },
  };
}

/** By group, the user with the lowest id who comes on its first day. */
function openersOf(seats: readonly FirstDay[]): Map<number, number> {
  const openers = new Map<number, number>();
  for (const { userId, group, firstDay } of seats) {
    if (firstDay !== GROUPS[group]!.firstDay) continue;
    openers.set(group, Math.min(userId, openers.get(group) ?? userId));
  }
  return openers;
}

/** The seat in which each user is first seen, by day; users in order of ids. */
function newcomersByDay(seats: readonly FirstDay[]): Map<number, FirstDay[]> {
  const first = new Map<number, FirstDay>();
  for (const seat of seats) {
    const known = first.get(seat.userId);
    if (!known || seat.firstDay < known.firstDay) first.set(seat.userId, seat);
  }
  const byDay = new Map<number, FirstDay[]>();
  const inOrder = [...first.values()].sort(
    (a, b) => a.firstDay - b.firstDay || a.userId - b.userId,
  );
  for (const seat of inOrder) {
    const users = byDay.get(seat.firstDay);
    if (users) users.push(seat);
    else byDay.set(seat.firstDay, [seat]);
  }
  return byDay;
}

/** The published second of a user's first row, or that of their group if they are its first. */
function knownSecond({ userId, group, firstDay }: FirstDay, users: FirstDay[]): number | undefined {
  const row = PUBLISHED_ROWS.find((row) => row.day === firstDay && row.userId === userId);
  if (row) return row.second;
  const { cohortId, firstDay: begun } = GROUPS[group]!;
  if (begun !== firstDay) return undefined;
  if (cohortId === 0) return userId === FIRST_WITHOUT_COHORT ? FIRST_ACCESS.get(0) : undefined;
  const first = users.find((user) => user.group === group)!;
  return first.userId === userId ? FIRST_ACCESS.get(cohortId) : undefined;
}

/** Of known seconds that contradict the order of ids, the later ids give way. */
function dropOutOfOrder(known: (number | undefined)[]): void {
  let next = LATEST + 1;
  for (let i = known.length - 1; i >= 0; i--) {
    if (known[i] === undefined) continue;
    if (known[i]! < next) next = known[i]!;
    else known[i] = undefined;
  }
}

/** A second after the one before and early enough for those to come. */
function between(i: number, low: number, known: (number | undefined)[], at: number): number {
  let to = i + 1;
  while (to < known.length && known[to] === undefined) to++;
  const high = known[to] ?? Math.max(low + 60 * (to - i), 16 * 3600);
  const room = high - low - (to - i);
  if (room <= 0) return low;
  // The first of a class come at once; before a known time, spread up to it.
  const share = room / (to - i + 1);
  return low + Math.floor(Math.min(share * 2 * at, known[to] === undefined ? 400 * at : room));
}
