import { COHORT_ACTIVITY } from "../calibration/cohort-activity";
import { MIXED_IDS, NEW_CLASSES } from "../calibration/first-ids";
import {
  AT_LEAST_ROWS,
  COHORTLESS_USERS,
  DROPPED_OUT,
  HARDLY_IN_CLASS,
  HARDLY_ON_FIRST_DAY,
  KNOWN_MEMBERS,
  SINGLE_ROW_USERS,
  STAFF_ROWS,
  TOP_USERS,
  USER_COUNT,
} from "../calibration/users";
import { isoDay } from "../days/log-days";
import { rowsFrom } from "../days/parts";
import { GROUPS, groupOfCohort, STAFF } from "../groups";
import { type RandomStream, randomStream } from "../random-stream";
import { firstDaysOfIds } from "./first-days";

/** A user's place in a group, without their rows. */
export interface PlannedSeat {
  userId: number;
  group: number;
  firstDay: number;
  /** Last day of class on which they may come. */
  lastClassDay: number;
  /** Whether they have rows in class; never so for Staff and cohorts that had ended. */
  inClass: boolean;
  /** Left class early and stayed away. */
  dropsOut: boolean;
}

/** Last day of the log. */
const LAST_DAY = isoDay("2021-04-21");
/** Share of those in class, aside from the known ones, who leave early. */
const DROP_OUTS = 0.04;
/** Students in class of two cohorts whose transfer no source names. */
const TRANSFERS: readonly (readonly [from: number, to: number])[] = [
  [56, 57],
  [58, 61],
];
/** Two more of these, seeded: from one class to the next of the program. */
const OTHER_TRANSFERS: readonly (readonly [from: number, to: number])[] = [
  [23, 24],
  [24, 25],
  [25, 26],
  [26, 27],
  [27, 29],
  [29, 31],
  [31, 32],
  [32, 33],
  [33, 51],
  [51, 52],
  [52, 53],
  [53, 56],
  [57, 58],
  [61, 62],
  [62, 132],
];
/** Graduates of no known cohort who became Staff. */
const GRADUATES_IN_STAFF = 4;

/** Users in class of a cohort that they were not first seen in, days after its first day. */
const SECOND_CLASSES: readonly (readonly [userId: number, cohortId: number, days: number])[] = [
  [143, 34, 0],
  [268, 34, 0],
  [358, 34, 0],
  [663, 134, 0],
  [895, 137, 2],
  [419, 51, 0],
  [64, 52, 0],
  [375, 31, 1],
];

/** Users with a cohort whose first row without one came later, as the published order tells. */
const LATER_WITHOUT_COHORT: ReadonlyMap<number, (days: Int32Array) => number> = new Map([
  [64, (days) => days[713]!],
  [346, (days) => days[730]!],
  [644, (days) => days[740]!],
  [663, (days) => days[718]!],
]);

interface Plan {
  seats: PlannedSeat[];
  /** Day of each user's first row. */
  days: Int32Array;
  random: RandomStream;
  /** Users who have a seat. */
  seated: Set<number>;
}

/**
 * Who sits in which group, and from when: as many users as each cohort has, in all and in
 * class, those without a cohort and the known ones; ids follow the order of first rows.
 */
export function planSeats(seed: number): PlannedSeat[] {
  const random = randomStream(seed, "seats");
  const plan: Plan = { seats: [], days: firstDaysOfIds(seed), random, seated: new Set() };
  seatClasses(plan);
  seatWithoutCohort(plan);
  seatKnownGraduates(plan);
  const graduates = seatStaff(plan);
  seatGraduates(plan, graduates);
  dropOut(plan);
  checkPlan(plan);
  return plan.seats;
}

const isNamed = (() => {
  const named = new Set<number>([...SINGLE_ROW_USERS, ...COHORTLESS_USERS]);
  for (const { userId } of KNOWN_MEMBERS) named.add(userId);
  for (const map of [HARDLY_IN_CLASS, TOP_USERS, STAFF_ROWS, AT_LEAST_ROWS]) {
    for (const userId of map.keys()) named.add(userId);
  }
  return (userId: number) => named.has(userId);
})();

