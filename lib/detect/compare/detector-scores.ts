import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { DETECTORS, type Detector } from "./detectors";

export interface DetectorScoresOptions {
  /** Which detectors are asked; all of `DETECTORS` where not given. */
  detectors?: readonly Detector[];
}

/** What the combined ranking is called. */
export const COMBINED = "combined";

/**
 * What each detector says of each user's day, one list under the other, and last the
 * combined ranking: a day's highest score among the detectors that it listens to. So a
 * day is flagged if any of these flags it, and two detectors that see the same thing do
 * not count twice.
 *
 * @param accessLog access log, as `prepareLogs` gives it
 * @returns `detector` (String), `user_id` (Int64), `date` (Date), `score` (Float64, above
 *   1 is a flag), `finding` (String, null where there is no flag or nothing to say): by
 *   detector in the order of `detectors`, `combined` last, then by user and day. A day
 *   that a detector does not mention has no row.
 * @throws {Error} if a column is missing or of another type
 */
export function detectorScores(
  accessLog: pl.DataFrame,
  { detectors = DETECTORS }: DetectorScoresOptions = {},
): pl.DataFrame {
  const each = detectors.map(({ name, isCombined, days }) => ({
    isCombined,
    scores: days(accessLog)
      .select(
        pl.lit(name).alias("detector"),
        pl.col("user_id").cast(pl.Int64),
        pl.col("date").cast(pl.Date),
        pl.col("score").cast(pl.Float64),
        pl.col("finding").cast(pl.String),
      )
      .sort(["user_id", "date"]),
  }));
  if (each.length === 0) return frameOf([], TYPES);
  const heard = each.filter((one) => one.isCombined).map((one) => one.scores);
  const all = each.map((one) => one.scores);
  return pl.concat(heard.length > 0 ? [...all, combined(pl.concat(heard))] : all);
}

const TYPES = {
  detector: pl.String,
  user_id: pl.Int64,
  date: pl.Date,
  score: pl.Float64,
  finding: pl.String,
};

/** Each day's highest score, with what the detector that gave it has to say. */
function combined(scores: pl.DataFrame): pl.DataFrame {
  return scores
    .filter(pl.col("score").isNotNull())
    .sort({ by: "score", descending: true, maintainOrder: true })
    .unique({ subset: ["user_id", "date"], keep: "first", maintainOrder: true })
    .withColumns(pl.lit(COMBINED).alias("detector"))
    .sort(["user_id", "date"]);
}
