import { logRising } from "./log-rising";
import { anscombeResidual, quasiPoisson } from "./quasi-poisson";

/** Sizes that a negative binomial may have, from counts that spread widely to steady ones. */
const SIZES = [0.25, 0.75, 2, 6] as const;

/** What is known of the success probability before the first count: Beta(0.25, 1). */
const PRIOR = { a: 0.25, b: 1 };

/** Less cannot be told from nothing: probabilities are summed from below. */
const LEAST = 1e-10;

/** A smaller probability changes no sum. */
const NOTHING = 1e-20;

/** A law with a smaller share changes nothing. */
const NEGLIGIBLE = 1e-6;

export interface NextCount {
  mean: number;
  law: CountLaw;
}

/** What a count may be; probabilities are kept as they are asked for. */
export interface CountLaw {
  laws: readonly BetaNegativeBinomial[];
  /** Probabilities of the first count that has no tail yet, by law, and of all from it on. */
  next: number[];
  above: number;
  tails: number[];
}

/**
 * What the next count may be after some earlier ones that weigh as `historyWeights` says: negative
 * binomial, of a size and a mean that are not known but learned. So after a short history a high
 * count is less strange than a fitted curve would have it.
 */
export function nextCount(counts: readonly number[]): NextCount {
  const weights = historyWeights(counts);
  let [n, sum] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    n += weights[i]!;
    sum += weights[i]! * counts[i]!;
  }
  const b = PRIOR.b + sum;
  const laws = SIZES.map((size, j) => {
    const a = PRIOR.a + size * n;
    const choices = choicesUpTo(j, Math.max(0, ...counts));
    let share = -logRising(a, b);
    for (let i = 0; i < counts.length; i++) share += weights[i]! * choices[counts[i]!]!;
    return { size, a, b, share };
  });
  const best = Math.max(...laws.map(({ share }) => share));
  for (const law of laws) law.share = Math.exp(law.share - best);
  return { mean: n > 0 ? sum / n : 0, law: mixedLaw(laws) };
}

/** From this residual on an earlier count weighs less. */
const FAR_ABOVE = 2.58;

/**
 * How much each earlier count says, together as much as there are counts: a past outbreak must not
 * hide the next (Farrington et al., Journal of the Royal Statistical Society A 159, 1996; the limit
 * of Noufaily et al., Statistics in Medicine 32, 2012). The fit and the residual are those of R's
 * `surveillance::farringtonFlexible` without trend and seasons. Other than there, each count is
 * held against the others, so that one does not hide itself, and weights fall from 1 without a
 * jump: with the jump ordinary histories look too steady, and of 1,000 ordinary days 1.4, not 1,
 * would have a p-value below 0.001.
 */
export function historyWeights(counts: readonly number[]): Float64Array {
  const n = counts.length;
  const weights = new Float64Array(n).fill(1);
  if (n < 4) return weights;
  let [sum, squares, total] = [0, 0, n];
  for (const count of counts) {
    sum += count;
    squares += count * count;
  }
  for (let i = 0; i < n; i++) {
    const count = counts[i]!;
    // Where all others are 0 the mean is not known to be.
    const others = { n: n - 1, sum: Math.max(sum - count, 0.5), squares: squares - count * count };
    const fit = quasiPoisson(others);
    // Pearson's residual is never below Anscombe's, and quick.
    if ((count - fit.mean) ** 2 <= FAR_ABOVE ** 2 * fit.mean * fit.dispersion) continue;
    const residual = anscombeResidual(count, fit) / Math.sqrt(1 + 1 / (n - 1));
    if (residual <= FAR_ABOVE) continue;
    weights[i] = (FAR_ABOVE / residual) ** 2;
    total -= 1 - weights[i]!;
  }
  return total < n ? weights.map((weight) => (weight * n) / total) : weights;
}

/** Negative binomial of a `size`, its success probability drawn from Beta(a, b). */
export interface BetaNegativeBinomial {
  size: number;
  a: number;
  b: number;
}

/** One of several laws, each as likely as its `share` of all shares. */
export function mixedLaw(laws: readonly (BetaNegativeBinomial & { share: number })[]): CountLaw {
  const all = laws.reduce((sum, { share }) => sum + share, 0);
  const likely = laws.filter(({ share }) => share > NEGLIGIBLE * all);
  const next = likely.map(({ size, a, b, share }) => {
    return (share / all) * Math.exp(logRising(a, size) - logRising(a + b, size));
  });
  return { laws: likely, next, above: 1, tails: [] };
}

/** Of a count, the probability of a higher one and half of its own (mid-p). */
export function tailOf(law: CountLaw, count: number): number {
  if (count >= law.tails.length) extend(law, count + 1);
  return law.tails[count]!;
}

/** The lowest count with a tail of at most `limit`; `most` if no count below it has one. */
export function lowestCount(law: CountLaw, limit: number, most: number): number {
  let [low, high] = [0, 16];
  while (high < most && tailOf(law, high) > limit) [low, high] = [high + 1, 2 * high];
  high = Math.min(high, most);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tailOf(law, middle) > limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function extend(law: CountLaw, length: number): void {
  const { laws, next, tails } = law;
  const known = tails.length;
  for (let k = known; k < length; k++) tails.push(0);
  for (let j = 0; j < laws.length; j++) {
    const { size, a, b } = laws[j]!;
    let here = next[j]!;
    for (let k = known; k < length && here > 0; k++) {
      tails[k]! += here;
      const ratio = ((size + k) * (b + k)) / ((k + 1) * (size + a + b + k));
      // Numbers that are nearly 0 are slow.
      here = ratio < 1 && here < NOTHING ? 0 : here * ratio;
    }
    next[j] = here;
  }
  let { above } = law;
  for (let k = known; k < length; k++) {
    const here = tails[k]!;
    above -= here;
    tails[k] = Math.max(LEAST, above + here / 2);
  }
  law.above = above;
}

const LOG_CHOICES = SIZES.map(() => [0]);

/** Logarithms of the negative binomial's coefficients of a size, by count. */
function choicesUpTo(size: number, count: number): readonly number[] {
  const known = LOG_CHOICES[size]!;
  for (let k = known.length - 1; k < count; k++) {
    known.push(known[k]! + Math.log((SIZES[size]! + k) / (k + 1)));
  }
  return known;
}
