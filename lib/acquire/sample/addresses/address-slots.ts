import { isWeekend } from "../days/log-days";
import { apportion } from "../fit/apportion";
import type { RandomStream } from "../random-stream";
import { type AddressSeat, type AddressSeats, MOST_ROWS, ROLES } from "./address-seats";
import type { Visits } from "./address-visits";
import { byKey, type Pieces } from "./pieces";

/** A seat with the addresses that it reads from. */
export interface SlotSeat extends AddressSeat {
  /** Homes in order of time. */
  homes: number[];
  /** Addresses used for a visit or few, in order of time. */
  others: number[];
  /** Whether the home is printed: then much is read there. */
  settled: boolean;
}

/** Share of the rows that are read at a printed home, at the least. */
const AT_PRINTED_HOME = 0.4;

/** Days after which a user moves on, at the least and at the most. */
const [STAYS, STAYS_LONG] = [160, 520];
/** Visits of more rows are rather from home. */
const LONG = 12;
/** How much sooner a visit at a weekend comes from elsewhere. */
const AT_WEEKENDS = 0.82;
const KEY = 1 << 26;
const OTHER = 1;

/**
 * Chooses which addresses of a seat are homes and which were used once or twice, and
 * which seats share one: households a home, public places and carriers the others.
 *
 * @param homeOf place of a home that is printed, of users who have one
 * @param newPlace makes a new address and gives its place
 * @throws if too few can be shared
 */
export function layOutSlots(
  { seats, sharedJoined, sharedWithout }: AddressSeats,
  homeOf: (seat: AddressSeat) => number | undefined,
  newPlace: () => number,
  random: RandomStream,
): SlotSeat[] {
  const slotSeats: SlotSeat[] = seats.map((seat) => ({
    ...seat,
    homes: [],
    others: [],
    settled: false,
  }));
  let before: SlotSeat | undefined;
  for (const seat of slotSeats) {
    const printed = homeOf(seat);
    seat.settled = printed !== undefined;
    const homes = countHomes(seat, printed, random);
    const own = seat.slots - seat.given.length - homes.more;
    if (homes.fromGiven) seat.homes.push(printed !== undefined ? printed : seat.given[0]!);
    for (let h = 0; h < homes.more; h++) {
      const first = seat.homes.length === 0;
      if (first && seat.carried && before?.userId === seat.userId && before.homes.length > 0) {
        seat.homes.push(before.homes[before.homes.length - 1]!);
      } else if (first && printed !== undefined && seat.homeRows === undefined) {
        seat.homes.push(printed);
      } else seat.homes.push(-1);
    }
    if (seat.homeRows !== undefined && seat.homes.length > 0) {
      // The exact home is the last one.
      if (homes.fromGiven) seat.homes.push(seat.homes.shift()!);
      else if (printed !== undefined) seat.homes[seat.homes.length - 1] = printed;
    }
    for (let o = 0; o < own; o++) seat.others.push(-1);
    // A seat to come may carry on with the last home.
    seat.homes = seat.homes.map((place) => (place === -1 ? newPlace() : place));
    before = seat;
  }
  slotSeats.forEach((seat, s) => {
    const host = seats[s]!.livesWith;
    if (!host) return;
    const { homes } = slotSeats[seats.indexOf(host)]!;
    seat.homes[seat.homes.length - 1] = homes[homes.length - 1]!;
  });
  const households = Math.min(Math.round(sharedJoined * 0.2), 160);
  const shared = shareHomes(slotSeats, households, random);
  sharePlaces(slotSeats, sharedJoined - shared, newPlace, random);
  shareWithout(slotSeats, sharedWithout, random);
  for (const seat of slotSeats) {
    seat.others = seat.others.map((place) => (place === -1 ? newPlace() : place));
  }
  return slotSeats;
}

