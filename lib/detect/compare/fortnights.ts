import { FORTNIGHT } from "./told-stories";
import { LEFT_OUT, type UserDays } from "./user-days";

/** In no fortnight. */
const NOWHERE = -1;

/**
 * Cuts each user's days into fortnights, which is what a ranking ranks. A story has one, which
 * begins with its first day: its later days are in none. Between stories a fortnight begins with
 * the first day after the one before.
 * @param labels each day's story, as `labelled` gives them
 * @returns for each day its fortnight: those of stories have the stories' numbers
 */
export function fortnightsOf({ user, day }: UserDays, labels: Int32Array, stories: number) {
  const fortnight = new Int32Array(day.length).fill(NOWHERE);
  let count = stories;
  let [open, end] = [NOWHERE, Number.NEGATIVE_INFINITY];
  let begun = new Set<number>();
  for (let i = 0; i < day.length; i++) {
    const label = labels[i]!;
    if (user[i] !== user[i - 1]) {
      end = Number.NEGATIVE_INFINITY;
      begun = new Set();
    }
    if (label === LEFT_OUT) continue;
    if (label >= 0 && !begun.has(label)) {
      begun.add(label);
      [open, end] = [label, day[i]! + FORTNIGHT];
    } else if (day[i]! >= end) {
      if (label >= 0) continue;
      [open, end] = [count++, day[i]! + FORTNIGHT];
    }
    fortnight[i] = open;
  }
  return { fortnight, count };
}

export type Fortnights = ReturnType<typeof fortnightsOf>;

/**
 * How well fortnights are ranked by their highest scores: scikit-learn's
 * `average_precision_score`, those with a story being the positive ones. Scores at random give
 * `by_chance` on average, which is the prevalence (their share of all) where there are many (Bestgen,
 * "Exact expected average precision of the random baseline for system evaluation", 2015).
 */
export function rankedFortnights(
  { fortnight, count }: Fortnights,
  stories: number,
  scores: Float64Array,
) {
  const highest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const isThere = new Uint8Array(count);
  fortnight.forEach((place, i) => {
    if (place === NOWHERE) return;
    isThere[place] = 1;
    if (scores[i]! > highest[place]!) highest[place] = scores[i]!;
  });
  const all = highest.filter((_, place) => isThere[place] === 1);
  const positive = highest
    .filter((_, place) => place < stories && isThere[place] === 1)
    .sort()
    .reverse();
  let sum = 0;
  for (let right = 0; right < positive.length; ) {
    const limit = positive[right]!;
    const before = right;
    while (positive[right] === limit) right++;
    let ranked = 0;
    for (const score of all) if (score >= limit) ranked++;
    sum += ((right - before) * right) / ranked;
  }
  const isKnown = positive.length > 0;
  const [n, r] = [all.length, positive.length];
  let harmonic = 0;
  for (let rank = 1; rank <= n; rank++) harmonic += 1 / rank;
  const chance = n > 1 ? (harmonic + ((n - harmonic) * (r - 1)) / (n - 1)) / n : 1;
  return {
    average_precision: isKnown ? sum / r : null,
    prevalence: isKnown ? r / n : null,
    by_chance: isKnown ? chance : null,
  };
}
