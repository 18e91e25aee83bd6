import type { LogRows } from "./log-rows";
import { timeOrder } from "./time-order";

/**
 * Places of rows at equal steps through the log, ordered by cohort and day. The log's first and
 * last rows are among them; a single row is the first.
 */
export function thinned({ day, second, cohortId }: LogRows, rows: number): Int32Array {
  const all = day.length;
  const order = timeOrder(cohortId, day);
  const isTaken = new Uint8Array(all);
  for (let k = 0; k < all; k++) {
    if (Math.floor(((k + 1) * rows) / all) > Math.floor((k * rows) / all)) isTaken[k] = 1;
  }
  const inTime = timeOrder(day, second);
  const ends = rows === 1 ? [inTime[0]!] : [inTime[0]!, inTime[all - 1]!];
  const places = ends.map((end) => order.indexOf(end));
  for (const place of places) {
    if (isTaken[place] === 1) continue;
    // It replaces the nearest row that is neither of the two.
    let away = 1;
    const isNear = (at: number) => isTaken[at] === 1 && !places.includes(at);
    while (!isNear(place - away) && !isNear(place + away)) away++;
    isTaken[isNear(place - away) ? place - away : place + away] = 0;
    isTaken[place] = 1;
  }
  return order.filter((_, k) => isTaken[k] === 1).sort();
}
