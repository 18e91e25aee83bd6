import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { knee } from "../stats/knee";
import { nearestDistances } from "../stats/reachability-tree";
import { requireInteger } from "../stats/require-option";
import { apiPoints } from "./api-points";
import { USAGE_FEATURES } from "./usage-features";

export interface KDistancesOptions {
  /** Which neighbor: 1 is the nearest other user. */
  k?: number;
  features?: readonly string[];
}

export interface KDistances {
  distances: pl.DataFrame;
  knees: pl.DataFrame;
}

/**
 * How far each user of an API is from the `k`-th nearest other one: the curve's knee is a usual
 * choice of `eps` for `minSamples` of `k` + 1 (Ester et al. 1996; Satopaa et al. 2011).
 * @param usage what `usageFeatures` takes, or `user_id`, `type` and features by user and API
 * @returns `distances`: `type`, `place`, `distance`, by both; none for an API with `k` users or
 *   fewer. `knees`, by API: `type`, `neighbor` (`k`), `users`, and the knee's `place` and
 *   `distance` or null.
 * @throws {RangeError} if `k` is not an integer from 1
 * @throws {Error} if a column is missing or of another type, or usage as `usageFeatures` refuses it
 */
export function kDistances(
  usage: pl.DataFrame,
  { k = 4, features = USAGE_FEATURES }: KDistancesOptions = {},
): KDistances {
  requireInteger("kDistances", { k });
  const apis = apiPoints("kDistances", usage, features).map(({ api, points }) => {
    const sorted = points.count > k ? nearestDistances(points, k).sort() : new Float64Array(0);
    const curve = Array.from(sorted, (distance, i) => ({ type: api, place: i + 1, distance }));
    return {
      curve,
      knee: { type: api, neighbor: k, users: points.count, ...curve[knee(sorted) ?? -1] },
    };
  });
  return {
    distances: frameOf(
      apis.flatMap(({ curve }) => curve),
      ...(["type", "place", "distance"] as const),
    ),
    knees: frameOf(
      apis.map(({ knee }) => knee),
      ...(["type", "neighbor", "users", "place", "distance"] as const),
    ),
  };
}
