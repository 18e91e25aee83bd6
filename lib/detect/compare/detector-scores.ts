import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { not, where } from "../../log/where";
import { requireOneOf } from "../../stats/require-option";
import { DETECTORS, type Detector } from "./detectors";

export interface DetectorScoresOptions {
  detectors?: readonly Detector[];
  /** What detectors gave already, by their names: they are not asked again. */
  days?: Readonly<Record<string, pl.DataFrame>>;
}

export const COMBINED = "combined";

/**
 * What each detector says of each user's day, and last the combined ranking: a day's highest score
 * among the detectors that it listens to.
 * @returns `detector`, `user_id`, `date`, `score` (above 1 is a flag), `finding` (null without
 *   one): by detector, `combined` last, then by user and day.
 * @throws {RangeError} if `days` names no detector
 * @throws {Error} if a column is missing or of another type
 * @example
 * detectorScores(accessLog, { detectors: DETECTORS.slice(0, 2) });
 * detectorScores(accessLog, { days: { scraping: scrapingDays(accessLog) } });
 */
export function detectorScores(
  accessLog: pl.DataFrame,
  { detectors = DETECTORS, days = {} }: DetectorScoresOptions = {},
): pl.DataFrame {
  const names = detectors.map(({ name }) => name);
  for (const name of Object.keys(days)) requireOneOf("detectorScores", { days: name }, names);
  const none = frameOf([], "detector", "user_id", "date", "score", "finding");
  const each = detectors.map((detector) =>
    (days[detector.name] ?? detector.days(accessLog))
      .select(
        pl.lit(detector.name).alias("detector"),
        pl.col("user_id").cast(pl.Int64),
        pl.col("date").cast(pl.Date),
        pl.col("score").cast(pl.Float64),
        pl.col("finding").cast(pl.String),
      )
      .sort(["user_id", "date"]),
  );
  const heard = each.filter((_, place) => detectors[place]!.isCombined);
  return pl.concat([none, ...each, combined(pl.concat([none, ...heard]))]);
}

function combined(scores: pl.DataFrame): pl.DataFrame {
  return where(scores, { score: not(null) })
    .sort({ by: "score", descending: true, maintainOrder: true })
    .unique({ subset: ["user_id", "date"], keep: "first", maintainOrder: true })
    .withColumns(pl.lit(COMBINED).alias("detector"))
    .sort(["user_id", "date"]);
}