/** How many homes a seat has: of those given one at the most, and more of its own. */
function countHomes(seat: AddressSeat, printed: number | undefined, random: RandomStream) {
  const { pieces, rows, given, slots, homeRows, firstHomes } = seat;
  const chance = random.next();
  const own = slots - given.length;
  if (pieces.length === 0) return { fromGiven: false, more: 0 };
  if (firstHomes.length > 0) return { fromGiven: false, more: firstHomes.length + 1 };
  const fits = given.length > 0 && (printed === undefined || given.includes(printed));
  const fromGiven = fits && (printed !== undefined || own === 0 || chance < 0.8);
  const least = homeRows === undefined ? Math.ceil(rows / MOST_ROWS) : homesBeside(rows - homeRows);
  if (homeRows !== undefined) {
    const wanted = least + (fromGiven ? 0 : 1);
    return { fromGiven, more: Math.min(own, Math.max(wanted, Math.ceil(own / 4))) };
  }
  if (fromGiven) return { fromGiven, more: Math.min(own, least - 1) };
  // Whoever has nearly as many addresses as visits changes them with every visit; those
  // whose home is printed stay there.
  const restless = own > 0.35 * pieces.length;
  const stays = restless || printed !== undefined;
  const span = seat.lastDay - seat.firstDay;
  const time = STAYS + chance * (STAYS_LONG - STAYS);
  const moves = stays ? 1 : Math.min(Math.ceil(own / 2), 1 + Math.floor(span / time));
  return { fromGiven, more: Math.max(1, Math.min(own, Math.max(least, moves))) };
}

const homesBeside = (rows: number) => Math.max(1, Math.ceil(rows / MOST_ROWS));

/** Lets users who came together live together. */
function shareHomes(seats: SlotSeat[], households: number, random: RandomStream): number {
  // Seats of a user come one after the other.
  const userAt = (s: number) => seats[s]?.userId;
  const alone = seats.filter(
    (seat, s) =>
      seat.role === OTHER &&
      seat.homes.length > 0 &&
      seat.rows < 1_100 &&
      seat.homeRows === undefined &&
      seat.given.length === 0 &&
      seat.firstHomes.length === 0 &&
      userAt(s - 1) !== seat.userId &&
      userAt(s + 1) !== seat.userId,
  );
  const byGroup = byKey(
    alone,
    alone.map(({ group }) => group * 1024 + random.below(1024)),
  );
  const step = Math.max(1, Math.floor(byGroup.length / (households + 1)));
  let shared = 0;
  for (let i = 1; i < byGroup.length && shared < households; i += Math.max(2, step)) {
    byGroup[i]!.homes[0] = byGroup[i - 1]!.homes[0]!;
    shared++;
  }
  return shared;
}

/** Lets many users come to some places, a few to most. */
function sharePlaces(
  seats: SlotSeat[],
  shared: number,
  newPlace: () => number,
  random: RandomStream,
): void {
  if (shared === 0) return;
  const slots: { seat: SlotSeat; slot: number }[] = [];
  for (const seat of seats) {
    if (seat.role !== OTHER || seat.slots >= 43) continue;
    for (let slot = 0; slot < seat.others.length; slot++) slots.push({ seat, slot });
  }
  const shuffled = byKey(
    slots,
    slots.map(() => random.next() * KEY),
  );
  const places = Math.max(1, Math.ceil(shared / 14));
  const weights = Array.from({ length: places }, (_, i) => 1 / (i + 6));
  const guests = Array.from(apportion(weights, shared, 1), (size) => size + 1);
  const seen = guests.map(() => new Set<number>());
  const made = guests.map(() => newPlace());
  let open = guests.length;
  for (const { seat, slot } of shuffled) {
    if (open === 0) break;
    let at = random.below(guests.length);
    for (let tries = 0; tries < guests.length; tries++) {
      if (guests[at]! > 0 && !seen[at]!.has(seat.userId)) break;
      at = (at + 1) % guests.length;
    }
    if (guests[at] === 0 || seen[at]!.has(seat.userId)) continue;
    seat.others[slot] = made[at]!;
    seen[at]!.add(seat.userId);
    if (--guests[at]! === 0) open--;
  }
  if (open > 0) throw new Error(`too few users could come to ${places} public places`);
}

