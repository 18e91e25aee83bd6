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
  /** How many random parts of the users are grouped. */
  resamples?: number;
  /** How large a part of an API's users each is. */
  share?: number;
}

export interface GroupStability {
  groupings: pl.DataFrame;
  groups: pl.DataFrame;
}

/** From here Hennig calls a cluster recovered. */
const RECOVERED = 0.75;

/**
 * Would the same groups have been found had some users not been there? Random parts of an API's users
 * are grouped by the same settings and compared with the grouping of all: for the whole by the
 * adjusted Rand index, for each group by the Jaccard index (users in both by users in either) with the
 * group of the part that matches it best. Hennig reads a mean below 0.6 as doubtful, 0.6 to 0.75 as a
 * pattern whose edges are not clear, from 0.75 as stable, from 0.85 as highly stable.
 *
 * A part is as much thinner as it is smaller, so a group just dense enough dissolves.
 *
 * Source: Hennig, Cluster-wise assessment of cluster stability, Computational Statistics and Data
 * Analysis 52 (2007), by subsetting.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user
 *   and API
 * @returns `groupings`, by API: `type`, `eps`, `min_samples`, `users`, `clusters`, `resamples`,
 *   `mean_agreement` (null where all users together form no group). `groups`, by API and group:
 *   `type`, `cluster_label`, `users`, `mean_jaccard`, `recovered_share` (of parts with at least 0.75).
 *   APIs that `settings` has none for are left out.
 * @throws {RangeError} if an option is out of its range
 * @throws {Error} if a column is missing or of another type, or usage is as `usageFeatures` refuses it
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
      type: api,
      eps: own.eps,
      min_samples: own.minSamples,
      users: points.count,
      clusters: groups.length,
      resamples,
      mean_agreement: groups.length > 0 ? agreement : null,
    };
    return { grouping, groups: groups.map((group) => ({ type: api, ...group })) };
  });
  return {
    groupings: frameOf(
      found.map(({ grouping }) => grouping),
      "type",
      "eps",
      "min_samples",
      "users",
      "clusters",
      "resamples",
      "mean_agreement",
    ),
    groups: frameOf(
      found.flatMap(({ groups }) => groups),
      "type",
      "cluster_label",
      "users",
      "mean_jaccard",
      "recovered_share",
    ),
  };
}

/** @param parts rows of the points that are grouped again */
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

/** Jaccard index of a cluster with the most like one of another grouping; 0 where there is none. */
function bestMatch(whole: Int32Array, part: Int32Array, label: number): number {
  const size = sizeOf(whole, label);
  const jaccard = Array.from({ length: clusterCount(part) }, (_, other) => {
    const both = part.filter((own, i) => own === other && whole[i] === label).length;
    return both / (size + sizeOf(part, other) - both);
  });
  return Math.max(0, ...jaccard);
}
