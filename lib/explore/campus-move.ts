import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { isoDay } from "../log/iso-day";
import { largestOf, rateChanges, sumOver, weeklyCounts } from "../log/rate-changes";
import { requireColumns, requireValues } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { changePoint } from "../stats/change-point";
import { requireInteger, requireNumber } from "../stats/require-option";

export interface CampusMoveOptions {
  /** How many times one share must be the other. */
  factor?: number;
  permutations?: number;
  seed?: number;
}

/**
 * The day at which the share of requests from campus changed to at least `factor` times what it
 * was, or as small a part of it, and stayed so: of several the most likely one. Shares are those of
 * the stretches next to the change (`rateSegments` over weeks). The p-value is that of the one
 * largest change of weeks (`changePoint`); null where it cannot be computed.
 * @param daily what `campusShares` gives with `every: "day"`
 * @returns one row: `moved`, `share_before`, `share_after`, `rate_from` and `rate_until` (first and
 *   last day of both stretches), `requests_before`, `requests_after`, all null where there is no
 *   move, and `p_value`, `autocorrelation`, `dispersion`, null where the share never changes
 * @throws if an option is out of range, a column missing, of another type or null, or a day twice
 */
export function campusMove(
  daily: pl.DataFrame,
  { factor = 2, permutations = 999, seed = 1 }: CampusMoveOptions = {},
): pl.DataFrame {
  requireNumber("campusMove", { factor }, { above: 1 });
  requireInteger("campusMove", { permutations });
  requireInteger("campusMove", { seed }, {});
  requireColumns("campusMove", daily, "period", "requests", "campus_requests");
  requireValues("campusMove", daily, ["period", "requests", "campus_requests"]);
  const sorted = daily.sort("period");
  const days = int32(sorted, "period");
  const twice = days.find((day, i) => day === days[i - 1]);
  if (twice !== undefined) {
    throw new Error(`campusMove needs each day once; ${isoDay(twice)} is there twice`);
  }
  const first = days[0] ?? 0;
  const length = days.length === 0 ? 0 : days.at(-1)! - first + 1;
  const [counts, exposure] = [new Float64Array(length), new Float64Array(length)];
  const [campus, requests] = [numbers(sorted, "campus_requests"), numbers(sorted, "requests")];
  days.forEach((day, i) => {
    counts[day - first] = campus[i]!;
    exposure[day - first] = requests[i]!;
  });
  const shares = { first, counts, exposure };
  const weeks = weeklyCounts(shares);
  const test = changePoint(weeks.counts, weeks.exposure, { permutations, seed });
  const move = largestOf(rateChanges(shares, { factor }).filter(({ isLasting }) => isLasting));
  const row = {
    ...(move && {
      ...{ moved: move.after.from, share_before: move.before.rate, share_after: move.after.rate },
      ...{ rate_from: move.before.from, rate_until: move.after.until - 1 },
      requests_before: sumOver(exposure, 0, move.after.from - first),
      requests_after: sumOver(exposure, move.after.from - first, length),
    }),
    ...(test && { p_value: test.pValue, ...test }),
  };
  return frameOf([row], ...COLUMNS);
}

const COLUMNS = [
  ...(["moved", "share_before", "share_after", "rate_from", "rate_until"] as const),
  ...(["requests_before", "requests_after"] as const),
  ...(["p_value", "autocorrelation", "dispersion"] as const),
];
