import { GROUPS } from "../groups";
import type { Seat } from "../users/seats";
import { DAY_ROWS } from "./margins";
import type { Piece } from "./parts";

const DAYS = DAY_ROWS.length;

/**
 * Moves rows of groups to later days where a group would have read more by a day than
 * those of it who had come by then read in all, and rows of other groups to the earlier
 * days instead: sums of days and of pieces stay, and so do the days with rows. Changes the
 * table.
 *
 * @param table groups by days
 * @param needed rows that must stay where they are
 * @throws {Error} if no other group has rows to exchange
 */
export function meetArrivals(
  table: Int32Array,
  needed: Int32Array,
  pieces: readonly Piece[],
  seats: readonly Seat[],
): void {
  const spare = spareRows(table, seats);
  const pieceOf = new Int32Array(table.length).fill(-1);
  pieces.forEach(({ group, days }, p) => {
    for (const day of days) pieceOf[group * DAYS + day] = p;
  });
  const free = (g: number, day: number) =>
    table[g * DAYS + day]! - Math.max(1, needed[g * DAYS + day]!);
  const samePiece = (g: number, a: number, b: number) =>
    pieceOf[g * DAYS + a] === pieceOf[g * DAYS + b];

  /** Most rows that can change from day s to day t, for rows of another group that go back. */
  const exchange = (g: number, s: number, t: number, most: number): number => {
    for (let b = 0; b < GROUPS.length; b++) {
      if (b === g || table[b * DAYS + s] === 0 || !samePiece(b, s, t)) continue;
      let rows = Math.min(most, free(g, s), free(b, t));
      for (let day = s; day < t && rows > 0; day++) {
        rows = Math.min(rows, spare[b * DAYS + day]!);
      }
      if (rows <= 0) continue;
      table[g * DAYS + s]! -= rows;
      table[g * DAYS + t]! += rows;
      table[b * DAYS + s]! += rows;
      table[b * DAYS + t]! -= rows;
      for (let day = s; day < t; day++) {
        spare[g * DAYS + day]! += rows;
        spare[b * DAYS + day]! -= rows;
      }
      return rows;
    }
    return 0;
  };

  for (let g = 0; g < GROUPS.length; g++) {
    for (let day = 0; day < DAYS; day++) {
      let over = -spare[g * DAYS + day]!;
      for (let s = day; s >= 0 && over > 0; s--) {
        if (free(g, s) <= 0) continue;
        for (let t = day + 1; t < DAYS && over > 0 && free(g, s) > 0; t++) {
          if (table[g * DAYS + t] === 0 || !samePiece(g, s, t)) continue;
          over -= exchange(g, s, t, over);
        }
      }
      if (over > 0) {
        throw new Error(`${GROUPS[g]!.name} reads ${over} rows more by day ${day} than can be`);
      }
    }
  }
}

/**
 * Groups by days: rows of those who have come, less the rows read, by the end of the day;
 * less than 0 where that cannot be. Rows of seats in the phase to come do not count yet.
 */
function spareRows(table: Int32Array, seats: readonly Seat[]): Int32Array {
  const spare = new Int32Array(table.length);
  GROUPS.forEach(({ endDay }, g) => {
    const come = new Int32Array(DAYS);
    for (const seat of seats) {
      if (seat.group !== g) continue;
      come[seat.firstDay]! += seat.classRows;
      const afterFrom = Math.max(seat.firstDay, endDay, 0);
      if (afterFrom < DAYS) come[afterFrom]! += seat.afterRows;
    }
    let sum = 0;
    for (let day = 0; day < DAYS; day++) {
      sum += come[day]! - table[g * DAYS + day]!;
      spare[g * DAYS + day] = sum;
    }
  });
  return spare;
}
