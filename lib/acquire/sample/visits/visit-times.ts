import { HOURS, PAGE_GAPS } from "../calibration/hours";
import { randomStream } from "../random-stream";

export interface VisitTimes {
  /** Second of the day at which a visit begins, from `earliest` to `latest`. */
  begin(kind: keyof typeof HOURS, earliest: number, latest: number): number;
  /** Seconds until the next page. */
  gap(): number;
  /** Seconds until a file that the page loads: none or one. */
  assetGap(): number;
  /** Whether a visit is one of the many that come before a class day is over. */
  early(): boolean;
  /** How many of a day's rows the next visit takes. */
  length(rows: number): number;
}

const NINE = 9 * 3600;

/** When visits begin and how fast they go on. */
export function visitTimes(seed: number): VisitTimes {
  const random = randomStream(seed, "times");
  const running = {
    class: runningSums(HOURS.class),
    weekday: runningSums(HOURS.weekday),
    weekend: runningSums(HOURS.weekend),
  };
  const begin = (kind: keyof typeof HOURS) => {
    const sums = running[kind];
    const at = random.next() * sums[23]!;
    let hour = 0;
    while (sums[hour]! <= at) hour++;
    // Class begins at nine: a quarter of that hour's visits fall into its first minutes.
    const sharp = kind === "class" && hour === 9 && random.next() < 0.24;
    return sharp ? NINE + random.below(330) : hour * 3600 + random.below(3600);
  };
  return {
    begin(kind, earliest, latest) {
      for (let tries = 0; tries < 50; tries++) {
        const second = begin(kind);
        if (second >= earliest && second <= latest) return second;
      }
      return earliest + random.below(latest - earliest + 1);
    },
    gap() {
      const place = random.next() * (PAGE_GAPS.length - 1);
      const below = Math.floor(place);
      const [low, high] = [PAGE_GAPS[below]!, PAGE_GAPS[below + 1]!];
      return Math.round(low + (place - below) * (high - low));
    },
    assetGap: () => (random.next() < 0.8 ? 0 : 1),
    early: () => random.next() < 0.75,
    length: (rows) => Math.min(rows, 1 + random.below(6) + random.below(12)),
  };
}

function runningSums(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
