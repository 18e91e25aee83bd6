import pl from "nodejs-polars";
import { count } from "../../log/count";
import { requireColumns } from "../../log/require-columns";
import { above, not, where } from "../../log/where";
import { COMBINED } from "./detector-scores";

/**
 * The combined ranking of `detectorScores` as a list to work through.
 * @returns `user_id`, `date`, `score` (the highest), `detectors` (how many flag the day, bands
 *   among them), `finding`: flagged days, highest score first, then by user and day
 * @throws {Error} if a column is missing or of another type
 * @example
 * suspiciousDays(detectorScores(accessLog)).head(20);
 */
export function suspiciousDays(scores: pl.DataFrame): pl.DataFrame {
  requireColumns("suspiciousDays", scores, "detector", "user_id", "date", "score", "finding");
  const named = scores.withColumns(pl.col("detector").cast(pl.String));
  const flagged = where(named, { score: above(1) });
  const days = ["user_id", "date"];
  const agreeing = count(where(flagged, { detector: not(COMBINED) }), days);
  return where(flagged, { detector: COMBINED })
    .join(agreeing.rename({ rows: "detectors" }), { on: days, how: "left" })
    .sort(days)
    .sort({ by: "score", descending: true, maintainOrder: true })
    .select(...days, "score", "detectors", "finding");
}
