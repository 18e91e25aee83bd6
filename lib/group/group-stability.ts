import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { type DbscanOptions, labelClusters, requireDbscanOptions } from "../stats/dbscan";
import { neighborsWithin } from "../stats/neighbors-within";
import { type PointMatrix, somePoints } from "../stats/points";
import { randomNumbers } from "../stats/random-numbers";
import { apiPoints } from "./api-points";
import { settingsByApi } from "./settings-by-api";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface GroupStabilityOptions {
  /** DBSCAN's radius, for all APIs. */
  eps?: number;
  /** DBSCAN's `minSamples`, for all APIs. */
  minSamples?: number;
  /** Settings per API instead, `type, eps, min_samples`, as `stablePlateau` gives them. */
  settings?: pl.DataFrame;
  /** How many random parts of the users are grouped. */
  resamples?: number;
  /** How large a part of an API's users each is. */
  share?: number;
  /** Begins the random numbers: the same seed gives the same parts. */
  seed?: number;
  /** The columns that users are compared by. */
  features?: readonly string[];
}

/** How well groupings, and each of their groups, are found again. */
export interface GroupStability {
  groupings: pl.DataFrame;
  groups: pl.DataFrame;
}

/** From here Hennig calls a cluster recovered. */
const RECOVERED = 0.75;

/**
 * Would the same groups have been found had some users not been there? A random part of an
 * API's users is grouped by the same settings, many times over, and compared with the grouping of all.
 *
 * For the whole: the adjusted Rand index over the users of the part, noise as a group. For each
 * group: the Jaccard index (users in both by users in either) with the group of the part that
 * matches it best, over the users of the part; 0 if the part has no groups or none of the group's
 * users. Hennig reads a mean below 0.6 as doubtful, 0.6 to 0.75 as a pattern whose edges are not
 * clear, from 0.75 as stable, from 0.85 as highly stable.
 *
 * Settings stay as they are, so a part is as much thinner as it is smaller, and a group just
 * dense enough dissolves: that is meant. Features keep the scale of all users. Stable groups can
 * still be an accident of how features are made; see `groupDifferences`.
 *
 * Source: Hennig, Cluster-wise assessment of cluster stability, Computational Statistics and Data
 * Analysis 52 (2007), by subsetting.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user
 *   and API
 * @returns `groupings`: `type`, `eps`, `min_samples`, `users`, `clusters`, `resamples`,
 *   `mean_agreement` (null where all users together form no group), by API. `groups`: `type`,
 *   `cluster_label`, `users` (Int64), `mean_jaccard`, `recovered_share` (of parts with at least
 *   0.75), by API and group. APIs that `settings` has none for are left out.
 * @throws {RangeError} if `eps` is not above 0, `minSamples` or `resamples` not an integer
 *   from 1, `share` not above 0 and below 1, or `seed` not an integer
 * @throws {Error} if a column is missing or of another type, or usage is as `usageFeatures` refuses it
 */
export function groupStability(
  usage: pl.DataFrame,
  {
    eps = 0.15,
    minSamples = 5,
    settings,
    resamples = 50,
    share = 0.8,
    seed = 1,
    features = USAGE_FEATURES,
  }: GroupStabilityOptions = {},
): GroupStability {
  requireDbscanOptions("groupStability", { eps, minSamples });
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `groupStability needs resamples to be an integer from 1, got ${resamples}`,
    );
  }
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`groupStability needs share above 0 and below 1, got ${share}`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`groupStability needs seed to be an integer, got ${seed}`);
  }
  const byApi = settings && settingsByApi("groupStability", settings);
  const groupings: Record<string, unknown>[] = [];
  const groups: Record<string, unknown>[] = [];
  for (const { api, points } of apiPoints("groupStability", usage, features)) {
    const own = byApi ? byApi.get(api) : { eps, minSamples };
    if (!own) continue;
    const found = stabilityOf(points, own, { resamples, share, seed });
    groupings.push({
      type: api,
      eps: own.eps,
      min_samples: own.minSamples,
      users: points.count,
      clusters: found.groups.length,
      resamples: resamples,
      mean_agreement: found.groups.length > 0 ? found.agreement : null,
    });
    found.groups.forEach(({ users, jaccard, recovered }, label) => {
      groups.push({
        type: api,
        cluster_label: label,
        users: users,
        mean_jaccard: jaccard,
        recovered_share: recovered,
      });
    });
  }
  return {
    groupings: frameOf(
      groupings,
      "type",
      "eps",
      "min_samples",
      "users",
      "clusters",
      "resamples",
      "mean_agreement",
    ),
    groups: frameOf(groups, "type", "cluster_label", "users", "mean_jaccard", "recovered_share"),
  };
}

interface Resampling {
  resamples: number;
  share: number;
  seed: number;
}

interface Stability {
  agreement: number;
  groups: { users: number; jaccard: number; recovered: number }[];
}

function stabilityOf(
  points: PointMatrix,
  { eps, minSamples }: DbscanOptions,
  { resamples, share, seed }: Resampling,
): Stability {
  const labels = labelClusters(neighborsWithin(points, eps), minSamples);
  const sizes = sizesOf(labels);
  const draw = randomParts(points.count, Math.max(1, Math.round(share * points.count)), seed);
  let agreement = 0;
  const jaccard = sizes.map(() => 0);
  const recovered = sizes.map(() => 0);
  for (let i = 0; i < resamples; i++) {
    const rows = draw();
    const whole = Int32Array.from(rows, (row) => labels[row]!);
    const part = labelClusters(neighborsWithin(somePoints(points, rows), eps), minSamples);
    agreement += adjustedRandIndex(whole, part);
    bestMatches(whole, part, sizes.length).forEach((best, label) => {
      jaccard[label]! += best;
      if (best >= RECOVERED) recovered[label]!++;
    });
  }
  return {
    agreement: agreement / resamples,
    groups: sizes.map((users, label) => ({
      users,
      jaccard: jaccard[label]! / resamples,
      recovered: recovered[label]! / resamples,
    })),
  };
}

/** Each cluster's users, counted. */
function sizesOf(labels: Int32Array): number[] {
  const sizes: number[] = [];
  for (const label of labels) if (label >= 0) sizes[label] = (sizes[label] ?? 0) + 1;
  return Array.from(sizes, (size) => size ?? 0);
}

/** Of each of so many clusters the Jaccard index with the most like one of another grouping. */
function bestMatches(whole: Int32Array, part: Int32Array, clusters: number): number[] {
  const partSizes = sizesOf(part);
  const wholeSizes = sizesOf(whole);
  const both = new Int32Array(clusters * partSizes.length);
  whole.forEach((label, i) => {
    if (label >= 0 && part[i]! >= 0) both[label * partSizes.length + part[i]!]!++;
  });
  return Array.from({ length: clusters }, (_, label) =>
    partSizes.reduce((best, size, other) => {
      const common = both[label * partSizes.length + other]!;
      return Math.max(best, common / ((wholeSizes[label] ?? 0) + size - common));
    }, 0),
  );
}

/** Draws parts of the rows without putting back, in order of rows. */
function randomParts(count: number, size: number, seed: number): () => Int32Array {
  const random = randomNumbers(seed);
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  return () => {
    for (let i = 0; i < size; i++) {
      const other = i + Math.floor(random() * (count - i));
      [rows[i], rows[other]] = [rows[other]!, rows[i]!];
    }
    return rows.slice(0, size).sort();
  };
}
