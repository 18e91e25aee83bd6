import { ADDRESSES_PER_USER, CAMPUS, KNOWN_HOMES, ON_CAMPUS } from "./calibration/addresses";
import { USER_COUNT } from "./calibration/users";
import { isoDay, isWeekend } from "./log-days";
import { randomStream } from "./random-stream";

export type Attendance = keyof typeof ON_CAMPUS;

export interface AddressBook {
  /** Every address; visits refer to them by index. */
  addresses: string[];
  /** Address of a visit, as an index. */
  choose(userId: number, day: number, second: number, attendance: Attendance): number;
}

/** Share of visits from another of the user's addresses than the main one. */
const AWAY = 0.3;
/** Days that a user keeps a main address, unless it is a printed one. */
const MOVES_AFTER = 210;
const NETWORK_SIZE = 131_072;

/**
 * Where visits come from: the campus in its time and hours, else one of the user's own
 * addresses, mostly the one of that season.
 *
 * Made-up addresses come from 198.18.0.0/15, the range set apart for tests (RFC 2544).
 */
export function addressBook(seed: number): AddressBook {
  const random = randomStream(seed, "addresses");
  const addresses = CAMPUS.map((period) => period.ip);
  const campus = CAMPUS.map(({ from, to }) => ({ from: isoDay(from), to: isoDay(to) }));
  // An odd step visits every address of the range before it comes back to the first.
  const step = 2 * random.below(NETWORK_SIZE / 2) + 1;
  let next = random.below(NETWORK_SIZE);
  const firstOf = new Int32Array(USER_COUNT + 2);
  for (let userId = 1; userId <= USER_COUNT; userId++) {
    firstOf[userId] = addresses.length;
    const known = KNOWN_HOMES.get(userId);
    if (known) addresses.push(known);
    for (let count = addressCount(random.next()) - (known ? 1 : 0); count > 0; count--) {
      next = (next + step) % NETWORK_SIZE;
      addresses.push(testAddress(next));
    }
  }
  firstOf[USER_COUNT + 1] = addresses.length;
  return {
    addresses,
    choose(userId, day, second, attendance) {
      const onCampus = random.next() < ON_CAMPUS[attendance];
      const classHours = second >= 8 * 3600 && second < 18 * 3600 && !isWeekend(day);
      if (onCampus && classHours) {
        const period = campus.findIndex(({ from, to }) => from <= day && day <= to);
        if (period >= 0) return period;
      }
      const first = firstOf[userId]!;
      const count = firstOf[userId + 1]! - first;
      if (random.next() < AWAY) return first + random.below(count);
      return KNOWN_HOMES.has(userId) ? first : first + (Math.floor(day / MOVES_AFTER) % count);
    },
  };
}

/** Reads the table of quantiles at `at`, from 0 to 1. */
function addressCount(at: number): number {
  const place = at * (ADDRESSES_PER_USER.length - 1);
  const below = Math.floor(place);
  const [low, high] = [ADDRESSES_PER_USER[below]!, ADDRESSES_PER_USER[below + 1]!];
  return Math.round(low + (place - below) * (high - low));
}

/** The n-th address of 198.18.0.0/15. */
function testAddress(n: number): string {
  return `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
}
