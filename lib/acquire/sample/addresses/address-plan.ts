export { plainAddresses } from "./plain-addresses";

import { ADDRESS_COUNTS, CAMPUS, KNOWN_HOMES, TOP_HOMES } from "../calibration/addresses";
import { SNAPSHOT } from "../calibration/program-years";
import { isoDay } from "../days/log-days";
import { randomStream } from "../random-stream";
import { settleDays } from "./address-repairs";
import { type AddressSeat, addressSeats } from "./address-seats";
import { layOutSlots, spreadSlots } from "./address-slots";
import type { RowAddresses, Visits } from "./address-visits";
import { assignCampus } from "./campus";
import { madeUpAddresses } from "./made-up-addresses";
import { assignOffice, assignSecondOffice } from "./offices";
import { type Pieces, piecesOf } from "./pieces";

/**
 * Where every row of the whole log comes from: the campus in its time, two offices,
 * homes, and places where someone was once. A visit comes from one address; a few change
 * it once on the way.
 *
 * Exact, whatever the seed: rows of the campus by cohort and after class, rows of the
 * offices, different addresses by role, addresses of each user (as a distribution, and
 * of those published), and rows of the most used homes. So are different addresses up to
 * 2020-11-02 and at weekends, unless hardly anyone has visits of both sorts; then they
 * are as near as can be. Rows on campus of a cohort that was not there often enough in
 * class hours, evenings and weekends together are made up by the other cohorts'.
 *
 * @param visits all visits of the whole log, 900,223 rows
 * @throws if the visits leave no way to meet a published total
 */
export function assignAddresses(visits: Visits, seed: number): RowAddresses {
  const addresses = CAMPUS.map(({ ip }) => ip);
  const known = new Set([...addresses, ...KNOWN_HOMES.values()]);
  for (const address of visits.known) if (address !== undefined) known.add(address);
  const invent = madeUpAddresses(seed, known);
  const newPlace = () => addresses.push(invent()) - 1;
  const campus = CAMPUS.map((_, c) => c);
  const [office, secondOffice] = [newPlace(), newPlace()];
  const networks = addresses.length;
  const placeOf = places(addresses);

  const pieces = piecesOf(visits);
  for (let v = 0; v < visits.count; v++) {
    const address = visits.known[v];
    if (address !== undefined) pieces.place[v] = placeOf(address);
  }
  assignCampus(visits, pieces, campus, randomStream(seed, "campus").below(1 << 30));
  assignOffice(visits, pieces, office, randomStream(seed, "office"));
  assignSecondOffice(visits, pieces, secondOffice, randomStream(seed, "second office"));

  const plan = addressSeats(visits, pieces, networks, randomStream(seed, "address seats"));
  const random = randomStream(seed, "addresses of seats");
  const seats = layOutSlots(plan, printedHomes(plan.seats, placeOf), newPlace, random);
  const rowsAt = rowsOfPlaces(pieces, addresses.length);
  for (const seat of seats) {
    const home = seat.homeRows === undefined ? undefined : seat.homes[seat.homes.length - 1];
    const givenRows = home === undefined ? 0 : (rowsAt[home] ?? 0);
    spreadSlots(seat, visits, pieces, givenRows, random);
  }
  const target = {
    lastEarlyDay: isoDay(SNAPSHOT.date),
    early: ADDRESS_COUNTS.upToSnapshot,
    weekend: ADDRESS_COUNTS.weekend,
  };
  settleDays(seats, visits, pieces, target, randomStream(seed, "address days"));
  const used = onlyUsed(addresses, pieces);
  if (used.length !== ADDRESS_COUNTS.all) throw new Error(`${used.length} different addresses`);
  return { addresses: used, address: addressesOfRows(visits, pieces) };
}

/** Place of a known address in the list, added to it if it is new. */
function places(addresses: string[]): (address: string) => number {
  const known = new Map(addresses.map((address, place) => [address, place]));
  return (address) => {
    let place = known.get(address);
    if (place === undefined) {
      place = addresses.push(address) - 1;
      known.set(address, place);
    }
    return place;
  };
}

/**
 * The home of a user where it is printed: in the seat whose rows are, or in their first
 * one with a cohort; without a cohort only of those who never have one.
 */
function printedHomes(seats: readonly AddressSeat[], placeOf: (address: string) => number) {
  const joined = new Set(seats.filter(({ role }) => role > 0).map(({ userId }) => userId));
  const exact = new Set(TOP_HOMES.map(({ userId }) => userId));
  const done = new Set<number>();
  return ({ userId, role, homeRows, given }: AddressSeat): number | undefined => {
    const address = KNOWN_HOMES.get(userId);
    if (address === undefined || done.has(userId)) return undefined;
    if (role === 0 && joined.has(userId)) return undefined;
    if (exact.has(userId) && homeRows === undefined) return undefined;
    const place = placeOf(address);
    if (given.length > 0 && !given.includes(place)) return undefined;
    done.add(userId);
    return place;
  };
}

function rowsOfPlaces(pieces: Pieces, places: number): Int32Array {
  const rows = new Int32Array(places);
  for (let p = 0; p < pieces.count; p++) {
    const place = pieces.place[p]!;
    if (place >= 0) rows[place]! += pieces.rows[p]!;
  }
  return rows;
}

/** The addresses that pieces have, which then refer to these; campus and offices come first. */
function onlyUsed(addresses: readonly string[], pieces: Pieces): string[] {
  const placeOf = new Int32Array(addresses.length).fill(-1);
  for (let p = 0; p < pieces.count; p++) placeOf[pieces.place[p]!] = 0;
  const used = addresses.filter((_, place) => placeOf[place] === 0);
  let next = 0;
  for (let place = 0; place < addresses.length; place++) {
    if (placeOf[place] === 0) placeOf[place] = next++;
  }
  for (let p = 0; p < pieces.count; p++) pieces.place[p] = placeOf[pieces.place[p]!]!;
  return used;
}

function addressesOfRows({ count, firstRow }: Visits, pieces: Pieces): Int32Array {
  const address = new Int32Array(firstRow[count]!);
  for (let p = 0; p < pieces.count; p++) {
    const from = pieces.from[p]!;
    address.fill(pieces.place[p]!, from, from + pieces.rows[p]!);
  }
  return address;
}
