/**
 * [Adjusted Rand index](https://en.wikipedia.org/wiki/Rand_index#Adjusted_Rand_index): how far
 * two ways to label the same points agree about which pairs belong together, less what chance
 * alone would give. 1: the same groups, whatever their numbers; about 0: no more than chance;
 * below: less.
 *
 * Every label is a group, so noise counts as one. Two labelings that both make one group of
 * all, or a group of each point, agree fully. Equal to scikit-learn's `adjusted_rand_score`.
 *
 * Source: Hubert and Arabie, Comparing partitions, Journal of Classification 2 (1985).
 *
 * @param a one integer per point
 * @param b the same for the same points in the same order
 * @returns a number of at most 1; 1 where there are no points
 * @throws {Error} if there are not as many labels in both, or one is not an integer
 * @example
 * adjustedRandIndex([0, 0, 1, 1], [7, 7, 7, 2]); // 0
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new Error(
      `adjustedRandIndex needs two labels per point; got ${a.length} and ${b.length} labels`,
    );
  }
  const [groupsA, groupsB] = [placesOf(a), placesOf(b)];
  // Of all combinations of groups those that occur: most do not where there are many groups.
  const common = new Map<number, number>();
  const sumsA = new Float64Array(groupsA.count);
  const sumsB = new Float64Array(groupsB.count);
  for (let i = 0; i < a.length; i++) {
    const [inA, inB] = [groupsA.places[i]!, groupsB.places[i]!];
    const cell = inA * groupsB.count + inB;
    common.set(cell, (common.get(cell) ?? 0) + 1);
    sumsA[inA]!++;
    sumsB[inB]!++;
  }
  const squares = sumOfSquares(common.values());
  const [squaresA, squaresB] = [sumOfSquares(sumsA), sumOfSquares(sumsB)];
  // Ordered pairs that are together in both, in one only, and in neither.
  const both = squares - a.length;
  const onlyA = squaresA - squares;
  const onlyB = squaresB - squares;
  const neither = a.length ** 2 - both - onlyA - onlyB - a.length;
  if (onlyA === 0 && onlyB === 0) return 1;
  return (
    (2 * (both * neither - onlyA * onlyB)) /
    ((both + onlyA) * (onlyA + neither) + (both + onlyB) * (onlyB + neither))
  );
}

/** Labels as places in a list, whatever numbers they are. */
function placesOf(labels: ArrayLike<number>): { places: Int32Array; count: number } {
  const known = new Map<number, number>();
  const places = Int32Array.from(labels, (label) => {
    if (!Number.isInteger(label)) {
      throw new Error(`adjustedRandIndex needs labels to be integers; found ${label}`);
    }
    if (!known.has(label)) known.set(label, known.size);
    return known.get(label)!;
  });
  return { places, count: known.size };
}

function sumOfSquares(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count * count;
  return sum;
}