function add(plan: Plan, userId: number, group: number, firstDay: number): PlannedSeat {
  const { endDay, cohortId } = GROUPS[group]!;
  const seat = {
    userId,
    group,
    firstDay,
    lastClassDay: Math.min(endDay - 1, LAST_DAY),
    inClass: cohortId !== STAFF && firstDay < endDay,
    dropsOut: false,
  };
  plan.seats.push(seat);
  plan.seated.add(userId);
  return seat;
}

/** All who are in class, transfers last. */
function seatClasses(plan: Plan): void {
  const { random, days } = plan;
  const idsOf = new Map(NEW_CLASSES.map(({ cohortId, ids }) => [cohortId, ids.slice()]));
  idsOf.set(21, [6, 24, 41, 49]);
  idsOf.set(22, [2, 3, 138]);
  idsOf.set(137, [896]);
  for (const { ids, classes } of MIXED_IDS) {
    const open = ids.slice();
    for (const [cohortId, count] of classes) {
      for (let i = 0; i < count; i++) {
        idsOf.get(cohortId)!.push(open.splice(random.below(open.length), 1)[0]!);
      }
    }
  }
  const transfers = TRANSFERS.slice();
  const others = OTHER_TRANSFERS.slice();
  while (transfers.length < TRANSFERS.length + 2) {
    const [transfer] = others.splice(random.below(others.length), 1);
    const ids = idsOf.get(transfer![1])!;
    // The transfer takes the seat of the last one whom nothing is known of.
    let last = ids.length - 1;
    while (isNamed(ids[last]!)) last--;
    ids.splice(last, 1);
    transfers.push(transfer!);
  }
  for (const [cohortId, ids] of idsOf) {
    for (const userId of ids.sort((a, b) => a - b)) {
      add(plan, userId, groupOfCohort(cohortId), days[userId]!);
    }
  }
  for (const [userId, cohortId, after] of SECOND_CLASSES) {
    const group = groupOfCohort(cohortId);
    add(plan, userId, group, GROUPS[group]!.firstDay + after);
  }
  for (const [from, to] of transfers) transfer(plan, groupOfCohort(from), groupOfCohort(to));
}

/** One of a class who came at once leaves it for the next class. */
function transfer(plan: Plan, from: number, to: number): void {
  const begun = GROUPS[from]!.firstDay;
  const able = plan.seats.filter(({ userId, group, firstDay }) => {
    return group === from && firstDay <= begun + 3 && !isNamed(userId) && !twice(plan, userId);
  });
  const seat = able[plan.random.below(able.length)]!;
  const next = GROUPS[to]!.firstDay + plan.random.below(3);
  seat.lastClassDay = next - 3 - plan.random.below(6);
  seat.dropsOut = true;
  add(plan, seat.userId, to, next);
}

const twice = ({ seats }: Plan, userId: number) =>
  seats.filter((seat) => seat.userId === userId).length > 1;

/** Users without a cohort go to the set whose days fit their first row. */
function seatWithoutCohort(plan: Plan): void {
  const sets = GROUPS.flatMap(({ cohortId }, g) => (cohortId === 0 ? [g] : []));
  for (const userId of COHORTLESS_USERS) {
    const firstDay = LATER_WITHOUT_COHORT.get(userId)?.(plan.days) ?? plan.days[userId]!;
    const later = LATER_WITHOUT_COHORT.has(userId) || userId > 600;
    add(plan, userId, sets[later ? 2 : userId < 318 ? 0 : 1]!, firstDay);
  }
}

/** Known members of cohorts that they were not in class of while the log ran. */
function seatKnownGraduates(plan: Plan): void {
  for (const { userId, cohortId } of KNOWN_MEMBERS) {
    const group = groupOfCohort(cohortId);
    if (plan.seats.some((seat) => seat.userId === userId && seat.group === group)) continue;
    const from = Math.max(plan.days[userId]!, opens(group));
    const first = !hasCome(plan, userId);
    const later = first ? 0 : 5 + plan.random.below(60);
    add(plan, userId, group, first ? plan.days[userId]! : from + later);
  }
}

