import { requireInteger } from "../../stats/require-option";
import { requireBands } from "./require-bands";

export interface BandOptions {
  span?: number;
  k?: number;
}

/**
 * The highest `pct_b` that a day can have under the bands of `bollingerBands` (method `"ewm"`),
 * whatever its pages ([Samuelson](https://en.wikipedia.org/wiki/Samuelson%27s_inequality)).
 * @param days length of the history, the day itself included
 * @returns null on the first day and at a span of 1, where no day has a place between bands
 * @throws {RangeError} if `days` is not an integer from 1, `span` is below 1 or `k` is not above 0
 * @example
 * bandCeiling(1182); // 1.435971: at k 2 a spike can be flagged
 * bandCeiling(1182, { k: 6 }); // 0.811990: at k 6 none can, however high
 */
export function bandCeiling(days: number, { span = 30, k = 2 }: BandOptions = {}): number | null {
  requireInteger("bandCeiling", { days });
  requireBands("bandCeiling", { span, k });
  if (days === 1 || span === 1) return null;
  // Sums of powers, written so that no digits are lost where alpha is tiny.
  const alpha = 2 / (span + 1);
  const decay = Math.log1p(-alpha);
  const weight = -Math.expm1(days * decay) / alpha;
  const squaredWeights = -Math.expm1(2 * days * decay) / (alpha * (2 - alpha));
  const reach = Math.sqrt((weight - 1) * (weight * weight - squaredWeights)) / weight;
  return 0.5 + reach / (2 * k);
}

/** Weights below this share of the last day's are lost in rounding: more days change nothing. */
const NO_WEIGHT = 1e-17;

/**
 * The fewest days of history, the day itself included, with which a day can lie above the upper
 * band of `bollingerBands` (method `"ewm"`); null where no history is long enough.
 * @throws {RangeError} if `span` is below 1 or `k` is not above 0
 * @example
 * bandMinimumHistory({ k: 3.5 }); // 33
 * bandMinimumHistory({ k: 6 }); // null: at a span of 30 nobody can be flagged
 */
export function bandMinimumHistory({ span = 30, k = 2 }: BandOptions = {}): number | null {
  requireBands("bandMinimumHistory", { span, k });
  const canBeFlagged = (days: number) => (bandCeiling(days, { span, k }) ?? 0) > 1;
  const endless = Math.ceil(Math.log(NO_WEIGHT) / Math.log1p(-2 / (span + 1)));
  let enough = Math.min(Math.max(2, endless), Number.MAX_SAFE_INTEGER);
  if (!canBeFlagged(enough)) return null;
  // The ceiling only grows with the days.
  let tooFew = 1;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (canBeFlagged(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
