import { OFFICE, SCRAPER_ADDRESSES, SECOND_OFFICE } from "../calibration/addresses";
import { clockSeconds, isoDay, isWeekend, weekday } from "../days/log-days";
import { GROUPS } from "../groups";
import type { RandomStream } from "../random-stream";
import type { Visits } from "./address-visits";
import { isRestless, noise } from "./campus";
import { fill, type Pieces } from "./pieces";

const KEY = 1 << 26;
const [EIGHT, SIX] = [clockSeconds("08:00:00"), clockSeconds("18:00:00")];

/** A user's visits without an address, with a cohort or without one. */
interface Guest {
  userId: number;
  pieces: number[];
}

/**
 * An office network that users of many cohorts read from, one time or another: exactly
 * the published rows, users, different cohorts and rows at weekends.
 *
 * @throws if there are too few users or visits
 */
export function assignOffice(
  visits: Visits,
  pieces: Pieces,
  place: number,
  random: RandomStream,
): void {
  const salt = random.below(1 << 30);
  const cohorts = readingCohorts(visits, pieces).slice(0, OFFICE.cohorts - 1);
  const inCohort = new Set(cohorts);
  const joined = guests(visits, pieces, (cohortId) => inCohort.has(cohortId));
  const others = guests(visits, pieces, (cohortId) => cohortId === 0);
  const both = new Set(others.map(({ userId }) => userId));
  const chosen = chooseGuests(
    joined.filter(({ userId }) => !both.has(userId) && userId !== SCRAPER_ADDRESSES.userId),
    OFFICE.users - OFFICE.usersWithoutCohort - 1,
    salt,
    { visits, cohorts },
  );
  const scraper = joined.find(({ userId }) => userId === SCRAPER_ADDRESSES.userId);
  const alone = new Set(joined.map(({ userId }) => userId));
  const chosenWithout = chooseGuests(
    others.filter(({ userId }) => !alone.has(userId)),
    OFFICE.usersWithoutCohort,
    salt,
  );
  const weekendWithout = Math.round((OFFICE.weekend * OFFICE.withoutCohort) / 9_515);
  const left = {
    joined: [OFFICE.joined - OFFICE.weekend + weekendWithout, OFFICE.weekend - weekendWithout] as [
      number,
      number,
    ],
    without: [OFFICE.withoutCohort - weekendWithout, weekendWithout] as [number, number],
  };
  if (!scraper) throw new Error("a user of the office network has no visit to it");
  const first = (guest: Guest, room: [number, number], most: number) => {
    const piece = guest.pieces.find((p) => {
      const end = isWeekend(visits.day[p]!) ? 1 : 0;
      return room[end] > 300 || (room[end] > 0 && end === 0);
    });
    if (piece === undefined) throw new Error(`user ${guest.userId} has no visit to an office`);
    if (pieces.rows[piece]! > most) pieces.cut(piece, most);
    pieces.place[piece] = place;
    room[isWeekend(visits.day[piece]!) ? 1 : 0] -= pieces.rows[piece]!;
  };
  const enough = scraper.pieces.filter((p) => pieces.rows[p]! >= SCRAPER_ADDRESSES.office);
  first({ ...scraper, pieces: enough }, left.joined, SCRAPER_ADDRESSES.office);
  // A cohort of which only one user has few visits must come first.
  for (const [guest, cohortId] of chosen.oneOfEach) {
    const own = guest.pieces.filter((p) => GROUPS[visits.group[p]!]!.cohortId === cohortId);
    first({ ...guest, pieces: own }, left.joined, 12);
  }
  for (const guest of chosen.others) first(guest, left.joined, 12);
  for (const guest of chosenWithout.others) first(guest, left.without, 6);
  const rest = (list: Guest[], room: [number, number]) => {
    for (const end of [0, 1] as const) {
      const candidates = list.flatMap((guest) =>
        guest.pieces.filter((p) => isWeekend(visits.day[p]!) === (end === 1)),
      );
      const keys = candidates.map((p) => officeKey(visits, p, salt));
      const missing = fill(pieces, place, room[end], candidates, keys);
      if (missing > 0) throw new Error(`${missing} rows of the office network have no visit`);
    }
  };
  rest([...chosen.oneOfEach.map(([guest]) => guest), ...chosen.others], left.joined);
  rest(chosenWithout.others, left.without);
}

/** Some come there often, and for days on end; most hardly ever. */
function officeKey({ userId, day }: Visits, visit: number, salt: number): number {
  const who = noise(userId[visit]!, 5, salt);
  const week = noise(userId[visit]!, 1000 + Math.floor(day[visit]! / 7), salt);
  return (0.35 * who + 0.35 * week + 0.3 * noise(visit, 7, salt)) * KEY;
}

/** Cohorts by how many of their visits have no address yet, most first. */
function readingCohorts({ count, group }: Visits, pieces: Pieces): number[] {
  const free = new Map<number, number>();
  for (let v = 0; v < count; v++) {
    if (pieces.place[v] !== -1) continue;
    const { cohortId } = GROUPS[group[v]!]!;
    if (cohortId > 0) free.set(cohortId, (free.get(cohortId) ?? 0) + 1);
  }
  return [...free].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([cohortId]) => cohortId);
}

