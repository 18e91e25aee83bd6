import type { Visits } from "./address-visits";

/** Rows of one visit that come from one address: the whole visit, unless it was cut. */
export interface Pieces {
  /** How many there are; grows with every cut. */
  count: number;
  visit: Int32Array;
  /** First row of the piece, and how many. */
  from: Int32Array;
  rows: Int32Array;
  /** Place of the address in the list; -1 while there is none. */
  place: Int32Array;
  /**
   * Keeps a piece's first `rows` rows and makes a piece of the others.
   *
   * @returns the new piece, which has the same address or none
   */
  cut(piece: number, rows: number): number;
}

/** Every visit in one piece, without an address. */
export function piecesOf({ count, firstRow }: Visits): Pieces {
  let room = count + 1024;
  const column = () => new Int32Array(room);
  const pieces: Pieces = {
    count,
    visit: column(),
    from: column(),
    rows: column(),
    place: column().fill(-1),
    cut(piece, rows) {
      if (rows < 1 || rows >= pieces.rows[piece]!) {
        throw new Error(`cannot cut ${rows} rows off a piece of ${pieces.rows[piece]}`);
      }
      if (pieces.count === room) {
        room *= 2;
        for (const name of ["visit", "from", "rows", "place"] as const) {
          const larger = new Int32Array(room);
          larger.set(pieces[name]);
          pieces[name] = larger;
        }
      }
      const made = pieces.count++;
      pieces.visit[made] = pieces.visit[piece]!;
      pieces.from[made] = pieces.from[piece]! + rows;
      pieces.rows[made] = pieces.rows[piece]! - rows;
      pieces.place[made] = pieces.place[piece]!;
      pieces.rows[piece] = rows;
      return made;
    },
  };
  for (let v = 0; v < count; v++) {
    pieces.visit[v] = v;
    pieces.from[v] = firstRow[v]!;
    pieces.rows[v] = firstRow[v + 1]! - firstRow[v]!;
  }
  return pieces;
}

/**
 * Gives pieces one address, in order of their keys, until it has so many rows more; a
 * piece that has too many is cut, and goes on from elsewhere.
 *
 * @param keys a number of 0 or more, below 2^30, for each candidate; small ones come first
 * @returns how many rows were missing in the end
 */
export function fill(
  pieces: Pieces,
  place: number,
  rows: number,
  candidates: readonly number[],
  keys: ArrayLike<number>,
): number {
  let left = rows;
  for (const piece of byKey(candidates, keys)) {
    if (left === 0) break;
    if (pieces.place[piece] !== -1) continue;
    if (pieces.rows[piece]! > left) pieces.cut(piece, left);
    pieces.place[piece] = place;
    left -= pieces.rows[piece]!;
  }
  return left;
}

const SLOTS = 1 << 20;

/** Values by their keys, those of equal key in the order in which they are. */
export function byKey<T>(values: readonly T[], keys: ArrayLike<number>): T[] {
  // Key and place in one double: exact below 2^53, and sorted natively.
  const order = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) order[i] = Math.floor(keys[i]!) * SLOTS + i;
  order.sort();
  const sorted = new Array<T>(values.length);
  for (let i = 0; i < order.length; i++) sorted[i] = values[order[i]! % SLOTS]!;
  return sorted;
}
