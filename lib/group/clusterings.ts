import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { densityValidity } from "../stats/dbcv";
import { type DbscanOptions, dbscan, NOISE_LABEL, requireDbscanOptions } from "../stats/dbscan";
import { hdbscan } from "../stats/hdbscan";
import { kMeans } from "../stats/k-means";
import type { PointMatrix } from "../stats/points";
import { distanceTable, silhouettesFromDistances } from "../stats/silhouettes-from-distances";
import { apiPoints } from "./api-points";
import { settingsByApi } from "./settings-by-api";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface ClusteringsOptions {
  /** DBSCAN's radius, for all APIs. */
  eps?: number;
  /** DBSCAN's `minSamples`, for all APIs; HDBSCAN's too. */
  minSamples?: number;
  /** DBSCAN's settings per API instead, `type, eps, min_samples`, as `stablePlateau` gives them. */
  settings?: pl.DataFrame;
  /** HDBSCAN's smallest cluster, as a share of an API's users, but never below `minSamples`. */
  minClusterShare?: number;
  /** Distances below it count as it in HDBSCAN: users as alike as that are as one. */
  resolution?: number;
  /** Numbers of clusters to try in k-means; that of the highest silhouette is kept. */
  k?: readonly number[];
  /** Begins k-means' random numbers. */
  seed?: number;
  /** The columns that users are compared by. */
  features?: readonly string[];
}

/**
 * The users of each API grouped by three methods, side by side: groups that DBSCAN, HDBSCAN and
 * k-means all find are there in the data; those that one finds are its own.
 *
 * The methods mean different things by a group. K-means leaves nobody out, so its noise share is
 * 0 and both silhouettes are one; it divides what is one group as readily as what is two.
 * Silhouettes favor the round groups that it makes, DBCV the dense ones that the other two look
 * for: neither is a neutral judge. DBCV counts noise against a method, a silhouette without
 * noise does not.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user
 *   and API
 * @returns `type`, `method` (`DBSCAN`, `HDBSCAN`, `k-means`), `clusters`, `noise` (Int64),
 *   `noise_share`, `silhouette` (noise as a cluster), `silhouette_without_noise`, `dbcv` (Float64;
 *   null where not defined), and the adjusted Rand index with each method, noise as a
 *   group: `agreement_with_dbscan`, `agreement_with_hdbscan`, `agreement_with_k_means` (null where
 *   neither forms a cluster: there is nothing to agree on); by API and method. A method without an answer has no row: DBSCAN where `settings` has none for the API,
 *   k-means where no `k` lies from 2 to the number of different users less one.
 * @throws {RangeError} if an option is out of its method's range
 * @throws {Error} if a column is missing or of another type, or usage is as `usageFeatures` refuses it
 */
export function clusterings(
  usage: pl.DataFrame,
  {
    eps = 0.15,
    minSamples = 5,
    settings,
    minClusterShare = 0.05,
    resolution = 0.05,
    k = [2, 3, 4, 5, 6],
    seed = 1,
    features = USAGE_FEATURES,
  }: ClusteringsOptions = {},
): pl.DataFrame {
  requireDbscanOptions("clusterings", { eps, minSamples });
  if (!(minClusterShare >= 0 && minClusterShare <= 1)) {
    throw new RangeError(`clusterings needs minClusterShare from 0 to 1, got ${minClusterShare}`);
  }
  for (const count of k) {
    if (!Number.isInteger(count) || count < 2) {
      throw new RangeError(`clusterings needs k to be integers from 2, got ${count}`);
    }
  }
  if (!(resolution >= 0 && resolution < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`clusterings needs resolution to be a distance from 0, got ${resolution}`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`clusterings needs seed to be an integer, got ${seed}`);
  }
  const byApi = settings && settingsByApi("clusterings", settings);
  const rows = apiPoints("clusterings", usage, features).flatMap(({ api, points }) => {
    const distances = distanceTable(points);
    const own: DbscanOptions | undefined = byApi ? byApi.get(api) : { eps, minSamples };
    const users = rowsOf(points);
    const minClusterSize = Math.max(2, minSamples, Math.round(minClusterShare * points.count));
    const labelings = new Map<string, Int32Array | undefined>([
      ["DBSCAN", own && dbscan(users, own)],
      ["HDBSCAN", hdbscan(users, { minClusterSize, minSamples, resolution })],
      ["k-means", bestKMeans(users, distances, k, seed)],
    ]);
    return [...labelings].flatMap(([method, labels]) => {
      if (!labels) return [];
      const noise = labels.filter((label) => label === NOISE_LABEL).length;
      const { withNoise, withoutNoise } = silhouettesFromDistances(distances, labels);
      const agreement = (other: string) => {
        const others = labelings.get(other);
        const isAny = [labels, others].some((own) => own?.some((label) => label !== NOISE_LABEL));
        return others && isAny ? adjustedRandIndex(labels, others) : null;
      };
      return {
        type: api,
        method: method,
        clusters: labels.reduce((most, label) => Math.max(most, label + 1), 0),
        noise: noise,
        noise_share: noise / points.count,
        silhouette: withNoise,
        silhouette_without_noise: withoutNoise,
        dbcv: densityValidity(points, labels),
        agreement_with_dbscan: agreement("DBSCAN"),
        agreement_with_hdbscan: agreement("HDBSCAN"),
        agreement_with_k_means: agreement("k-means"),
      };
    });
  });
  return frameOf(
    rows,
    "type",
    "method",
    "clusters",
    "noise",
    "noise_share",
    "silhouette",
    "silhouette_without_noise",
    "dbcv",
    "agreement_with_dbscan",
    "agreement_with_hdbscan",
    "agreement_with_k_means",
  );
}

function rowsOf({ values, count, dimensions }: PointMatrix): Float64Array[] {
  return Array.from({ length: count }, (_, i) =>
    values.subarray(i * dimensions, (i + 1) * dimensions),
  );
}

/** K-means with the number of clusters that gives the highest silhouette, of equal ones the smallest. */
function bestKMeans(
  users: Float64Array[],
  distances: Float64Array,
  k: readonly number[],
  seed: number,
): Int32Array | undefined {
  const different = new Set(users.map((user) => user.join())).size;
  let best: { labels: Int32Array; silhouette: number } | undefined;
  for (const count of [...new Set(k)].sort((a, b) => a - b)) {
    if (count > different) continue;
    const { labels } = kMeans(users, { k: count, seed });
    const silhouette = silhouettesFromDistances(distances, labels).withNoise;
    if (silhouette !== null && (best === undefined || silhouette > best.silhouette)) {
      best = { labels, silhouette };
    }
  }
  return best?.labels;
}
