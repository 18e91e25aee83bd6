/**
 * Shares `total` whole units in proportion to `weights`, by largest remainder (Hamilton's
 * method); equal remainders go to the earlier one.
 *
 * @param weights numbers of 0 or more, not all 0 unless `total` is 0
 * @param atLeast where `total` is enough for it, nobody gets less than this: the largest
 *   shares give what the smallest lack
 * @returns integers that sum to `total`
 */
export function apportion(weights: ArrayLike<number>, total: number, atLeast = 0): Int32Array {
  const shares = new Int32Array(weights.length);
  const remainders = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  let left = total;
  for (let i = 0; i < weights.length && total > 0; i++) {
    const exact = (weights[i]! * total) / sum;
    shares[i] = Math.floor(exact);
    remainders[i] = exact - shares[i]!;
    left -= shares[i]!;
  }
  const order = Array.from(remainders.keys());
  order.sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (let i = 0; i < left; i++) shares[order[i]!]!++;
  if (atLeast * shares.length <= total) raise(shares, atLeast);
  return shares;
}

function raise(shares: Int32Array, atLeast: number): void {
  for (let i = 0; i < shares.length; i++) {
    while (shares[i]! < atLeast) {
      let largest = 0;
      for (let j = 1; j < shares.length; j++) if (shares[j]! > shares[largest]!) largest = j;
      shares[largest]!--;
      shares[i]!++;
    }
  }
}

/**
 * Scales a run of counts to a new total so that every running sum is the exact one,
 * rounded up: each count is its exact share rounded up or down.
 *
 * Unlike the largest remainder, this does not favor the large counts when the total is
 * small, and two runs whose running sums never cross do not cross after scaling either.
 */
export function scaleRun(counts: ArrayLike<number>, total: number): Int32Array {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  const scaled = new Int32Array(counts.length);
  let running = 0;
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    running += counts[i]!;
    const upTo = Math.ceil((running * total) / sum);
    scaled[i] = upTo - before;
    before = upTo;
  }
  return scaled;
}
