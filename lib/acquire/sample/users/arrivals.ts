import {
  AT_LEAST_ROWS,
  COHORTLESS_ROWS,
  KNOWN_MEMBERS,
  SINGLE_ROW_USERS,
  TOP_USERS,
} from "../calibration/users";
import { DAY_ROWS } from "../days/margins";
import { rowsFrom } from "../days/parts";
import { GROUPS } from "../groups";
import { type RandomStream, randomStream } from "../random-stream";
import type { Seat } from "./seats";

/** How much of a group's rows from a day on those may have who come on it or later. */
const SHARE = 0.75;

/**
 * Lets graduates and users without a cohort who come late to the log have no more rows
 * than their group still has to read: their numbers change places within the group, so
 * that no sum and no quartile does.
 */
export function fitArrivals(seats: readonly Seat[], seed: number): Seat[] {
  const random = randomStream(seed, "arrivals");
  const fitted = seats.map((seat) => ({ ...seat }));
  GROUPS.forEach((group, g) => {
    if (group.cohortId > 0 && group.endDay > group.firstDay) return;
    const own = fitted.filter((seat) => seat.group === g);
    fitGroup(own, fitted, random);
  });
  return fitted;
}

function fitGroup(own: Seat[], all: readonly Seat[], random: RandomStream): void {
  const last = own.slice().sort((a, b) => b.firstDay - a.firstDay || b.userId - a.userId);
  const movable = last.filter((seat) => isMovable(seat, all));
  const numbers = movable.map(({ classRows, afterRows }) => ({ classRows, afterRows }));
  let taken = 0;
  for (const seat of last) {
    if (movable.includes(seat)) {
      const room = SHARE * rowsFrom(seat.group, seat.firstDay) - taken;
      const alike = numbers.filter((n) => n.classRows > 0 === seat.classRows > 0);
      const fits = alike.filter((n) => n.classRows + n.afterRows <= room);
      // Where nothing fits, the smallest.
      const chosen =
        fits.length > 0
          ? fits[random.below(fits.length)]!
          : alike.reduce((a, b) => (b.classRows + b.afterRows < a.classRows + a.afterRows ? b : a));
      numbers.splice(numbers.indexOf(chosen), 1);
      seat.classRows = chosen.classRows;
      seat.afterRows = chosen.afterRows;
    }
    taken += seat.classRows + seat.afterRows;
  }
}

function isMovable({ userId, classRows, group, firstDayRows }: Seat, all: readonly Seat[]) {
  const known = KNOWN_MEMBERS.some((member) => member.userId === userId && member.rows);
  const isOnly = all.filter((seat) => seat.userId === userId).length === 1;
  return (
    isOnly &&
    !known &&
    (classRows === 0 || GROUPS[group]!.cohortId === 0) &&
    firstDayRows === undefined &&
    !SINGLE_ROW_USERS.includes(userId) &&
    !AT_LEAST_ROWS.has(userId) &&
    !TOP_USERS.has(userId) &&
    !COHORTLESS_ROWS.has(userId)
  );
}

/**
 * Groups by days: which share of the rows of the phase belongs to those who have come by
 * then.
 */
export function arrivedShares(seats: readonly Seat[]): Float64Array {
  const days = DAY_ROWS.length;
  const shares = new Float64Array(GROUPS.length * days);
  GROUPS.forEach(({ firstDay, endDay }, g) => {
    for (const when of ["class", "after"] as const) {
      const arrived = new Float64Array(days);
      let total = 0;
      for (const seat of seats) {
        if (seat.group !== g) continue;
        const rows = when === "class" ? seat.classRows : seat.afterRows;
        arrived[seat.firstDay]! += rows;
        total += rows;
      }
      let sum = 0;
      for (let day = firstDay; day < days; day++) {
        sum += arrived[day]!;
        if (day < endDay === (when === "class") && total > 0) {
          shares[g * days + day] = sum / total;
        }
      }
    }
  });
  return shares;
}
