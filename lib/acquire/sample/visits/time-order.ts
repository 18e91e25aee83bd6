const SECONDS_PER_DAY = 86_400;

/**
 * The order of rows by day and second; rows of one second stay in the order in which they
 * are. Linear in rows: two counting sorts, by second and then by day.
 *
 * @param day whole numbers from 0 on, second 0 to 86,399
 * @returns places in `day` and `second`, that of the first row first
 */
export function timeOrder(day: Int32Array, second: Int32Array): Int32Array {
  const places = new Int32Array(day.length);
  for (let i = 0; i < places.length; i++) places[i] = i;
  let days = 0;
  for (let i = 0; i < day.length; i++) if (day[i]! >= days) days = day[i]! + 1;
  return sortedBy(day, days, sortedBy(second, SECONDS_PER_DAY, places));
}

/** `places` by their key, a whole number below `keys`; those of one key in the order given. */
function sortedBy(key: Int32Array, keys: number, places: Int32Array): Int32Array {
  const next = new Int32Array(keys + 1);
  for (let i = 0; i < key.length; i++) next[key[i]! + 1]!++;
  for (let k = 1; k <= keys; k++) next[k]! += next[k - 1]!;
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    sorted[next[key[place]!]!++] = place;
  }
  return sorted;
}
