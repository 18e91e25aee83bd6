import { normalSurvival } from "./normal-survival";

export interface MidRanks {
  /** Each value's place from the smallest, from 1; equal values share their mean place. */
  ranks: Float64Array;
  /** Sum of n³ − n over every n equal values. */
  ties: number;
}

export function midRanks(values: Float64Array): MidRanks {
  const sorted = values.slice().sort();
  const rankOf = new Map<number, number>();
  let ties = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    rankOf.set(sorted[start]!, (start + 1 + end) / 2);
    ties += (end - start) ** 3 - (end - start);
  }
  return { ranks: values.map((value) => rankOf.get(value)!), ties };
}

/**
 * The Mann-Whitney U test of the values in places `from` to before `to` against all others,
 * two-sided as scipy's `mannwhitneyu(a, b, method="asymptotic")`; 1 where a group is empty or all
 * are equal.
 */
export function mannWhitneyTest({ ranks, ties }: MidRanks, from: number, to: number): number {
  const n = ranks.length;
  const first = to - from;
  const rankSum = ranks.subarray(from, to).reduce((sum, rank) => sum + rank, 0);
  const variance = ((first * (n - first)) / 12) * (n + 1 - ties / Math.max(1, n * (n - 1)));
  if (!(variance > 0)) return 1;
  const off = Math.abs(rankSum - (first * (n + 1)) / 2);
  return Math.min(1, 2 * normalSurvival((off - 0.5) / Math.sqrt(variance)));
}
