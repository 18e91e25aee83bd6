import {
  ADDRESS_COUNTS,
  SCRAPER_ADDRESSES,
  TOP_HOMES,
  USER_ADDRESSES,
  USER_ADDRESSES_WITHOUT_COHORT,
  USERS_PER_ADDRESSES,
} from "../calibration/addresses";
import { SNAPSHOT } from "../calibration/program-years";
import { isoDay } from "../days/log-days";
import { apportion } from "../fit/apportion";
import { GROUPS, STAFF } from "../groups";
import type { RandomStream } from "../random-stream";
import type { Visits } from "./address-visits";
import { byKey, type Pieces } from "./pieces";

/** Kinds of rows of which the different addresses are published. */
export const ROLES = ["none", "other", "dataScience", "staff"] as const;
const [NONE, DATA_SCIENCE, STAFF_ROLE] = [0, 2, 3];

/** A user's rows of one role that come neither from the campus nor from an office. */
export interface AddressSeat {
  userId: number;
  /** Place in `ROLES`. */
  role: number;
  group: number;
  /** Pieces without an address, in order of time. */
  pieces: number[];
  /** Their rows. */
  rows: number;
  /** Days of the first and the last of them. */
  firstDay: number;
  lastDay: number;
  /** How many of the pieces came after the earlier version of the log. */
  late: number;
  /** Places of addresses that are known from the start, those of offices left out. */
  given: number[];
  /** How many different addresses it has, those given included. */
  slots: number;
  /** Whether the first home is the last one of the same user's seat before. */
  carried: boolean;
  /** Exact rows of the last home, those given included; then no other cut of time matters. */
  homeRows?: number;
  /** Exact rows of the first homes, in order of time. */
  firstHomes: readonly number[];
  /** Whose last home it shares. */
  livesWith?: AddressSeat;
}

/** A user, with a cohort or without one. */
interface Person {
  userId: number;
  joined: boolean;
  seats: AddressSeat[];
  /** Shared networks they read from: the campus and the offices. */
  networks: number;
  least: number;
  most: number;
  likely: number;
  addresses: number;
  fixed: boolean;
}

/** Seats with the number of their addresses, and how much sharing makes the totals. */
export interface AddressSeats {
  seats: AddressSeat[];
  /** Addresses of seats with a cohort that must be another such seat's as well. */
  sharedJoined: number;
  /** Addresses of seats without a cohort that must be known from one with a cohort. */
  sharedWithout: number;
}

/** No address that is not published has more rows. */
export const MOST_ROWS = 2_000;

const GROUP_ROLES = GROUPS.map(({ cohortId, programId }) => {
  if (cohortId === 0) return NONE;
  if (cohortId === STAFF) return STAFF_ROLE;
  return programId === 3 ? DATA_SCIENCE : 1;
});

/** A group's place in `ROLES`. */
const roleOf = (group: number) => GROUP_ROLES[group]!;

/**
 * Decides how many addresses each user has in each role, so that all published counts of
 * different addresses and of pairs with users come out.
 *
 * @param networks places below this are the campus' and the offices'
 * @throws if a count cannot be met
 */
export function addressSeats(
  visits: Visits,
  pieces: Pieces,
  networks: number,
  random: RandomStream,
): AddressSeats {
  const { seats, persons, seen } = collect(visits, pieces, networks, random);
  const sharing = placeTopHomes(seats);
  for (const person of persons) setBounds(person);
  const joined = persons.filter((person) => person.joined);
  shareOut(joined, random);
  for (const person of joined) divide(person);
  const seenBy = (role: number) => seen.roles[role]!.size;
  balance(joined, DATA_SCIENCE, ADDRESS_COUNTS.dataScience - seenBy(DATA_SCIENCE), random);
  balance(joined, STAFF_ROLE, ADDRESS_COUNTS.staff - seenBy(STAFF_ROLE), random);
  const without = persons.filter((person) => !person.joined);
  shareOutWithout(without, ADDRESS_COUNTS.withoutCohort - seenBy(NONE));

  let own = 0;
  for (const { addresses, networks: count } of joined) own += addresses - count;
  const sharedJoined = own - sharing - (ADDRESS_COUNTS.joined - seen.joined.size);
  const both = [...seen.roles[NONE]!].filter((place) => seen.joined.has(place)).length;
  const { joined: inJoined, withoutCohort, all } = ADDRESS_COUNTS;
  const sharedWithout = inJoined + withoutCohort - all - both;
  if (sharedJoined < 0 || sharedWithout < 0) {
    throw new Error(`too many users read from the campus and the offices for ${all} addresses`);
  }
  return { seats, sharedJoined, sharedWithout };
}

