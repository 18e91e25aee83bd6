/** Seconds of a day in two digits: small tables, and places near each other in memory. */
const DIGIT = 512;
const DIGIT_BITS = 9;

/**
 * The order of rows by day and second; rows of one second stay in the order in which they
 * are. Linear in rows: counting sorts, by day and then within each day by second.
 *
 * @param day integers from 0 on, second 0 to 86,399
 * @returns places in `day` and `second`, that of the first row first
 */
export function timeOrder(day: Int32Array, second: Int32Array): Int32Array {
  let days = 0;
  for (let i = 0; i < day.length; i++) if (day[i]! >= days) days = day[i]! + 1;
  const next = new Int32Array(days + 1);
  for (let i = 0; i < day.length; i++) next[day[i]! + 1]!++;
  let longest = 0;
  for (let d = 1; d <= days; d++) {
    if (next[d]! > longest) longest = next[d]!;
    next[d]! += next[d - 1]!;
  }
  const places = new Int32Array(day.length);
  for (let i = 0; i < day.length; i++) places[next[day[i]!]!++] = i;
  const ofOneDay = new Int32Array(longest);
  let from = 0;
  // Each day now ends where the next one begins.
  for (let d = 0; d < days; d++) {
    const rows = next[d]! - from;
    if (rows > 1) {
      sortByDigit(second, 0, places, from, rows, ofOneDay, 0);
      sortByDigit(second, DIGIT_BITS, ofOneDay, 0, rows, places, from);
    }
    from = next[d]!;
  }
  return places;
}

/** The values at `places`, one after the other. */
export function inOrder(values: Int32Array, places: Int32Array): Int32Array {
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) sorted[i] = values[places[i]!]!;
  return sorted;
}

const counts = new Int32Array(DIGIT + 1);

/** Copies `count` places by a digit of their key; those of one digit in the order given. */
function sortByDigit(
  key: Int32Array,
  shift: number,
  places: Int32Array,
  from: number,
  count: number,
  target: Int32Array,
  to: number,
): void {
  const end = from + count;
  counts.fill(0);
  for (let i = from; i < end; i++) counts[((key[places[i]!]! >> shift) & (DIGIT - 1)) + 1]!++;
  counts[0] = to;
  for (let digit = 1; digit < DIGIT; digit++) counts[digit]! += counts[digit - 1]!;
  for (let i = from; i < end; i++) {
    const place = places[i]!;
    target[counts[(key[place]! >> shift) & (DIGIT - 1)]!++] = place;
  }
}