/** Whether one of the user's seats accounts for their first row of all. */
function hasCome({ seats, days }: Plan, userId: number): boolean {
  return seats.some((seat) => seat.userId === userId && seat.firstDay === days[userId]);
}

/** First day on which a graduate may come for the first time: not in class any more. */
function opens(group: number): number {
  const { firstDay, endDay } = GROUPS[group]!;
  return firstDay < endDay ? endDay + 1 : firstDay;
}

/** Staff, after whatever else they are; gives those who have no other seat. */
function seatStaff(plan: Plan): number[] {
  const staff = groupOfCohort(STAFF);
  const begun = GROUPS[staff]!.firstDay;
  const single: number[] = [];
  for (const userId of STAFF_ROWS.keys()) {
    if (!hasCome(plan, userId)) {
      add(plan, userId, staff, plan.days[userId]!);
      if (!isFixed(userId)) single.push(userId);
      continue;
    }
    let from = Math.max(begun, plan.days[userId]! + 1);
    for (const seat of plan.seats) {
      const { cohortId, endDay } = GROUPS[seat.group]!;
      // Those with a few rows in class were Staff who looked in.
      const studied = seat.inClass && cohortId > 0 && !HARDLY_IN_CLASS.has(userId);
      if (seat.userId === userId && studied) from = Math.max(from, endDay);
    }
    // The first row of Staff; user 744 had no cohort up to November 2020.
    if (userId === 1) from = begun;
    if (userId === 744) from = Math.max(from, isoDay("2020-11-16"));
    const later = userId === 1 ? 0 : plan.random.below(from === begun ? 8 : 40);
    add(plan, userId, staff, Math.min(LAST_DAY - 10, from + later));
  }
  return single;
}

const isFixed = (userId: number) => SINGLE_ROW_USERS.includes(userId) || TOP_USERS.has(userId);

/**
 * Everyone who has no seat yet is a graduate of a cohort that was over by then; the few
 * seats that are left are of Staff who once were students.
 */
function seatGraduates(plan: Plan, staff: number[]): void {
  const { random, days } = plan;
  const open = GROUPS.map(({ users }, group) => {
    return users - plan.seats.filter((seat) => seat.group === group).length;
  });
  const order = GROUPS.flatMap(({ cohortId }, g) =>
    cohortId > 0 && cohortId !== STAFF ? [g] : [],
  );
  // Cohorts that ended last first: they have the fewest users to choose from.
  // Of those that ended before the log, the ones with few rows: who comes late must go on
  // with a group that still reads.
  order.sort((a, b) => opens(b) - opens(a) || GROUPS[a]!.rows - GROUPS[b]!.rows || a - b);
  for (let n = 0; n < GRADUATES_IN_STAFF; n++) {
    const userId = staff.splice(random.below(staff.length), 1)[0]!;
    const seat = plan.seats.find((known) => known.userId === userId)!;
    const able = order.filter((group) => {
      const { programId, firstDay, endDay } = GROUPS[group]!;
      const fits = programId === 2 && opens(group) <= days[userId]!;
      return fits && open[group]! > 0 && firstDay < endDay;
    });
    const group = able[random.below(able.length)]!;
    open[group]!--;
    add(plan, userId, group, days[userId]!);
    seat.firstDay = Math.min(LAST_DAY - 5, days[userId]! + random.below(40));
  }
  const free: number[] = [];
  for (let id = 1; id <= USER_COUNT; id++) if (!plan.seated.has(id)) free.push(id);
  seatFirstDay(plan, free, order, open);
  for (const group of order) {
    for (; open[group]! > 0; open[group]!--) {
      const able = inTime(
        free.filter((id) => days[id]! >= opens(group) && id > opener(plan, group, days[id]!)),
        group,
        days,
      );
      const userId = able[random.below(able.length)];
      if (userId === undefined) throw new Error(`Cohort ${GROUPS[group]!.name} lacks a user.`);
      free.splice(free.indexOf(userId), 1);
      add(plan, userId, group, days[userId]!);
    }
  }
  if (free.length > 0) throw new Error(`${free.length} users have no seat.`);
}