const SECONDS = 86_400;

/** Finds seats and persons, in order of time, and which networks each role read from. */
function collect(visits: Visits, pieces: Pieces, networks: number, random: RandomStream) {
  let users = 0;
  for (let v = 0; v < visits.count; v++) users = Math.max(users, visits.userId[v]! + 1);
  const seatOf = new Array<AddressSeat | undefined>(users * ROLES.length);
  const personOf = new Array<Person | undefined>(users * 2);
  const persons: Person[] = [];
  const seen = { joined: new Set<number>(), roles: ROLES.map(() => new Set<number>()) };
  const meet = (userId: number, joined: boolean): Person => {
    const id = userId * 2 + (joined ? 1 : 0);
    let person = personOf[id];
    if (!person) {
      const zero = { networks: 0, least: 0, most: 0, likely: 0, addresses: 0, fixed: false };
      person = { userId, joined, seats: [], ...zero };
      personOf[id] = person;
      persons.push(person);
    }
    return person;
  };
  const seenBy = new Set<number>();
  const own: number[] = [];
  for (let p = 0; p < pieces.count; p++) {
    const place = pieces.place[p]!;
    if (place < 0 || place >= networks) {
      own.push(p);
      continue;
    }
    const v = pieces.visit[p]!;
    const userId = visits.userId[v]!;
    const role = roleOf(visits.group[v]!);
    const pair = (userId * 2 + (role === NONE ? 0 : 1)) * networks + place;
    seen.roles[role]!.add(place);
    if (role !== NONE) seen.joined.add(place);
    if (seenBy.has(pair)) continue;
    seenBy.add(pair);
    meet(userId, role !== NONE).networks++;
  }
  const times = Float64Array.from(own, (p) => {
    const v = pieces.visit[p]!;
    return visits.day[v]! * SECONDS + visits.second[v]!;
  });
  for (const p of byKey(own, times)) {
    const v = pieces.visit[p]!;
    const userId = visits.userId[v]!;
    const group = visits.group[v]!;
    const role = roleOf(group);
    const seatId = userId * ROLES.length + role;
    let seat = seatOf[seatId];
    if (!seat) {
      const nothing = { pieces: [], rows: 0, given: [], slots: 0, carried: false, firstHomes: [] };
      const days = { firstDay: visits.day[v]!, lastDay: 0, late: 0 };
      seat = { userId, role, group, ...nothing, ...days };
      seatOf[seatId] = seat;
      meet(userId, role !== NONE).seats.push(seat);
    }
    const place = pieces.place[p]!;
    if (place < 0) {
      seat.pieces.push(p);
      seat.lastDay = visits.day[v]!;
      if (visits.day[v]! > LAST_EARLY_DAY) seat.late++;
      seat.rows += pieces.rows[p]!;
    } else if (!seat.given.includes(place)) seat.given.push(place);
  }
  for (const person of persons) {
    // Whoever goes on to a further cohort mostly still lives where they did.
    person.seats.forEach((seat, s) => {
      const before = person.seats[s - 1];
      if (before && plain(seat) && plain(before)) seat.carried = random.next() < 0.8;
    });
    for (const seat of person.seats) {
      if (seat.userId === SCRAPER_ADDRESSES.userId && seat.role === 1) {
        seat.firstHomes = SCRAPER_ADDRESSES.homes;
        seat.carried = false;
      }
    }
  }
  return { persons, seats: persons.flatMap((person) => person.seats), seen };
}

const plain = ({ given, pieces, rows }: AddressSeat) =>
  given.length === 0 && pieces.length > 2 && rows < MOST_ROWS;

/**
 * Finds someone for each of the most used homes: its user, or one with few rows more, or
 * if nobody has so many, two or three who live together.
 *
 * @returns how many seats share the home of another
 */
function placeTopHomes(seats: AddressSeat[]): number {
  const named = new Set(TOP_HOMES.map(({ userId }) => userId));
  const free = seats.filter(
    ({ userId, role, given, firstHomes }) =>
      role !== NONE && (named.has(userId) || (given.length === 0 && firstHomes.length === 0)),
  );
  free.sort((a, b) => a.rows - b.rows || a.userId - b.userId || a.role - b.role);
  let sharing = 0;
  for (const { rows, userId } of TOP_HOMES) {
    const open = free.filter(({ homeRows }) => homeRows === undefined);
    const own = open.filter((seat) => userId === seat.userId || !named.has(seat.userId));
    const members = userId
      ? own.filter((seat) => seat.userId === userId).slice(-1)
      : household(own, rows);
    let left = rows;
    members.forEach((seat, m) => {
      const last = m === members.length - 1;
      seat.homeRows = last ? left : Math.floor((seat.rows - SPARE) / ELSEWHERE);
      left -= seat.homeRows;
      if (m > 0) seat.livesWith = members[0]!;
      if (seat.homeRows < 1 || seat.homeRows >= seat.rows) {
        throw new Error(`user ${seat.userId} cannot have ${seat.homeRows} rows from home`);
      }
    });
    if (members.length === 0) throw new Error(`no users can have ${rows} rows from one home`);
    sharing += members.length - 1;
  }
  seats.forEach((seat, s) => {
    const before = seats[s - 1];
    if (seat.homeRows !== undefined || before?.homeRows !== undefined) seat.carried = false;
  });
  return sharing;
}

