import pl from "nodejs-polars";
import { surpriseBits } from "./surprise-bits";
import { isView, surpriseViews } from "./surprise-views";

/**
 * How improbable each request is for who made it, given what their peers read: what
 * `surprisingDays` sums up.
 *
 * @param accessLog access log: `date`, `path`, `user_id`, `cohort_id`, `program_id`
 * @returns the log's rows with a path, a user and a day, in its order, plus `surprise_bits`
 *   (Float64, minus log2 of the page's probability: one bit more is half as probable) and
 *   `expected_bits` (Float64, what their own pages cost the peers on average). A page
 *   opened again on the same day has the bits of the first time.
 * @throws {Error} if a column is missing or of another type
 * @example
 * requestSurprise(accessLog).sort("surprise_bits", true).head(20);
 */
export function requestSurprise(accessLog: pl.DataFrame): pl.DataFrame {
  const coded = surpriseViews("requestSurprise", accessLog);
  const { place, surprise, expected } = surpriseBits(coded);
  const bits = (of: Float64Array) => Float64Array.from(place, (at) => of[at]!);
  return accessLog
    .filter(isView())
    .withColumns(
      pl.Series("surprise_bits", bits(surprise), pl.Float64),
      pl.Series("expected_bits", bits(expected), pl.Float64),
    );
}
