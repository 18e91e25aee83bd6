import { type BandOptions, bandCeiling } from "./band-ceiling";
import { requireBands } from "./require-bands";

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
