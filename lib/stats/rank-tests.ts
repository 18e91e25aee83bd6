import { chiSquareSurvival, normalSurvival } from "./tails";

/**
 * Each value's place from the smallest, from 1; equal values share their mean place. `ties` is the
 * sum of n³ − n over every n equal values.
 */
export function midRanks(values: Float64Array) {
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

/** In a smaller group the normal approximation is a poor one. */
const EXACT = 8;

/**
 * The Mann-Whitney U test of the values in places `from` to before `to` against all others,
 * two-sided as scipy's `mannwhitneyu(a, b)`: exact without ties where a group has 8 values or
 * fewer, else by the normal approximation; 1 where a group is empty or all are equal.
 */
export function mannWhitneyTest(
  { ranks, ties }: ReturnType<typeof midRanks>,
  from: number,
  to: number,
): number {
  const n = ranks.length;
  const first = to - from;
  const rankSum = ranks.subarray(from, to).reduce((sum, rank) => sum + rank, 0);
  const variance = ((first * (n - first)) / 12) * (n + 1 - ties / Math.max(1, n * (n - 1)));
  if (!(variance > 0)) return 1;
  const off = Math.abs(rankSum - (first * (n + 1)) / 2);
  const smaller = Math.min(first, n - first);
  if (ties === 0 && smaller <= EXACT) return exactTest(off, smaller, n - smaller);
  return Math.min(1, 2 * normalSurvival((off - 0.5) / Math.sqrt(variance)));
}

/**
 * Two-sided, for a U that lies `off` its mean. The ways to have each U are the coefficients of
 * Gauss' binomial, the product of (1 - q^(n + i)) / (1 - q^i) for i from 1 to m.
 */
function exactTest(off: number, m: number, n: number): number {
  const ways = new Float64Array((m * n) / 2 - off + 1);
  ways[0] = 1;
  let all = 1;
  for (let i = 1; i <= m; i++) {
    for (let u = ways.length - 1; u >= n + i; u--) ways[u]! -= ways[u - n - i]!;
    for (let u = i; u < ways.length; u++) ways[u]! += ways[u - i]!;
    all *= (n + i) / i;
  }
  return Math.min(1, (2 * ways.reduce((sum, own) => sum + own, 0)) / all);
}

export interface KruskalWallis {
  statistic: number;
  pValue: number;
  /** H by the number of values less one: 0, no difference, to 1. */
  epsilonSquared: number;
}

/**
 * The Kruskal-Wallis test: do values of some groups tend to be larger? Corrected for ties, as
 * scipy's `kruskal`. Epsilon squared: Tomczak and Tomczak, Trends in Sport Sciences 21 (2014).
 *
 * @param labels each value's group, any integer
 * @returns undefined where there are fewer than two groups, or all values are equal
 * @example
 * kruskalWallis(Float64Array.of(1, 2, 3, 4), [0, 0, 1, 1]); // statistic 2.4, pValue 0.1213
 */
export function kruskalWallis(
  values: Float64Array,
  labels: ArrayLike<number>,
): KruskalWallis | undefined {
  const { ranks, ties } = midRanks(values);
  const count = values.length;
  const groups = new Map<number, { size: number; ranks: number }>();
  ranks.forEach((rank, i) => {
    const group = groups.get(labels[i]!) ?? { size: 0, ranks: 0 };
    groups.set(labels[i]!, { size: group.size + 1, ranks: group.ranks + rank });
  });
  const untied = 1 - ties / (count ** 3 - count);
  if (groups.size < 2 || !(untied > 0)) return undefined;
  // Halves are exact, and squares are added by size: the order of values changes no digit.
  const squares = Array.from(groups.values(), (group) => group.ranks ** 2 / group.size)
    .sort((a, b) => a - b)
    .reduce((sum, square) => sum + square, 0);
  const raw = (12 / (count * (count + 1))) * squares - 3 * (count + 1);
  const statistic = Math.max(0, raw / untied);
  return {
    statistic,
    pValue: chiSquareSurvival(statistic, groups.size - 1),
    epsilonSquared: Math.min(1, statistic / (count - 1)),
  };
}
