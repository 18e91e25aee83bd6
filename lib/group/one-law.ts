import { normalSurvival } from "../stats/tails";
import type { OwnUsage } from "./usage-days";

type Use = Pick<OwnUsage, "days" | "calls">;

/** Values of one kind, as logarithms: between users, and of one user around the own mean. */
interface Levels {
  mean: number;
  between: number;
  within: number;
}

/** One law for all users of an API: each draws days of use, calls and gaps, jointly log-normal. */
export interface UsageLaw {
  users: number;
  days: Levels;
  calls: Levels;
  /** Days from one day of use to the next. */
  gaps: Levels;
  /** Lower triangle: the correlation of the three between users is it times its transpose. */
  root: number[][];
  /** No use lasts longer. */
  longest: number;
}

/** The law that fits some users best: moments of logarithms, days of use by likelihood. */
export function fitLaw(uses: readonly Use[]): UsageLaw {
  const days = uses.map(({ days }) => days.length);
  const calls = uses.map((own) => own.calls.map((count) => Math.max(1, count)));
  const gaps = uses.map(({ days }) => days.slice(1).map((day, i) => day - days[i]!));
  const logMean = (values: readonly number[]) => mean(values.map(Math.log));
  const means = [days.map(Math.log), calls.map(logMean), gaps.map(logMean)];
  const { mean: usual, deviation } = roundedLogNormal(days.map((count) => [count]));
  return {
    users: uses.length,
    days: { mean: usual, between: deviation, within: 0 },
    calls: levelsOf(calls),
    gaps: levelsOf(gaps),
    root: choleskyRoot(means.map((a) => means.map((b) => correlation(a, b)))),
    longest: Math.max(...uses.map(({ days }) => days[days.length - 1]! - days[0]!)),
  };
}

/** As many users as the law was fitted to. */
export function drawUses(law: UsageLaw, random: () => number): Use[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: law.users }, () => {
    const free = law.root.map(normal);
    const [length, level, gap] = law.root.map((row) =>
      row.reduce((sum, weight, i) => sum + weight * free[i]!, 0),
    ) as [number, number, number];
    const draw = ({ mean, between, within }: Levels, own: number) =>
      Math.max(1, Math.round(Math.exp(mean + between * own + within * normal())));
    const days = [0];
    const wanted = Math.min(draw(law.days, length), law.longest + 1);
    while (days.length < wanted) {
      const next = days[days.length - 1]! + draw(law.gaps, gap);
      if (next > law.longest) break;
      days.push(next);
    }
    return { days, calls: days.map(() => draw(law.calls, level)) };
  });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The variance of all values, shared out between users and within them as their logarithms are. */
function levelsOf(counts: readonly (readonly number[])[]): Levels {
  const known = counts.filter((own) => own.length > 0).map((own) => own.map(Math.log));
  if (known.length === 0) return { mean: 0, between: 0, within: 0 };
  const means = known.map(mean);
  const squares = known.map((own, u) => own.reduce((sum, x) => sum + (x - means[u]!) ** 2, 0));
  const free = known.reduce((sum, own) => sum + own.length - 1, 0);
  const within = free > 0 ? squares.reduce((a, b) => a + b) / free : 0;
  const center = mean(means);
  // Of means, less what users' few values add to it.
  const spread = mean(means.map((x) => (x - center) ** 2));
  const between = Math.max(0, spread - within * mean(known.map((own) => 1 / own.length)));
  const share = between / (between + within || 1);
  const all = roundedLogNormal(counts.filter((own) => own.length > 0));
  return {
    mean: all.mean,
    between: all.deviation * Math.sqrt(share),
    within: all.deviation * Math.sqrt(1 - share),
  };
}

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Mean and deviation of the normal whose exponential was rounded to these counts, 1 for all below
 * 1.5, each user with the same weight: the EM algorithm for values known to an interval (Dempster,
 * Laird and Rubin 1977).
 */
function roundedLogNormal(users: readonly (readonly number[])[]) {
  const weights = new Map<number, number>();
  for (const own of users) {
    const weight = 1 / own.length / users.length;
    for (const count of own) weights.set(count, (weights.get(count) ?? 0) + weight);
  }
  let [center, deviation] = [0, 1];
  for (let step = 0; step < 200; step++) {
    let [first, second] = [0, 0];
    for (const [count, weight] of weights) {
      const low = count === 1 ? -Infinity : (Math.log(count - 0.5) - center) / deviation;
      const high = (Math.log(count + 0.5) - center) / deviation;
      const mass = normalSurvival(low) - normalSurvival(high);
      const lowTerm = count === 1 ? 0 : low * density(low);
      const value = (Math.log(count) - center) / deviation;
      // Of an interval too narrow to tell, or too far out, the value itself.
      const [mean, square] =
        mass > 1e-9
          ? [(density(low) - density(high)) / mass, 1 + (lowTerm - high * density(high)) / mass]
          : [value, value * value];
      first += weight * mean;
      second += weight * square;
    }
    center += deviation * first;
    deviation *= Math.sqrt(Math.max(1e-6, second - first * first));
  }
  return { mean: center, deviation };
}

/** Of pairs that are both known. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const both = a.flatMap((x, i) => (Number.isFinite(x) && Number.isFinite(b[i]!) ? [i] : []));
  const [meanA, meanB] = [a, b].map((values) => mean(both.map((i) => values[i]!))) as number[];
  const sum = (of: (i: number) => number) => both.reduce((total, i) => total + of(i), 0);
  const [offA, offB] = [(i: number) => a[i]! - meanA!, (i: number) => b[i]! - meanB!];
  const spread = Math.sqrt(sum((i) => offA(i) ** 2) * sum((i) => offB(i) ** 2));
  if (a === b) return 1;
  return spread > 0 ? sum((i) => offA(i) * offB(i)) / spread : 0;
}

/** Cholesky's; where pairs of correlations contradict each other, the nearest that exists. */
function choleskyRoot(matrix: readonly (readonly number[])[]): number[][] {
  const root = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      const before = root[i]!.slice(0, j).reduce((sum, x, k) => sum + x * root[j]![k]!, 0);
      const left = matrix[i]![j]! - before;
      if (i === j) root[i]![j] = Math.sqrt(Math.max(0, left));
      else root[i]![j] = root[j]![j]! > 1e-9 ? left / root[j]![j]! : 0;
    }
  }
  return root;
}
