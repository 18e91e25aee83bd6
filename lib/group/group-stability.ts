import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { clustersOf, type DbscanOptions } from "../stats/dbscan";
import { clusterCount } from "../stats/labels";
import { type PointMatrix, somePoints } from "../stats/points";
import { drawnRows, randomNumbers } from "../stats/random";
import { requireInteger, requireNumber } from "../stats/require-option";
import { apiPoints } from "./api-points";
import { type SettingsByApi, settingsByApi } from "./settings-by-api";

export interface GroupStabilityOptions extends SettingsByApi {
  /** Random parts of the users. */
  resamples?: number;
  /** Of an API's users, in each part. */
  share?: number;
}

export interface GroupStability {
  groupings: pl.DataFrame;
  groups: pl.DataFrame;
}

/** From here Hennig calls a cluster recovered. */
const RECOVERED = 0.75;

/**
 * Whether random parts of an API's users give the same groups: the whole by the adjusted Rand
 * index, each group by the Jaccard index with its best match. Below 0.6 is doubtful, from 0.75
 * stable. Source: Hennig, Cluster-wise assessment of cluster stability, CSDA 52 (2007).
 * @param usage what `usageFeatures` takes, or `user_id`, `type` and features by user and API
 * @returns for APIs in `settings`: `groupings`, by API: `type`, `eps`, `min_samples`, `users`,
 *   `clusters`, `resamples`, `mean_agreement` (null without groups). `groups`, by API and group:
 *   `type`, `cluster_label`, `users`, `mean_jaccard`, `recovered_share`.
 * @throws {RangeError} if an option is out of its range
 * @throws {Error} if the frame is as `kDistances` refuses it
 */
export function groupStability(
  usage: pl.DataFrame,
  { resamples = 50, share = 0.8, ...settings }: GroupStabilityOptions = {},
): GroupStability {
  const { seed = 1, features } = settings;
  const settingsOf = settingsByApi("groupStability", settings);
  requireInteger("groupStability", { resamples });
  requireNumber("groupStability", { share }, { above: 0, below: 1 });
  requireInteger("groupStability", { seed }, {});
  const found = apiPoints("groupStability", usage, features).flatMap(({ api, points }) => {
    const own = settingsOf(api);
    if (!own) return [];
    const size = Math.max(1, Math.round(share * points.count));
    const draw = drawnRows(points.count, size, randomNumbers(seed));
    const { agreement, groups } = stabilityOf(points, own, Array.from({ length: resamples }, draw));
    const grouping = {
      ...{ type: api, eps: own.eps, min_samples: own.minSamples, users: points.count, resamples },
      clusters: groups.length,
      mean_agreement: groups.length > 0 ? agreement : null,
    };
    return { grouping, groups: groups.map((group) => ({ type: api, ...group })) };
  });
  return {
    groupings: frameOf(
      found.map(({ grouping }) => grouping),
      ...(["type", "eps", "min_samples", "users", "clusters"] as const),
      ...(["resamples", "mean_agreement"] as const),
    ),
    groups: frameOf(
      found.flatMap(({ groups }) => groups),
      ...(["type", "cluster_label", "users", "mean_jaccard", "recovered_share"] as const),
    ),
  };
}

function stabilityOf(points: PointMatrix, { eps, minSamples }: DbscanOptions, parts: Int32Array[]) {
  const grouped = (some: PointMatrix) => clustersOf(some, { eps, minSamples });
  const labels = grouped(points);
  const again = parts.map((rows) => ({
    whole: Int32Array.from(rows, (row) => labels[row]!),
    part: grouped(somePoints(points, rows)),
  }));
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    agreement: mean(again.map(({ whole, part }) => adjustedRandIndex(whole, part))),
    groups: Array.from({ length: clusterCount(labels) }, (_, label) => {
      const matches = again.map(({ whole, part }) => bestMatch(whole, part, label));
      return {
        cluster_label: label,
        users: sizeOf(labels, label),
        mean_jaccard: mean(matches),
        recovered_share: mean(matches.map((match) => (match >= RECOVERED ? 1 : 0))),
      };
    }),
  };
}

const sizeOf = (labels: Int32Array, label: number) => labels.filter((own) => own === label).length;

function bestMatch(whole: Int32Array, part: Int32Array, label: number): number {
  const size = sizeOf(whole, label);
  const jaccard = Array.from({ length: clusterCount(part) }, (_, other) => {
    const both = part.filter((own, i) => own === other && whole[i] === label).length;
    return both / (size + sizeOf(part, other) - both);
  });
  return Math.max(0, ...jaccard);
}