/** Graduates of the log's first day, in order: each cohort's first row tells who may be in it. */
function seatFirstDay(plan: Plan, free: number[], order: number[], open: number[]): void {
  const { days, random } = plan;
  for (const id of free.filter((each) => days[each] === 0)) {
    const able = order.filter((group) => {
      const hasBegun = GROUPS[group]!.firstDay === 0 && opens(group) === 0;
      return hasBegun && open[group]! > 0 && opener(plan, group, 0) < id;
    });
    const group = able[random.below(able.length)];
    if (group === undefined) throw new Error(`User ${id} fits no cohort of the first day.`);
    open[group]!--;
    free.splice(free.indexOf(id), 1);
    add(plan, id, group, 0);
  }
}

/** On a group's first day, the user with its first row: those with lower ids came before. */
function opener({ seats }: Plan, group: number, day: number): number {
  if (day !== GROUPS[group]!.firstDay) return 0;
  const own = seats.filter((seat) => seat.group === group && seat.firstDay === day);
  return own.reduce((least, { userId }) => Math.min(least, userId), USER_COUNT);
}

/** Those who come while the group still has a member's share of rows to read, if any does. */
function inTime(ids: number[], group: number, days: Int32Array): number[] {
  const { rows, users } = GROUPS[group]!;
  const able = ids.filter((id) => rowsFrom(group, days[id]!) >= rows / users);
  return able.length > 0 ? able : ids;
}

/** Who leaves class early: the known ones, those who hardly came, and a few more. */
function dropOut({ seats, random }: Plan): void {
  for (const seat of seats) {
    const { cohortId, startDay, endDay } = GROUPS[seat.group]!;
    if (cohortId === 0 || !seat.inClass || seat.dropsOut) continue;
    const until = Math.min(endDay, LAST_DAY + 1);
    const leave = (from: number, to: number, end: number) => {
      const share = from + (to - from) * random.next();
      seat.dropsOut = true;
      const day = startDay + Math.floor(share * (end - startDay));
      seat.lastClassDay = Math.min(until - 1, Math.max(seat.firstDay + 2, day));
    };
    const known = DROPPED_OUT.some((d) => d.userId === seat.userId && d.cohortId === cohortId);
    // Few rows are those of the class's end, or of its first days where it has just begun.
    const hardly = HARDLY_IN_CLASS.has(seat.userId) && cohortId !== 21 && cohortId !== 139;
    const rows = HARDLY_IN_CLASS.get(seat.userId);
    if (known) leave(0.28, seat.userId === 663 ? 0.31 : 0.5, endDay);
    else if (rows !== undefined && rows === firstDayOnly(seat.userId)) {
      seat.lastClassDay = seat.firstDay;
      seat.dropsOut = true;
    } else if (hardly && random.next() < 0.6) leave(0.05, 0.5, until);
    else if (cohortId > 21 && cohortId < 137 && !isNamed(seat.userId)) {
      const late = seat.firstDay > startDay + 0.2 * (until - startDay);
      if (random.next() < DROP_OUTS && !late) leave(0.3, 0.7, until);
    }
  }
}

/** Rows of a user whose rows in class all lie on one day. */
function firstDayOnly(userId: number): number | undefined {
  if (userId === 879) return 1;
  return HARDLY_ON_FIRST_DAY.get(userId);
}

function checkPlan(plan: Plan): void {
  const { seats } = plan;
  for (let id = 1; id <= USER_COUNT; id++) {
    if (!hasCome(plan, id)) throw new Error(`User ${id} does not come on their first day.`);
  }
  for (const { cohortId, users, usersInClass } of COHORT_ACTIVITY) {
    const own = seats.filter(({ group }) => group === groupOfCohort(cohortId));
    const inClass = own.filter((seat) => seat.inClass).length;
    if (own.length !== users || inClass !== usersInClass) {
      throw new Error(`Cohort ${cohortId} has ${own.length} users, ${inClass} of them in class.`);
    }
  }
}
