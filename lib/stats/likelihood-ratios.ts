import { numberedLabels } from "./labels";
import { midRanks } from "./rank-tests";

/**
 * By measure and user, the logarithm of how much more likely the user's value is among labelled
 * users than among others, the user left out (naive Bayes over quantile bins, Laplace's rule of
 * succession).
 *
 * @throws {Error} if a value is NaN
 */
export function likelihoodRatios(
  measures: readonly Float64Array[],
  labelled: readonly boolean[],
  bins: number,
): Float64Array[] {
  const known = labelled.filter(Boolean).length;
  return measures.map((values) => {
    const missing = values.findIndex(Number.isNaN);
    if (missing >= 0) throw new Error(`likelihoodRatios needs numbers, got NaN at ${missing}`);
    const part = quantileParts(values, bins);
    const inLabelled = new Float64Array(part.length);
    const inOthers = new Float64Array(part.length);
    part.forEach((p, i) => {
      (labelled[i] ? inLabelled : inOthers)[p]!++;
    });
    return Float64Array.from(part, (p, i) => {
      const [self, other] = labelled[i] ? [1, 0] : [0, 1];
      const among = (inLabelled[p]! - self + 1) / (known - self + bins);
      const outside = (inOthers[p]! - other + 1) / (labelled.length - known - other + bins);
      return Math.log(among / outside);
    });
  });
}

/** Each value's part of the ranks; empty parts have no number. */
export function quantileParts(values: Float64Array, bins: number): Int32Array {
  const { ranks } = midRanks(values);
  const parts = ranks.map((rank) => Math.min(bins - 1, Math.floor((bins * rank) / ranks.length)));
  return numberedLabels(parts);
}

/** Each value's place among those of its group, from 0 to 1; equal values share theirs. */
export function placesWithin(values: Float64Array, group: ArrayLike<number>): Float64Array {
  const places = new Float64Array(values.length);
  for (const one of new Set(Array.from(group))) {
    const own = [...values.keys()].filter((u) => group[u] === one);
    const { ranks } = midRanks(Float64Array.from(own, (u) => values[u]!));
    own.forEach((u, i) => {
      places[u] = (ranks[i]! - 0.5) / own.length;
    });
  }
  return places;
}