/** What someone reads elsewhere, at the least: a share of their rows, and some rows. */
const [ELSEWHERE, SPARE] = [1.06, 20];

/** As few seats as have so many rows from home, those with the fewest rows beyond that. */
function household(open: AddressSeat[], rows: number): AddressSeat[] {
  const members: AddressSeat[] = [];
  let need = rows;
  while (members.length < 4) {
    // Only the first may be of data science or staff: no address of theirs is used twice.
    const able = members.length === 0 ? open : open.filter(({ role }) => role === 1);
    const left = able.filter((seat) => !members.includes(seat));
    const fit = left.find((seat) => seat.rows >= ELSEWHERE * need + SPARE);
    const next = fit ?? left[left.length - 1];
    if (!next) return [];
    members.push(next);
    if (fit) return members;
    need -= Math.floor((next.rows - SPARE) / ELSEWHERE);
  }
  return [];
}

function leastSlots({ pieces, rows, given, homeRows, firstHomes }: AddressSeat): number {
  if (pieces.length === 0) return given.length;
  if (firstHomes.length > 0) return given.length + firstHomes.length + 1;
  if (homeRows === undefined) return given.length + Math.ceil(rows / MOST_ROWS);
  const home = given.length > 0 ? 0 : 1;
  return given.length + home + Math.max(1, Math.ceil((rows - homeRows) / MOST_ROWS));
}

/** Never more than a seat has rows that may come from elsewhere. */
function mostSlots({ rows, given, homeRows = 0, firstHomes }: AddressSeat): number {
  return (
    given.length +
    (homeRows > 0 ? Math.max(2, rows - homeRows - 4) : Math.max(firstHomes.length, rows))
  );
}

/** Few as a rule: not every visit from a different one. */
function likelySlots({ pieces, rows, given, homeRows = 0 }: AddressSeat): number {
  const visits = Math.ceil(0.6 * pieces.length);
  return (
    given.length + (homeRows > 0 ? Math.min(visits, Math.ceil((rows - homeRows) / 5)) : visits)
  );
}

function setBounds(person: Person): void {
  const { seats } = person;
  const carried = seats.filter((seat) => seat.carried).length;
  const sum = (count: (seat: AddressSeat) => number) =>
    seats.reduce((total, seat) => total + count(seat), person.networks) - carried;
  person.least = sum(leastSlots);
  person.most = sum(mostSlots);
  person.likely = Math.max(person.least, sum(likelySlots));
}

const LAST_EARLY_DAY = isoDay(SNAPSHOT.date);
/** How many fewer addresses those have who came late: only a fifth of all are of theirs. */
const FEWER_LATE = 0.74;

/** Gives the published number of addresses to as many users: more to those who read more. */
function shareOut(persons: Person[], random: RandomStream): void {
  const counts = [...USERS_PER_ADDRESSES].flatMap(([addresses, users]) =>
    new Array<number>(users).fill(addresses),
  );
  counts.sort((a, b) => a - b);
  const others: Person[] = [];
  for (const person of persons) {
    const addresses = USER_ADDRESSES.get(person.userId);
    if (addresses === undefined) {
      others.push(person);
      continue;
    }
    person.addresses = addresses;
    person.fixed = true;
    if (addresses < person.least || addresses > person.most) {
      throw new Error(`user ${person.userId} cannot have ${addresses} addresses`);
    }
  }
  if (others.length !== counts.length) {
    throw new Error(
      `${persons.length} users have a cohort, not ${persons.length - others.length + counts.length}`,
    );
  }
  const keys = others.map((person) => {
    const lean = random.next();
    const spread = (person.likely - person.least) * (0.1 + lean * lean);
    return (person.least + spread * (1 - FEWER_LATE * lateShare(person))) * 1024;
  });
  byKey(others, keys).forEach((person, i) => {
    person.addresses = counts[i]!;
  });
  for (const bound of ["likely", "most"] as const) exchangeMisfits(others, bound);
  const misfit = others.find((person) => !fits(person, person.addresses, "most"));
  if (misfit) throw new Error(`user ${misfit.userId} cannot have ${misfit.addresses} addresses`);
}