/** Addresses that users without a cohort have in common with others: homes and places. */
function shareWithout(seats: SlotSeat[], shared: number, random: RandomStream): void {
  const taken = new Set<number>();
  let left = shared;
  const free: { seat: SlotSeat; slot: number }[] = [];
  for (const seat of seats) {
    if (ROLES[seat.role] !== "none") continue;
    for (let slot = 0; slot < seat.others.length; slot++) free.push({ seat, slot });
  }
  const known = seats.filter(({ role, pieces }) => ROLES[role] !== "none" && pieces.length > 0);
  for (const { seat, slot } of byKey(
    free,
    free.map(() => random.next() * KEY),
  )) {
    if (left === 0) return;
    const own = known.filter(({ userId }) => userId === seat.userId);
    for (let tries = 0; tries < 200; tries++) {
      // Whoever has rows of both kinds reads them at one home.
      const host = own[tries] ?? known[random.below(known.length)]!;
      const apart = host.firstDay > seat.lastDay || host.lastDay < seat.firstDay;
      if (apart && tries < 100) continue;
      if (host.homeRows !== undefined || host.firstHomes.length > 0) continue;
      // Half of them are places where many come, the rest homes.
      const list = slot % 2 === 0 && host.others.some((p) => p >= 0) ? host.others : host.homes;
      const place = list.find((p) => p >= 0 && !taken.has(p));
      if (place === undefined || host.given.includes(place)) continue;
      seat.others[slot] = place;
      taken.add(place);
      left--;
      break;
    }
  }
  if (left > 0) throw new Error(`${left} addresses have no user without a cohort`);
}

/**
 * Gives every piece of a seat one of its addresses: `others` one visit each and now and
 * then the next one too, homes all the rest, one after the other.
 *
 * @param givenRows rows that the seat's exact home has already
 * @throws if a seat has too few rows for its addresses
 */
export function spreadSlots(
  seat: SlotSeat,
  visits: Visits,
  pieces: Pieces,
  givenRows: number,
  random: RandomStream,
): void {
  const { homes, others } = seat;
  makeRoom(seat, pieces, homes.length + others.length);
  const list = seat.pieces;
  if (list.length === 0) return;
  const exact = seat.homeRows !== undefined || seat.firstHomes.length > 0;
  if (exact || seat.settled) takeShortVisits(seat, pieces, givenRows, random);
  else takeVisits(seat, visits, pieces, random);
  const rest = list.filter((piece) => pieces.place[piece] === -1);
  if (seat.firstHomes.length > 0) fillFirst(seat, pieces, rest);
  else if (seat.homeRows !== undefined) fillLast(seat, pieces, rest, seat.homeRows - givenRows);
  else inTurn(homes, pieces, rest, random);
}

/** Cuts the longest visits until there is one for each address. */
function makeRoom(seat: SlotSeat, pieces: Pieces, slots: number): void {
  const list = seat.pieces;
  while (list.length < slots) {
    let longest = 0;
    for (let i = 1; i < list.length; i++) {
      if (pieces.rows[list[i]!]! > pieces.rows[list[longest]!]!) longest = i;
    }
    const rows = pieces.rows[list[longest]!] ?? 0;
    if (rows < 2) throw new Error(`user ${seat.userId} has too few rows for ${slots} addresses`);
    list.splice(longest + 1, 0, pieces.cut(list[longest]!, rows >> 1));
  }
}

/** Visits from elsewhere, rather at weekends; now and then the next visit is from there too. */
function takeVisits(
  { pieces: list, homes, others }: SlotSeat,
  { day }: Visits,
  pieces: Pieces,
  random: RandomStream,
): void {
  const keys = list.map((piece) => {
    const weekend = isWeekend(day[pieces.visit[piece]!]!);
    const long = pieces.rows[piece]! > LONG;
    return random.next() * (weekend ? AT_WEEKENDS : 1) * (long ? 2 : 1) * KEY;
  });
  const order = byKey(Array.from(list.keys()), keys);
  const chosen = order.slice(0, others.length).sort((a, b) => a - b);
  chosen.forEach((index, o) => {
    pieces.place[list[index]!] = others[o]!;
  });
  let spare = list.length - others.length - homes.length;
  for (const index of chosen) {
    const next = list[index + 1];
    if (next === undefined || spare < 2 || pieces.place[next] !== -1) continue;
    const since = day[pieces.visit[next]!]! - day[pieces.visit[list[index]!]!]!;
    if (since > 2 || random.next() > 0.25) continue;
    pieces.place[next] = pieces.place[list[index]!]!;
    spare--;
  }
}

