import pl from "nodejs-polars";
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
  requireColumns("suspiciousDays", scores, "detector", "user_id", "date", "score", "finding");
  const flagged = scores.filter(pl.col("score").gt(pl.lit(1)));
  const isCombined = pl.col("detector").cast(pl.String).eq(pl.lit(COMBINED));
  const agreeing = flagged
    .filter(isCombined.not())
    .groupBy(["user_id", "date"])
    .agg(pl.len().cast(pl.Int64).alias("detectors"));
  return flagged
    .filter(isCombined)
    .join(agreeing, { on: ["user_id", "date"], how: "left" })
    .sort(["user_id", "date"])
    .sort({ by: "score", descending: true, maintainOrder: true })
    .select("user_id", "date", "score", "detectors", "finding");
}