/** Share of a user's own visits that came after the earlier version of the log. */
function lateShare({ seats }: Person): number {
  let [all, late] = [0, 0];
  for (const seat of seats) {
    all += seat.pieces.length;
    late += seat.late;
  }
  return all === 0 ? 0 : late / all;
}

const fits = (person: Person, addresses: number, bound: "likely" | "most") =>
  addresses >= person.least && addresses <= person[bound];

/** Those with too few or too many addresses exchange them with someone whom they fit. */
function exchangeMisfits(persons: Person[], bound: "likely" | "most"): void {
  for (const person of persons) {
    if (fits(person, person.addresses, bound)) continue;
    let best: Person | undefined;
    for (const other of persons) {
      if (!fits(person, other.addresses, bound)) continue;
      if (!fits(other, person.addresses, bound)) continue;
      const change = Math.abs(other.addresses - person.addresses);
      if (!best || change < Math.abs(best.addresses - person.addresses)) best = other;
    }
    if (best) exchange(person, best);
  }
}

function exchange(a: Person, b: Person): void {
  const { addresses } = a;
  a.addresses = b.addresses;
  b.addresses = addresses;
}

/** Divides a user's own addresses among their seats. */
function divide({ addresses, networks, seats }: Person): void {
  const carried = seats.filter((seat) => seat.carried).length;
  let left = addresses - networks + carried;
  for (const seat of seats) {
    seat.slots = leastSlots(seat);
    left -= seat.slots;
  }
  while (left > 0) {
    let next: AddressSeat | undefined;
    let need = -1;
    for (const seat of seats) {
      if (seat.slots >= mostSlots(seat)) continue;
      const wants = Math.sqrt(seat.pieces.length) * (seat.role === STAFF_ROLE ? 0.5 : 1);
      if (wants / (seat.slots + 1) > need) {
        need = wants / (seat.slots + 1);
        next = seat;
      }
    }
    next!.slots++;
    left--;
  }
}

/** Exchanges counts between users of a role and others until the role has its addresses. */
function balance(persons: Person[], role: number, slots: number, random: RandomStream): void {
  const single = persons.filter(({ seats, fixed }) => seats.length === 1 && !fixed);
  const inside = single.filter(({ seats }) => seats[0]!.role === role);
  const outside = single.filter(({ seats }) => seats[0]!.role === 1);
  let missing = slots;
  for (const { seats } of persons) {
    for (const seat of seats) if (seat.role === role) missing -= seat.slots;
  }
  for (const bound of ["likely", "most"] as const) {
    for (let tries = 0; tries < 20_000 && missing !== 0; tries++) {
      const a = inside[random.below(inside.length)]!;
      const b = outside[random.below(outside.length)]!;
      const gain = b.addresses - a.addresses;
      if (gain === 0 || gain > 0 !== missing > 0 || Math.abs(gain) > Math.abs(missing)) continue;
      if (!fits(a, b.addresses, bound) || !fits(b, a.addresses, bound)) continue;
      exchange(a, b);
      missing -= gain;
      for (const person of [a, b]) divide(person);
    }
  }
  if (missing !== 0) {
    throw new Error(`users of role ${ROLES[role]} have ${slots - missing} addresses, not ${slots}`);
  }
}

function shareOutWithout(persons: Person[], slots: number): void {
  let left = slots;
  const others: AddressSeat[] = [];
  for (const { userId, networks, seats } of persons) {
    for (const seat of seats) {
      const known = USER_ADDRESSES_WITHOUT_COHORT.get(userId);
      seat.slots = leastSlots(seat);
      if (known !== undefined) {
        seat.slots = Math.max(seat.slots, Math.min(known - networks, mostSlots(seat)));
      } else if (seat.pieces.length > 0) others.push(seat);
      left -= seat.slots;
    }
  }
  const room = others.map((seat) => Math.max(0, likelySlots(seat) - seat.slots));
  let sum = room.reduce((a, b) => a + b, 0);
  if (left < 0 || left > sum) {
    throw new Error(`users without a cohort cannot have ${slots} addresses`);
  }
  // In proportion to the root of what each could have, as far as there is room.
  while (left > 0 && sum > 0) {
    const weights = room.map((free) => (free > 0 ? Math.sqrt(free) : 0));
    const shares = apportion(weights, left);
    others.forEach((seat, i) => {
      const more = Math.min(shares[i]!, room[i]!);
      seat.slots += more;
      room[i]! -= more;
      left -= more;
      sum -= more;
    });
  }
}
