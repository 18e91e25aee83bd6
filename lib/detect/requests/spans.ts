/**
 * Where spans of rows that have the same values of all keys begin, and at the end the number of rows.
 *
 * @param order the rows in the order in which they are looked at
 */
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

/** Looks at each span: its number, its first row, and the row after its last. */
export function eachSpan(
  starts: Int32Array,
  look: (span: number, from: number, end: number) => void,
): void {
  for (let span = 0; span + 1 < starts.length; span++) look(span, starts[span]!, starts[span + 1]!);
}
