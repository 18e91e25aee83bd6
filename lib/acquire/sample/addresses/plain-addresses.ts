import { ADDRESSES_PER_USER, CAMPUS, KNOWN_HOMES, ON_CAMPUS } from "../calibration/addresses";
import { phaseOf } from "../days/stretches";
import { GROUPS, STAFF } from "../groups";
import { randomStream } from "../random-stream";
import type { RowAddresses, Visits } from "./address-visits";
import { awayFromCampus, campusAt, noise } from "./campus";
import { madeUpAddresses } from "./made-up-addresses";

/** Share of visits from elsewhere than home. */
const ELSEWHERE = 0.2;
/** Days that a user keeps a home, unless it is a printed one: at the least, and more. */
const [STAYS, STAYS_ON] = [160, 360];

/**
 * Where every row of a sample comes from that is smaller than the whole log: the same
 * habits as there, and no totals to be met.
 *
 * @param visits any number of them
 */
export function plainAddresses(visits: Visits, seed: number): RowAddresses {
  const { count, userId, day, second, lastSecond, firstRow } = visits;
  const random = randomStream(seed, "plain addresses");
  const salt = random.below(1 << 30);
  const addresses: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (address: string) => {
    let place = places.get(address);
    if (place === undefined) {
      place = addresses.push(address) - 1;
      places.set(address, place);
    }
    return place;
  };
  const printed = new Set([...CAMPUS.map(({ ip }) => ip), ...KNOWN_HOMES.values()]);
  for (const address of visits.known) if (address !== undefined) printed.add(address);
  const invent = madeUpAddresses(seed, printed);
  const own = new Map<number, string[]>();
  const ownOf = (user: number) => {
    let list = own.get(user);
    if (!list) {
      const home = KNOWN_HOMES.get(user);
      list = home === undefined ? [] : [home];
      const size = addressCount(noise(user, 11, salt));
      while (list.length < size) list.push(invent());
      own.set(user, list);
    }
    return list;
  };

  const address = new Int32Array(firstRow[count]!);
  for (let v = 0; v < count; v++) {
    const [user, on] = [userId[v]!, day[v]!];
    const list = ownOf(user);
    const away = awayFromCampus(visits, v, salt);
    const campus = campusAt(on, second[v]!, lastSecond?.[v]);
    // One number is drawn for each visit, wherever it comes from.
    const chance = random.next();
    let from = visits.known[v];
    if (from === undefined && campus >= 0 && away !== undefined && away < limit(visits, v)) {
      from = CAMPUS[campus]!.ip;
    }
    if (from === undefined && chance < ELSEWHERE) {
      from = list[Math.floor((chance / ELSEWHERE) * list.length)];
    }
    const stays = STAYS + Math.floor(noise(user, 13, salt) * STAYS_ON);
    from ??= KNOWN_HOMES.get(user) ?? list[Math.floor(on / stays) % list.length]!;
    address.fill(placeOf(from), firstRow[v]!, firstRow[v + 1]!);
  }
  return { addresses, address };
}

/** Up to where on the scale of `awayFromCampus` a visit still comes from there. */
function limit({ group, day }: Visits, visit: number): number {
  const of = GROUPS[group[visit]!]!;
  if (of.cohortId === STAFF) return ON_CAMPUS.staff;
  return phaseOf(of, day[visit]!) === "class" ? ON_CAMPUS.class : 2.5 * ON_CAMPUS.graduate;
}

/** Reads the table of quantiles at `at`, from 0 to 1. */
function addressCount(at: number): number {
  const place = at * (ADDRESSES_PER_USER.length - 1);
  const below = Math.floor(place);
  const [low, high] = [ADDRESSES_PER_USER[below]!, ADDRESSES_PER_USER[below + 1]!];
  return Math.round(low + (place - below) * (high - low));
}
