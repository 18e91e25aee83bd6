import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { knee } from "../stats/knee";
import { nearestDistances } from "../stats/nearest-distances";
import { apiPoints } from "./api-points";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface KDistancesOptions {
  /** Which neighbor: 1 is the nearest other user. */
  k?: number;
  /** The columns that users are compared by. */
  features?: readonly string[];
}

/** How far users are from their neighbors, and where that turns up. */
export interface KDistances {
  distances: pl.DataFrame;
  knees: pl.DataFrame;
}

/**
 * How far each user of an API is from the `k`-th nearest other one, from the closest to the
 * farthest: where the curve turns up, users begin to lie alone, and its height there is a usual
 * first choice for DBSCAN's `eps` (Ester et al., A Density-Based Algorithm for Discovering
 * Clusters, 1996).
 *
 * A user is not its own neighbor here, but DBSCAN's `minSamples` counts it: `k` of 4 belongs to
 * `minSamples` of 5. At an `eps` of that height just the users up to that place are cores.
 *
 * The curve often has no sharp turn, and its knee says nothing about whether there are groups:
 * see `epsSweep` and `stablePlateau` for that. The knee is Kneedle's (Satopaa et al. 2011).
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user
 *   and API
 * @returns `distances`: `type`, `place` (Int64, from 1), `distance` (Float64), by both; none for
 *   an API with `k` users or fewer. `knees`: `type`, `neighbor` (`k`), `users` (Int64), and the knee's
 *   `place` and `distance`, null where there is none; one row per API.
 * @throws {RangeError} if `k` is not an integer from 1
 * @throws {Error} if a column is missing or of another type, or usage is as `usageFeatures` refuses it
 */
export function kDistances(
  usage: pl.DataFrame,
  { k = 4, features = USAGE_FEATURES }: KDistancesOptions = {},
): KDistances {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(
      `kDistances needs k to be an integer from 1, got ${k}: it says which other user`,
    );
  }
  const distances: Record<string, unknown>[] = [];
  const knees: Record<string, unknown>[] = [];
  for (const { api, points } of apiPoints("kDistances", usage, features)) {
    const sorted = points.count > k ? nearestDistances(points, k).sort() : new Float64Array(0);
    sorted.forEach((distance, i) => {
      distances.push({ type: api, place: i + 1, distance: distance });
    });
    const at = knee(sorted);
    knees.push({
      type: api,
      neighbor: k,
      users: points.count,
      place: at === undefined ? null : at + 1,
      distance: at === undefined ? null : sorted[at],
    });
  }
  const place = { place: pl.Int64, distance: pl.Float64 };
  return {
    distances: frameOf(distances, "type", { ...place }),
    knees: frameOf(knees, "type", "neighbor", "users", { ...place }),
  };
}
