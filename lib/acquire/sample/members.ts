import { apportion } from "./apportion";
import {
  ALSO_WITH_COHORT,
  COHORTLESS_ROWS,
  COHORTLESS_USERS,
  KNOWN_MEMBERS,
  STAFF_ROWS,
  USER_COUNT,
} from "./calibration/users";
import { GROUPS, STAFF } from "./groups";
import type { Margins } from "./margins";
import { type RandomStream, randomStream } from "./random-stream";

/** A user in a group, with the rows that are theirs there. */
export interface Member {
  userId: number;
  rows: number;
  /** First day on which they may come. */
  fromDay: number;
  /** Above 1: reads early and stays away later, as those who leave do. */
  haste: number;
}

interface Candidate extends Member {
  /** Published or shared out at random, at the scale of the whole log. */
  weight: number;
  known: boolean;
}

/**
 * Who is in which group, and how many of its rows each member has. At full size the
 * users per cohort, all users, the users without a cohort and the rows of the known ones
 * are as published; in a smaller sample rows are in proportion, and users who would have
 * none are left out.
 *
 * Ids follow the order in which groups first came, as in the log.
 *
 * @returns for each group of `GROUPS`, its members, with their rows to be made up: those
 *   published word for word are taken off
 */
export function membersOfGroups({ groupRows, published }: Margins, seed: number): Member[][] {
  const random = randomStream(seed, "members");
  const members: Candidate[][] = GROUPS.map(() => []);
  addKnown(members);
  addCohortless(members);
  addMovers(members, random);
  addOthers(members);
  const whole = Int32Array.from(groupRows);
  for (const { cohortId } of published) whole[groupOf(cohortId)]!++;
  const shared = members.map((candidates, g) => {
    weigh(candidates, GROUPS[g]!.rows, random);
    const weights = candidates.map((member) => member.weight);
    const shares = apportion(weights, whole[g]!, 1);
    return candidates.map(({ userId, fromDay, haste }, i) => {
      return { userId, fromDay, haste, rows: shares[i]! };
    });
  });
  for (const { cohortId, userId } of published) takeRow(shared[groupOf(cohortId)]!, userId);
  return shared;
}

/** A published row is one of its user's; in a small sample, of whoever has most. */
function takeRow(members: Member[], userId: number): void {
  let giver = members.find((member) => member.userId === userId && member.rows > 0);
  for (const member of members) {
    if (!giver || (giver.userId !== userId && member.rows > giver.rows)) giver = member;
  }
  giver!.rows--;
}

const groupOf = (cohortId: number) => GROUPS.findIndex((group) => group.cohortId === cohortId);

function add(members: Candidate[][], group: number, userId: number, rows?: number): Candidate {
  const { firstDay } = GROUPS[group]!;
  const known = rows !== undefined;
  const member = { userId, rows: 0, fromDay: firstDay, haste: 1, weight: rows ?? 0, known };
  members[group]!.push(member);
  return member;
}

function addKnown(members: Candidate[][]): void {
  const staff = groupOf(STAFF);
  for (const [userId, rows] of STAFF_ROWS) {
    add(members, staff, userId, rows).fromDay = Math.max(
      GROUPS[staff]!.firstDay,
      firstDayOfId(userId),
    );
  }
  for (const { userId, cohortId, rows } of KNOWN_MEMBERS) {
    add(members, groupOf(cohortId), userId, rows);
  }
}

/** Users without a cohort go to the set whose days fit their id. */
function addCohortless(members: Candidate[][]): void {
  const sets = GROUPS.flatMap((group, g) => (group.cohortId === 0 ? [g] : []));
  for (const userId of COHORTLESS_USERS) {
    const set = userId < 318 ? 0 : userId < 500 ? 1 : 2;
    const member = add(members, sets[set]!, userId, COHORTLESS_ROWS.get(userId));
    if (set > 0) member.fromDay = Math.max(member.fromDay, firstDayOfId(userId));
  }
}

/**
 * Students who went on with the next cohort of their program: as many as it takes for
 * the published users per cohort to exceed the distinct users.
 */
function addMovers(members: Candidate[][], random: RandomStream): void {
  const taken = takenIds(members);
  const open = openSeats(members);
  const free = USER_COUNT - taken.size;
  let movers = open.reduce((sum, seats) => sum + seats, 0) - free;
  const java = GROUPS.flatMap((group, g) =>
    group.programId === 2 && group.cohortId !== STAFF && group.firstDay > 0 ? [g] : [],
  );
  const ids = freeIds(taken);
  while (movers > 0) {
    const at = random.below(java.length - 1);
    const [from, to] = [java[at]!, java[at + 1]!];
    if (open[from]! < 2 || open[to]! < 2) continue;
    // An id from the older group's own range; addOthers passes over it.
    const userId = ids.splice(idIndex(from, open, ids.length), 1)[0]!;
    add(members, from, userId).haste = 6;
    add(members, to, userId);
    open[from]!--;
    open[to]!--;
    movers--;
  }
}

/** Where a group's ids begin among the free ones, when each group takes its seats in turn. */
function idIndex(group: number, open: number[], length: number): number {
  let index = 0;
  for (let g = 0; g < group; g++) index += open[g]!;
  return Math.min(index, length - 1);
}

/** Fills the seats that are left with the ids that are left, in order. */
function addOthers(members: Candidate[][]): void {
  const ids = freeIds(takenIds(members));
  openSeats(members).forEach((seats, g) => {
    for (const userId of ids.splice(0, seats)) add(members, g, userId);
  });
}

/** Ids that need no further group; the few with rows of both kinds wait for a cohort. */
function takenIds(members: Candidate[][]): Set<number> {
  const taken = new Set<number>();
  members.forEach((group, g) => {
    for (const { userId } of group) {
      if (GROUPS[g]!.cohortId > 0 || !ALSO_WITH_COHORT.includes(userId)) taken.add(userId);
    }
  });
  return taken;
}

function freeIds(taken: Set<number>): number[] {
  return Array.from({ length: USER_COUNT }, (_, i) => i + 1).filter((id) => !taken.has(id));
}

function openSeats(members: Candidate[][]): number[] {
  return members.map((group, g) => Math.max(0, GROUPS[g]!.users - group.length));
}

/** About when an id was given out: groups took theirs in turn. */
function firstDayOfId(userId: number): number {
  let seats = 0;
  for (const { users, firstDay, cohortId } of GROUPS) {
    if (cohortId === STAFF) continue;
    seats += users * 1.08;
    if (seats >= userId) return firstDay;
  }
  return GROUPS[GROUPS.length - 1]!.firstDay;
}

/** Shares what the known members leave: most students read a good deal, some hardly. */
function weigh(candidates: Candidate[], rows: number, random: RandomStream): void {
  let left = rows;
  for (const { known, weight } of candidates) if (known) left -= weight;
  let sum = 0;
  const others = candidates.filter((member) => !member.known);
  for (const member of others) {
    const quiet = random.next() < 0.07;
    const zeal = random.next() * random.next();
    const eager = random.next() + random.next() + 4 * zeal * zeal;
    member.weight = (quiet ? 0.02 : 0.1 + eager) / (member.haste > 1 ? 4 : 1);
    if (quiet) member.haste = 6;
    sum += member.weight;
  }
  for (const member of others) member.weight *= Math.max(0, left) / sum;
}
