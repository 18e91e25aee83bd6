import { eachSpan, spanStarts } from "./spans";

/** The rows from 0 to below a number by some keys, the first key first; equal ones stay in order. */
export function sortedBy(keys: readonly Int32Array[], rows: number): Int32Array {
  const ascending = new Int32Array(rows);
  for (let row = 0; row < rows; row++) ascending[row] = row;
  return keys.reduceRight(countingSort, ascending);
}

function countingSort(rows: Int32Array, key: Int32Array): Int32Array {
  let [least, most] = [key[0] ?? 0, key[0] ?? 0];
  for (let i = 0; i < key.length; i++) {
    if (key[i]! < least) least = key[i]!;
    if (key[i]! > most) most = key[i]!;
  }
  const starts = new Int32Array(most - least + 2);
  for (let i = 0; i < key.length; i++) starts[key[i]! - least + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[starts[key[rows[i]!]! - least]!++] = rows[i]!;
  return sorted;
}

/**
 * Numbers the different combinations of some keys, in their order.
 *
 * @returns the number of each row's combination, and the first row of each combination
 */
export function numbered(
  keys: readonly Int32Array[],
  rows: number,
): { codes: Int32Array; firsts: Int32Array } {
  const order = sortedBy(keys, rows);
  const starts = spanStarts(keys, order);
  const codes = new Int32Array(rows);
  const firsts = new Int32Array(starts.length - 1);
  eachSpan(starts, (code, from, end) => {
    firsts[code] = order[from]!;
    for (let i = from; i < end; i++) codes[order[i]!] = code;
  });
  return { codes, firsts };
}