function guests(
  { count, group, userId }: Visits,
  pieces: Pieces,
  meant: (cohortId: number) => boolean,
): Guest[] {
  const found = new Map<number, Guest>();
  for (let v = 0; v < count; v++) {
    const { cohortId } = GROUPS[group[v]!]!;
    if (pieces.place[v] !== -1 || !meant(cohortId) || isRestless(userId[v]!, cohortId)) continue;
    const guest = found.get(userId[v]!);
    if (guest) guest.pieces.push(v);
    else found.set(userId[v]!, { userId: userId[v]!, pieces: [v] });
  }
  return [...found.values()];
}

/** Users by chance, those with few visits never; one of each cohort among them, if asked for. */
function chooseGuests(
  guestList: Guest[],
  users: number,
  salt: number,
  each?: { visits: Visits; cohorts: readonly number[] },
): { oneOfEach: [Guest, number][]; others: Guest[] } {
  const key = ({ userId, pieces }: Guest) =>
    noise(userId, 5, salt) + (pieces.length < 12 ? 2 + 1 / pieces.length : 0);
  const ranked = guestList.slice().sort((a, b) => key(a) - key(b) || a.userId - b.userId);
  const taken = new Set<Guest>();
  const oneOfEach: [Guest, number][] = [];
  for (const cohortId of each?.cohorts ?? []) {
    const guest = ranked.find(
      (other) =>
        !taken.has(other) &&
        other.pieces.some((p) => GROUPS[each!.visits.group[p]!]!.cohortId === cohortId),
    );
    if (!guest) continue;
    taken.add(guest);
    oneOfEach.push([guest, cohortId]);
  }
  const others = ranked
    .filter((guest) => !taken.has(guest))
    .slice(0, Math.max(0, users - taken.size));
  if (oneOfEach.length + others.length < users || oneOfEach.length < (each?.cohorts.length ?? 0)) {
    throw new Error(`fewer than ${users} users have a visit to the office network`);
  }
  return { oneOfEach, others };
}

/**
 * The second office: Apex's class in its first three weeks there, by the published rows
 * of each, others of staff and class for what is missing.
 *
 * @throws if there are too few visits
 */
export function assignSecondOffice(
  visits: Visits,
  pieces: Pieces,
  place: number,
  random: RandomStream,
): void {
  const salt = random.below(1 << 30);
  let left: number = SECOND_OFFICE.joined;
  const all: number[] = [];
  const [restFrom, restTo] = [isoDay(SECOND_OFFICE.restFrom), isoDay(SECOND_OFFICE.restTo)];
  for (let p = 0; p < pieces.count; p++) {
    const day = visits.day[pieces.visit[p]!]!;
    if (pieces.place[p] === -1 && day >= restFrom && day <= restTo) all.push(p);
  }
  const inClass = (p: number) => {
    const v = pieces.visit[p]!;
    const second = visits.second[v]!;
    return weekday(visits.day[v]!) < 5 && second >= EIGHT && second < SIX;
  };
  const cohortOf = (p: number) => GROUPS[visits.group[pieces.visit[p]!]!]!.cohortId;
  const key = (p: number) => {
    const v = pieces.visit[p]!;
    const user = visits.userId[v]!;
    if (user === SCRAPER_ADDRESSES.userId || isRestless(user, cohortOf(p))) return 15 * KEY;
    const own = cohortOf(p) === SECOND_OFFICE.cohortId;
    const often = noise(user, 3, salt) + (own ? 0 : 2);
    return (often + (inClass(p) ? 0 : 3) + 0.3 * noise(user, visits.day[v]!, salt)) * KEY;
  };
  const take = (rows: number, meant: (p: number) => boolean) => {
    const candidates = all.filter((p) => pieces.place[p] === -1 && meant(p));
    const missing = fill(pieces, place, rows, candidates, candidates.map(key));
    left -= rows - missing;
  };
  const dayOf = (p: number) => visits.day[pieces.visit[p]!]!;
  for (const { from, rows } of SECOND_OFFICE.weeks) {
    const monday = isoDay(from);
    take(rows, (p) => cohortOf(p) > 0 && dayOf(p) >= monday && dayOf(p) < monday + 7);
  }
  const lastWeek = SECOND_OFFICE.weeks[SECOND_OFFICE.weeks.length - 1]!;
  const after = isoDay(lastWeek.from) + 7;
  const before = isoDay(SECOND_OFFICE.weeks[0]!.from);
  // The week after them was the last before classes went remote.
  take(Math.min(left, 250), (p) => cohortOf(p) > 0 && dayOf(p) >= after && dayOf(p) < after + 5);
  take(left, (p) => cohortOf(p) > 0 && (dayOf(p) < before || dayOf(p) >= after + 5));
  if (left > 0) throw new Error(`${left} rows of the second office have no visit`);
  left = SECOND_OFFICE.withoutCohort;
  take(left, (p) => cohortOf(p) === 0);
  if (left > 0) throw new Error("the second office has no visit without a cohort");
}
