import { isWeekend } from "../days/log-days";
import type { RandomStream } from "../random-stream";
import type { SlotSeat } from "./address-slots";
import type { Visits } from "./address-visits";
import { byKey, type Pieces } from "./pieces";

/** Rows of each address on two sorts of days. */
interface Uses {
  all: Int32Array;
  early: Int32Array;
  weekend: Int32Array;
}

const EARLY = 1;
const WEEKEND = 2;
const KEY = 1 << 26;

/**
 * Exchanges visits within seats, one from elsewhere for one from home, until there are so
 * many different addresses up to a day, and so many at weekends. Nothing else changes:
 * neither who uses an address, nor in which role.
 *
 * @returns how many addresses are missing in the end, or too many (below 0)
 */
export function settleDays(
  seats: readonly SlotSeat[],
  visits: Visits,
  pieces: Pieces,
  target: { lastEarlyDay: number; early: number; weekend: number },
  random: RandomStream,
): { early: number; weekend: number } {
  const kind = (piece: number) => {
    const day = visits.day[pieces.visit[piece]!]!;
    return (day <= target.lastEarlyDay ? EARLY : 0) | (isWeekend(day) ? WEEKEND : 0);
  };
  const uses = countUses(pieces, kind);
  const missing = {
    early: target.early - distinct(uses.early),
    weekend: target.weekend - distinct(uses.weekend),
  };
  const lone: { seat: SlotSeat; piece: number }[] = [];
  for (const seat of seats) {
    if (seat.homeRows !== undefined || seat.firstHomes.length > 0) continue;
    const home = new Set(seat.homes);
    for (const piece of seat.pieces) {
      const place = pieces.place[piece]!;
      if (!home.has(place) && uses.all[place] === 1 && !seat.given.includes(place)) {
        lone.push({ seat, piece });
      }
    }
  }
  for (const what of ["early", "weekend"] as const) {
    const bit = what === "early" ? EARLY : WEEKEND;
    const shuffled = byKey(
      lone,
      lone.map(() => random.next() * KEY),
    );
    for (const entry of shuffled) {
      if (missing[what] === 0) break;
      const has = (kind(entry.piece) & bit) > 0;
      // More are wanted: those that lack it get it. Too many: the other way round.
      if (has === missing[what] > 0) continue;
      const other = partner(entry, bit, pieces, kind, uses);
      if (other === undefined) continue;
      exchange(entry, other, pieces, kind, uses);
      entry.piece = other;
      missing[what] -= missing[what] > 0 ? 1 : -1;
    }
  }
  return missing;
}

function countUses(pieces: Pieces, kind: (piece: number) => number): Uses {
  let places = 0;
  for (let p = 0; p < pieces.count; p++) places = Math.max(places, pieces.place[p]! + 1);
  const uses = {
    all: new Int32Array(places),
    early: new Int32Array(places),
    weekend: new Int32Array(places),
  };
  for (let p = 0; p < pieces.count; p++) count(uses, pieces.place[p]!, kind(p), 1);
  return uses;
}

function count(uses: Uses, place: number, kind: number, by: number): void {
  uses.all[place]! += by;
  if (kind & EARLY) uses.early[place]! += by;
  if (kind & WEEKEND) uses.weekend[place]! += by;
}

function distinct(uses: Int32Array): number {
  let places = 0;
  for (let i = 0; i < uses.length; i++) if (uses[i]! > 0) places++;
  return places;
}

/** A visit from a home on a day of the other sort, that both homes can well do without. */
function partner(
  { seat, piece }: { seat: SlotSeat; piece: number },
  bit: number,
  pieces: Pieces,
  kind: (piece: number) => number,
  uses: Uses,
): number | undefined {
  const wanted = kind(piece) ^ bit;
  const home = homeNear(seat, piece, pieces);
  if (home === undefined || !covers(uses, home, kind(piece), 1)) return undefined;
  return seat.pieces.find((other) => {
    const place = pieces.place[other]!;
    return kind(other) === wanted && seat.homes.includes(place) && covers(uses, place, wanted, 2);
  });
}

/** Whether an address has at least so many visits of each sort that a day is of. */
function covers(uses: Uses, place: number, kind: number, least: number): boolean {
  return (
    uses.all[place]! >= least + 1 &&
    ((kind & EARLY) === 0 || uses.early[place]! >= least) &&
    ((kind & WEEKEND) === 0 || uses.weekend[place]! >= least)
  );
}

/** The home of the time of a visit. */
function homeNear({ pieces: list, homes }: SlotSeat, piece: number, pieces: Pieces) {
  const at = list.indexOf(piece);
  for (let step = 1; step < list.length; step++) {
    for (const i of [at - step, at + step]) {
      const place = list[i] === undefined ? -1 : pieces.place[list[i]!]!;
      if (homes.includes(place)) return place;
    }
  }
  return undefined;
}

function exchange(
  { seat, piece }: { seat: SlotSeat; piece: number },
  other: number,
  pieces: Pieces,
  kind: (piece: number) => number,
  uses: Uses,
): void {
  const home = homeNear(seat, piece, pieces)!;
  const [elsewhere, left] = [pieces.place[piece]!, pieces.place[other]!];
  count(uses, elsewhere, kind(piece), -1);
  count(uses, left, kind(other), -1);
  pieces.place[piece] = home;
  pieces.place[other] = elsewhere;
  count(uses, home, kind(piece), 1);
  count(uses, elsewhere, kind(other), 1);
}
