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
