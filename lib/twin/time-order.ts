const DIGIT_BITS = 9;
const DIGIT = (1 << DIGIT_BITS) - 1;

/** Places of rows by day and second, those of one second as they come; by counting sorts. */
export function timeOrder(day: Int32Array, second: Int32Array): Int32Array {
  const places = new Int32Array(day.length);
  for (let i = 0; i < places.length; i++) places[i] = i;
  const bySecond = sortedBy(second, DIGIT_BITS, DIGIT, sortedBy(second, 0, DIGIT, places));
  return sortedBy(day, 0, 0xffff, bySecond);
}

export function inOrder(values: Int32Array, places: Int32Array): Int32Array {
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) sorted[i] = values[places[i]!]!;
  return sorted;
}

/** Places by some bits of their key, equal ones in the order given. */
function sortedBy(key: Int32Array, shift: number, mask: number, places: Int32Array): Int32Array {
  const next = new Int32Array(mask + 2);
  for (let i = 0; i < key.length; i++) next[((key[i]! >> shift) & mask) + 1]!++;
  for (let digit = 1; digit <= mask; digit++) next[digit]! += next[digit - 1]!;
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    sorted[next[(key[place]! >> shift) & mask]!++] = place;
  }
  return sorted;
}

type ThinnedBy = Record<"day" | "second" | "cohortId", Int32Array>;

/**
 * Places of rows at equal steps through the log, ordered by cohort and day. The log's first and
 * last rows are among them; a single row is the first.
 */
export function thinned({ day, second, cohortId }: ThinnedBy, rows: number): Int32Array {
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
