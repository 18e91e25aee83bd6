import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { densityValidity } from "../stats/dbcv";
import { dbscan } from "../stats/dbscan";
import { hdbscan } from "../stats/hdbscan";
import { kMeans } from "../stats/k-means";
import { clusterCount, noiseCount } from "../stats/labels";
import type { PointMatrix } from "../stats/points";
import { requireInteger, requireNumber } from "../stats/require-option";
import { silhouettes } from "../stats/silhouette-score";
import { apiPoints } from "./api-points";
import { type SettingsByApi, settingsByApi } from "./settings-by-api";

export interface ClusteringsOptions extends SettingsByApi {
  /** HDBSCAN's smallest cluster, as a share of an API's users, but never below `minSamples`. */
  minClusterShare?: number;
  /** Distances below it count as it in HDBSCAN. */
  resolution?: number;
  /** Numbers of clusters to try in k-means; that of the highest silhouette is kept. */
  k?: readonly number[];
}

/**
 * The users of each API by DBSCAN, HDBSCAN and k-means: groups that all find are in the data.
 * @param usage what `usageFeatures` takes, or `user_id`, `type` and features by user and API
 * @returns by API and method (DBSCAN where `settings` has the API, k-means where a `k` will do):
 *   `type`, `method`, `clusters`, `noise`, `noise_share`, `silhouette` (noise as a cluster),
 *   `silhouette_without_noise`, `dbcv`, `agreement_with_dbscan`, `agreement_with_hdbscan`,
 *   `agreement_with_k_means` (null where neither forms a cluster)
 * @throws {RangeError} if an option is out of its method's range
 * @throws {Error} if the frame is as `kDistances` refuses it
 */
export function clusterings(
  usage: pl.DataFrame,
  {
    minClusterShare = 0.05,
    resolution = 0.05,
    k = [2, 3, 4, 5, 6],
    ...settings
  }: ClusteringsOptions = {},
): pl.DataFrame {
  const { minSamples = 5, seed = 1, features } = settings;
  const settingsOf = settingsByApi("clusterings", settings);
  requireNumber("clusterings", { minClusterShare }, { atLeast: 0, atMost: 1 });
  requireNumber("clusterings", { resolution }, { atLeast: 0 });
  for (const count of k) requireInteger("clusterings", { k: count }, { atLeast: 2 });
  requireInteger("clusterings", { seed }, {});
  const rows = apiPoints("clusterings", usage, features).flatMap(({ api, points }) => {
    const own = settingsOf(api);
    const users = rowsOf(points);
    const minClusterSize = Math.max(2, minSamples, Math.round(minClusterShare * points.count));
    const methods = {
      DBSCAN: own && dbscan(users, own),
      HDBSCAN: hdbscan(users, { minClusterSize, minSamples, resolution }),
      "k-means": bestKMeans(points, users, k, seed),
    };
    return Object.entries(methods).flatMap(([method, labels]) => {
      if (!labels) return [];
      const [score] = silhouettes(points, [labels]);
      const clusters = clusterCount(labels);
      const agreement = (other: Int32Array | undefined) =>
        other && clusters + clusterCount(other) > 0 ? adjustedRandIndex(labels, other) : null;
      return {
        type: api,
        method,
        clusters,
        noise: noiseCount(labels),
        noise_share: noiseCount(labels) / points.count,
        silhouette: score!.withNoise,
        silhouette_without_noise: score!.withoutNoise,
        dbcv: densityValidity(points, labels),
        agreement_with_dbscan: agreement(methods.DBSCAN),
        agreement_with_hdbscan: agreement(methods.HDBSCAN),
        agreement_with_k_means: agreement(methods["k-means"]),
      };
    });
  });
  return frameOf(
    rows,
    ...(["type", "method", "clusters", "noise", "noise_share", "silhouette"] as const),
    ...(["silhouette_without_noise", "dbcv", "agreement_with_dbscan"] as const),
    ...(["agreement_with_hdbscan", "agreement_with_k_means"] as const),
  );
}

const rowsOf = ({ values, count, dimensions }: PointMatrix) =>
  Array.from({ length: count }, (_, i) => values.subarray(i * dimensions, (i + 1) * dimensions));

/** K-means of the highest silhouette, of equal ones with the fewest clusters. */
function bestKMeans(
  points: PointMatrix,
  users: Float64Array[],
  k: readonly number[],
  seed: number,
): Int32Array | undefined {
  const different = new Set(users.map((user) => user.join())).size;
  const counts = [...new Set(k)].filter((count) => count <= different).sort((a, b) => a - b);
  const labelings = counts.map((count) => kMeans(users, { k: count, seed }).labels);
  const scores = silhouettes(points, labelings).map(({ withNoise }) => withNoise ?? -Infinity);
  const best = Math.max(...scores);
  return best > -Infinity ? labelings[scores.indexOf(best)] : undefined;
}
