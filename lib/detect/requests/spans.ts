/** Rows 0 to below `rows` by keys, the first key first; equal ones stay in order. */
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

/** Where spans of rows with the same keys begin, and at the end the number of rows. */
export function spanStarts(keys: readonly Int32Array[], order: Int32Array): Int32Array {
  const begins = new Uint8Array(order.length).fill(1, 0, 1);
  for (const key of keys) {
    for (let i = 1; i < order.length; i++) {
      if (key[order[i]!] !== key[order[i - 1]!]) begins[i] = 1;
    }
  }
  const starts = new Int32Array(order.length + 1);
  let count = 0;
  for (let i = 0; i < order.length; i++) if (begins[i] === 1) starts[count++] = i;
  starts[count++] = order.length;
  return starts.slice(0, count);
}

export function eachSpan(
  starts: Int32Array,
  look: (span: number, from: number, end: number) => void,
): void {
  for (let span = 0; span + 1 < starts.length; span++) look(span, starts[span]!, starts[span + 1]!);
}

/** Numbers the combinations of some keys, in their order: each row's, and the first row of each. */
export function numbered(keys: readonly Int32Array[], rows: number) {
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
