/**
 * How Numenta's anomaly benchmark scores a detector, written anew from its paper (Lavin and Ahmad,
 * "Evaluating Real-time Anomaly Detection Algorithms", 2015) and its published files.
 */

export interface NabSeries {
  /** A detector's score of each row. */
  scores: ArrayLike<number>;
  /** First and last row of each window of an anomaly. */
  windows: readonly (readonly [number, number])[];
}

export interface NabProfile {
  /** What a window that is found, one that is not, and a false alarm count. */
  found: number;
  missed: number;
  falseAlarm: number;
}

export const NAB_PROFILES: Readonly<Record<string, NabProfile>> = {
  standard: { found: 1, missed: 1, falseAlarm: 0.11 },
  "low false alarms": { found: 1, missed: 1, falseAlarm: 0.22 },
  "low misses": { found: 1, missed: 2, falseAlarm: 0.11 },
};

/** Rows at a series' beginning from which a detector learns: a share, of at most so many rows. */
const [PROBATION, MOST_ROWS] = [0.15, 5_000];

/** Worth of a flag at a place: -1 at a window's beginning, 0 at its end, above 0 after it. */
const worth = (place: number): number => (place > 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1);
const MOST_WORTH = worth(-1);

interface Flag {
  score: number;
  /** Number of the window; -1 for a false alarm. */
  window: number;
  worth: number;
}

/**
 * 100 for a detector that finds each window at its beginning and nothing else, 0 for one that never
 * flags. All series have the threshold that is best for all, chosen with the answer known.
 */
export function nabScore(
  all: readonly NabSeries[],
  { found, missed, falseAlarm }: NabProfile,
): { score: number; threshold: number } {
  let windows = 0;
  const flags = all.flatMap((series) => {
    const own = flagsOf(series, windows);
    windows += series.windows.length;
    return own;
  });
  flags.sort((a, b) => b.score - a.score);
  const best = new Float64Array(windows).fill(-missed);
  let sum = -missed * windows;
  const never = sum;
  let top = { sum, threshold: Number.POSITIVE_INFINITY };
  for (let i = 0; i < flags.length; ) {
    const { score } = flags[i]!;
    for (; i < flags.length && flags[i]!.score === score; i++) {
      const { window, worth } = flags[i]!;
      if (window < 0) sum += falseAlarm * worth;
      else {
        const value = Math.max(best[window]!, (found * worth) / MOST_WORTH);
        sum += value - best[window]!;
        best[window] = value;
      }
    }
    if (sum > top.sum) top = { sum, threshold: score };
  }
  return { score: (100 * (top.sum - never)) / (found * windows - never), threshold: top.threshold };
}

/** A series' rows after probation, each as if it were flagged. */
function flagsOf({ scores, windows }: NabSeries, before: number): Flag[] {
  const first = Math.floor(PROBATION * Math.min(scores.length, MOST_ROWS));
  const flags: Flag[] = [];
  let next = 0;
  for (let row = 0; row < scores.length; row++) {
    while (next < windows.length && windows[next]![1] < row) next++;
    if (row < first) continue;
    const score = scores[row]!;
    const own = windows[next];
    const last = windows[next - 1];
    if (own && own[0] <= row) {
      const place = -(own[1] - row + 1) / (own[1] - own[0] + 1);
      flags.push({ score, window: before + next, worth: worth(place) });
    } else if (last) {
      const place = (row - last[1]) / (last[1] - last[0]);
      flags.push({ score, window: -1, worth: worth(place) });
    } else flags.push({ score, window: -1, worth: -1 });
  }
  return flags;
}