/** The same where homes must keep exact rows: short visits, or the first rows of long ones. */
function takeShortVisits(
  seat: SlotSeat,
  pieces: Pieces,
  givenRows: number,
  random: RandomStream,
): void {
  const { pieces: list, homes, others, rows, homeRows, firstHomes } = seat;
  let kept = firstHomes.reduce((a, b) => a + b, 0);
  if (homeRows !== undefined) kept = homeRows - givenRows;
  else if (seat.settled)
    kept = Math.min(Math.ceil(AT_PRINTED_HOME * rows), rows - others.length - homes.length);
  let spare = rows - kept - homes.length;
  const chosen = byKey(
    list,
    list.map(() => random.next() * KEY),
  ).slice(0, others.length);
  chosen.forEach((piece, o) => {
    const most = Math.max(1, Math.min(12, Math.floor(spare / (others.length - o))));
    if (pieces.rows[piece]! > most) {
      list.splice(list.indexOf(piece) + 1, 0, pieces.cut(piece, most));
    }
    pieces.place[piece] = others[o]!;
    spare -= pieces.rows[piece]!;
  });
  if (spare < 0) throw new Error(`user ${seat.userId} has too few rows beside a home`);
}

/** Homes one after the other, of about as many rows. */
function inTurn(homes: number[], pieces: Pieces, rest: number[], random: RandomStream): void {
  if (homes.length === 0) return;
  let total = 0;
  for (const piece of rest) total += pieces.rows[piece]!;
  const slack = Math.max(0, 1 - total / homes.length / MOST_ROWS);
  let home = 0;
  let sum = 0;
  const bound = () => (total * (home + 1 + (random.next() - 0.5) * slack)) / homes.length;
  let until = bound();
  rest.forEach((piece, i) => {
    const due = sum + pieces.rows[piece]! / 2 > until || rest.length - i < homes.length - home;
    if (i > 0 && due && home < homes.length - 1 && pieces.place[rest[i - 1]!] === homes[home]) {
      home++;
      until = bound();
    }
    pieces.place[piece] = homes[home]!;
    sum += pieces.rows[piece]!;
  });
}

/** The last home has exactly `rows`; those before it share what comes earlier. */
function fillLast(seat: SlotSeat, pieces: Pieces, rest: number[], rows: number): void {
  const { homes } = seat;
  const home = homes[homes.length - 1]!;
  let left = rows;
  let at = rest.length - 1;
  while (left > 0) {
    const piece = rest[at];
    if (piece === undefined) throw new Error(`user ${seat.userId} has too few rows for a home`);
    const size = pieces.rows[piece]!;
    if (size > left) {
      const later = pieces.cut(piece, size - left);
      pieces.place[later] = home;
      seat.pieces.push(later);
      break;
    }
    pieces.place[piece] = home;
    left -= size;
    at--;
  }
  const earlier = rest.filter((piece) => pieces.place[piece] === -1);
  const others = homes.slice(0, -1);
  const missing = others.length - earlier.length;
  for (let i = 0; i < missing; i++) {
    const long = earlier.find((piece) => pieces.rows[piece]! > 1);
    if (long === undefined) throw new Error(`user ${seat.userId} has too few rows beside a home`);
    earlier.splice(earlier.indexOf(long) + 1, 0, pieces.cut(long, 1));
  }
  evenly(others, pieces, earlier);
}

function evenly(homes: number[], pieces: Pieces, rest: number[]): void {
  let total = 0;
  for (const piece of rest) total += pieces.rows[piece]!;
  let sum = 0;
  let home = 0;
  rest.forEach((piece, i) => {
    const started = i > 0 && pieces.place[rest[i - 1]!] === homes[home];
    const due = sum * homes.length >= total * (home + 1) || rest.length - i < homes.length - home;
    if (started && due && home < homes.length - 1) home++;
    pieces.place[piece] = homes[home]!;
    sum += pieces.rows[piece]!;
  });
}

/** The first homes have exact rows, the last one what is left. */
function fillFirst(seat: SlotSeat, pieces: Pieces, rest: number[]): void {
  let at = 0;
  seat.firstHomes.forEach((rows, home) => {
    let left = rows;
    while (left > 0) {
      const piece = rest[at];
      if (piece === undefined) throw new Error(`user ${seat.userId} has too few rows for homes`);
      if (pieces.rows[piece]! > left) rest.splice(at + 1, 0, pieces.cut(piece, left));
      pieces.place[piece] = seat.homes[home]!;
      left -= pieces.rows[piece]!;
      at++;
    }
  });
  if (at >= rest.length) throw new Error(`user ${seat.userId} has no rows for the last home`);
  for (; at < rest.length; at++) pieces.place[rest[at]!] = seat.homes[seat.homes.length - 1]!;
}
