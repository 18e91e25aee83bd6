import pl from "nodejs-polars";
import { not, where } from "../../log/where";
import { surpriseBits } from "./surprise-bits";
import { surpriseViews } from "./surprise-views";

/**
 * How improbable each request is for who made it: what `surprisingDays` sums up.
 * @returns the log's rows with a path, a user and a day, in its order, plus `surprise_bits` and
 *   `expected_bits`. A page opened again on the same day has the bits of the first time.
 * @throws {Error} if a column is missing or of another type
 * @example
 * requestSurprise(accessLog).sort("surprise_bits", true).head(20);
 */
export function requestSurprise(accessLog: pl.DataFrame): pl.DataFrame {
  const { place, surprise, expected } = surpriseBits(surpriseViews("requestSurprise", accessLog));
  const ofRows = (bits: Float64Array) => Float64Array.from(place, (at) => bits[at]!);
  return where(accessLog, { path: not(null), user_id: not(null), date: not(null) }).withColumns(
    pl.Series("surprise_bits", ofRows(surprise), pl.Float64),
    pl.Series("expected_bits", ofRows(expected), pl.Float64),
  );
}
