import { quantile } from "./quantile";
import { randomNumbers } from "./random";
import { midRanks } from "./rank-tests";

export interface RankingQualityOptions {
  /** Bootstrap samples that the intervals come from. */
  samples?: number;
  seed?: number;
}

/** A value with its 95 % interval. */
export type Interval = readonly [value: number, low: number, high: number];

/**
 * How well scores put the labelled first: the area under the ROC curve (how often a labelled one
 * has the higher score of two) and the average precision, as scikit-learn's. Intervals are of the
 * bootstrap: labelled and others are drawn anew, each among themselves (Efron 1979). What learning
 * the scores adds to the uncertainty is not in them. NaN where nobody or everybody is labelled.
 */
export function rankingQuality(
  scores: ArrayLike<number>,
  labelled: readonly boolean[],
  { samples = 1000, seed = 1 }: RankingQualityOptions = {},
): { area: Interval; averagePrecision: Interval } {
  const parts = [true, false].map((own) => {
    return Array.from(scores).filter((_, i) => labelled[i] === own);
  }) as [number[], number[]];
  const random = randomNumbers(seed);
  const drawn = (from: number[]) => from.map(() => from[Math.floor(random() * from.length)]!);
  const again = Array.from({ length: samples }, () => [drawn(parts[0]), drawn(parts[1])] as const);
  const intervalOf = (measure: (some: number[], others: number[]) => number): Interval => {
    const values = Float64Array.from(again, ([some, others]) => measure(some, others)).sort();
    return [measure(...parts), quantile(values, 0.025), quantile(values, 0.975)];
  };
  return { area: intervalOf(areaUnderCurve), averagePrecision: intervalOf(averagePrecision) };
}

function areaUnderCurve(some: number[], others: number[]): number {
  const { ranks } = midRanks(Float64Array.from([...some, ...others]));
  const sum = ranks.subarray(0, some.length).reduce((total, rank) => total + rank, 0);
  return (sum - (some.length * (some.length + 1)) / 2) / (some.length * others.length);
}

/** Of equal scores all are taken or none. */
function averagePrecision(some: number[], others: number[]): number {
  if (some.length === 0 || others.length === 0) return Number.NaN;
  const [right, wrong] = [some, others].map((own) => Float64Array.from(own).sort().reverse());
  let [sum, wrongTaken] = [0, 0];
  for (let at = 0, end = 0; at < right!.length; at = end) {
    while (end < right!.length && right![end] === right![at]) end++;
    while (wrongTaken < wrong!.length && wrong![wrongTaken]! >= right![at]!) wrongTaken++;
    sum += ((end - at) * end) / (end + wrongTaken);
  }
  return sum / right!.length;
}
