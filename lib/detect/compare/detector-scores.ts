import pl from "nodejs-polars";
import { count } from "../../log/count";
import { frameOf } from "../../log/frame-of";
import { inTypes, typedColumns } from "../../log/typed-columns";
import { above, not, where } from "../../log/where";
import { requireOneOf } from "../../stats/require-option";
import { DETECTORS, type Detector } from "./detectors";

export interface DetectorScoresOptions {
  detectors?: readonly Detector[];
  /** What detectors gave already, by their names: they are not asked again. */
  days?: Readonly<Record<string, pl.DataFrame>>;
}

export const COMBINED = "combined";
const COLUMNS = ["detector", "user_id", "date", "score", "finding"] as const;

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
  const none = frameOf([], ...COLUMNS);
  const each = detectors.map((detector) => {
    const found = days[detector.name] ?? detector.days(accessLog);
    const named = found.withColumns(pl.lit(detector.name).alias("detector"));
    return inTypes(named, ...COLUMNS).sort(["user_id", "date"]);
  });
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

/**
 * The combined ranking of `detectorScores` as a list to work through.
 * @returns `user_id`, `date`, `score` (the highest), `detectors` (how many flag the day, bands
 *   among them), `finding`: flagged days, highest score first, then by user and day
 * @throws {Error} if a column is missing or of another type
 * @example
 * suspiciousDays(detectorScores(accessLog)).head(20);
 */
export function suspiciousDays(scores: pl.DataFrame): pl.DataFrame {
  const flagged = where(typedColumns("suspiciousDays", scores, ...COLUMNS), { score: above(1) });
  const days = ["user_id", "date"];
  const agreeing = count(where(flagged, { detector: not(COMBINED) }), days);
  return where(flagged, { detector: COMBINED })
    .join(agreeing.rename({ rows: "detectors" }), { on: days, how: "left" })
    .sort(days)
    .sort({ by: "score", descending: true, maintainOrder: true })
    .select(...days, "score", "detectors", "finding");
}
