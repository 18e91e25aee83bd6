import pl from "nodejs-polars";
import { DATE, DETECTOR, DETECTORS, FINDING, SCORE, USER_ID } from "../../log/columns";
import { requireColumns } from "../../log/require-columns";
import { COMBINED } from "./detector-scores";

/**
 * The combined ranking as a list to work through: each user's day that is flagged, the
 * strangest first, with what was found and how many detectors agree.
 *
 * @param scores what `detectorScores` gives
 * @returns `user_id` (Int64), `date` (Date), `score` (Float64, the highest), `detectors`
 *   (Int64: how many flag the day, both kinds of bands among them), `finding` (String):
 *   flagged days, highest score first, then by user and day
 * @throws {Error} if a column is missing or of another type
 */
export function suspiciousDays(scores: pl.DataFrame): pl.DataFrame {
  requireColumns("suspiciousDays", scores, {
    [DETECTOR]: "String",
    [USER_ID]: "integer",
    [DATE]: "Date",
    [SCORE]: "number",
    [FINDING]: "String",
  });
  const flagged = scores.filter(pl.col(SCORE).gt(pl.lit(1)));
  const isCombined = pl.col(DETECTOR).cast(pl.String).eq(pl.lit(COMBINED));
  const agreeing = flagged
    .filter(isCombined.not())
    .groupBy([USER_ID, DATE])
    .agg(pl.len().cast(pl.Int64).alias(DETECTORS));
  return flagged
    .filter(isCombined)
    .join(agreeing, { on: [USER_ID, DATE], how: "left" })
    .sort([USER_ID, DATE])
    .sort({ by: SCORE, descending: true, maintainOrder: true })
    .select(USER_ID, DATE, SCORE, DETECTORS, FINDING);
}
