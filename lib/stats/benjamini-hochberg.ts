/**
 * P-values corrected for the number of tests, in the same order (Benjamini and Hochberg, Journal of
 * the Royal Statistical Society B 57, 1995).
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const count = pValues.length;
  const order = Int32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => pValues[a]! - pValues[b]!,
  );
  const corrected = new Float64Array(count);
  let least = 1;
  for (let place = count; place > 0; place--) {
    const i = order[place - 1]!;
    least = Math.min(least, (pValues[i]! * count) / place);
    corrected[i] = least;
  }
  return corrected;
}
