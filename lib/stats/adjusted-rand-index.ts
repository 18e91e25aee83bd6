import { numberedLabels } from "./labels";

/**
 * Adjusted Rand index: how far two labelings of the same points agree beyond chance, 1 for the same
 * groups, about 0 for chance. Noise is a group. Equal to scikit-learn's `adjusted_rand_score`.
 * Source: Hubert and Arabie, Journal of Classification 2 (1985).
 *
 * @throws {Error} if the labels differ in number, or one is not an integer
 * @example
 * adjustedRandIndex([0, 0, 1, 1], [7, 7, 7, 2]); // 0
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new Error(
      `adjustedRandIndex needs two labels per point; got ${a.length} and ${b.length} labels`,
    );
  }
  for (const label of [...Array.from(a), ...Array.from(b)]) {
    if (!Number.isInteger(label)) {
      throw new Error(`adjustedRandIndex needs labels to be integers; found ${label}`);
    }
  }
  const count = a.length;
  const [inA, inB] = [numberedLabels(a), numberedLabels(b)];
  const squares = sumOfSquares(Float64Array.from(inA, (group, i) => group * (count + 1) + inB[i]!));
  // Ordered pairs that are together in both, in one only, and in neither.
  const both = squares - count;
  const onlyA = sumOfSquares(inA) - squares;
  const onlyB = sumOfSquares(inB) - squares;
  const neither = count ** 2 - both - onlyA - onlyB - count;
  if (onlyA === 0 && onlyB === 0) return 1;
  return (
    (2 * (both * neither - onlyA * onlyB)) /
    ((both + onlyA) * (onlyA + neither) + (both + onlyB) * (onlyB + neither))
  );
}

function sumOfSquares(values: Float64Array | Int32Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts.values()).reduce((sum, count) => sum + count * count, 0);
}
