/** Seconds of a day in two digits: tables of counts stay small. */
const DIGIT_BITS = 9;
const DIGIT = (1 << DIGIT_BITS) - 1;

/**
 * The order of rows by day and second; rows of one second stay in the order in which they are.
 * Linear in rows: counting sorts, by the last digit first.
 *
 * @param day integers from 0 on, second 0 to 86,399
 * @returns places in `day` and `second`, the first row's first
 */
export function timeOrder(day: Int32Array, second: Int32Array): Int32Array {
  const places = new Int32Array(day.length);
  for (let i = 0; i < places.length; i++) places[i] = i;
  const bySecond = sortedBy(second, DIGIT_BITS, DIGIT, sortedBy(second, 0, DIGIT, places));
  return sortedBy(day, 0, 0xffff, bySecond);
}

/** The values at `places`, one after the other. */
export function inOrder(values: Int32Array, places: Int32Array): Int32Array {
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) sorted[i] = values[places[i]!]!;
  return sorted;
}

/** Places by some bits of their key; those with the same bits in the order given. */
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
