import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { labelClusters, NOISE_LABEL, requireDbscanOptions } from "../stats/dbscan";
import { neighborsWithin } from "../stats/neighbors-within";
import { type Points, pointMatrix } from "../stats/points";
import { silhouetteScores } from "../stats/silhouette-score";
import { USAGE_FEATURES } from "./usage-feature-columns";
import { featureSeries, featuresByPair, type PairFeatures } from "./usage-features";

export interface GroupUsersOptions {
  /** DBSCAN's radius, in features that run from 0 to 1. */
  eps?: number;
  /** Settings of DBSCAN's `minSamples` to try, in this order. */
  minSamples?: readonly number[];
  /** Which setting's groups to keep for an API: that of the highest silhouette, or the last to form a cluster. */
  select?: "best" | "last";
}

/** Users grouped by how they use each API, and how the settings compare. */
export interface UserGroups {
  groups: pl.DataFrame;
  sweep: pl.DataFrame;
}

/**
 * Groups the users of each API by how they use it: DBSCAN on the seven features
 * of `usageFeatures`, once per setting of `minSamples`, and of these one kept.
 *
 * `"best"` keeps the setting with the highest silhouette, of equal ones the
 * first. `"last"` keeps the last that formed any cluster: the case study's own
 * loop means to keep the best but never updates the score it compares with, so
 * this gives its published groups.
 *
 * @param usage what `usageFeatures` takes
 * @returns `groups`: `user_id`, `type`, the seven features and `cluster_label`
 *   (Int64; -1 for users in no group, which is everyone where no setting formed
 *   one), by user and API. `sweep`: `type`, `min_samples`, `clusters`, `noise`
 *   (Int64), `silhouette` (noise counted as a cluster; null where there is only
 *   one label, or as many as users), by API and setting.
 *   An API with one user has no group unless a setting is 1, and no silhouette.
 * @throws {RangeError} if `eps` is not above 0, a setting not an integer from 1, or
 *   users of an API have more than 2^28 neighbors in all (some 16,000 who are all alike)
 * @throws {Error} if `minSamples` is empty, `select` unknown, or usage as
 *   `usageFeatures` refuses it
 */
export function groupUsers(
  usage: pl.DataFrame,
  { eps = 0.15, minSamples = THREE_TO_TWENTY_FOUR, select = "best" }: GroupUsersOptions = {},
): UserGroups {
  if (minSamples.length === 0)
    throw new Error("groupUsers needs a setting of minSamples; got none");
  if (select !== "best" && select !== "last") {
    throw new Error(
      `groupUsers needs select to be "best" or "last", got ${JSON.stringify(select)}`,
    );
  }
  for (const setting of minSamples)
    requireDbscanOptions("groupUsers", { eps, minSamples: setting });

  const pairs = featuresByPair(usage);
  const apis = pairs.apis.toArray() as string[];
  const points = pointsOf(pairs);
  const labels = new Int32Array(apis.length);
  const sweep: SweepRow[] = [];
  for (const api of [...new Set(apis)].sort()) {
    const users = [...apis.keys()].filter((row) => apis[row] === api);
    const settings = sweepSettings(
      users.map((row) => points[row]!),
      eps,
      minSamples,
    );
    const kept = choose(settings, select);
    users.forEach((row, place) => {
      labels[row] = kept?.labels[place] ?? NOISE_LABEL;
    });
    const inOrder = [...settings].sort((a, b) => a.minSamples - b.minSamples);
    sweep.push(...inOrder.map((setting) => ({ ...setting, api })));
  }
  return {
    groups: pl.DataFrame([
      ...featureSeries(pairs),
      pl.Series("cluster_label", labels).cast(pl.Int64),
    ]),
    sweep: frameOf(
      sweep.map((row) => ({
        type: row.api,
        min_samples: row.minSamples,
        clusters: row.clusters,
        noise: row.noise,
        silhouette: row.silhouette,
      })),
      "type",
      "min_samples",
      "clusters",
      "noise",
      "silhouette",
    ),
  };
}

const THREE_TO_TWENTY_FOUR = Array.from({ length: 22 }, (_, i) => i + 3);

/** What DBSCAN makes of points at one setting. */
export interface Setting {
  minSamples: number;
  labels: Int32Array;
  clusters: number;
  noise: number;
  silhouette: number | null;
}

type SweepRow = Setting & { api: string };

/** DBSCAN at every setting; neighbors and distances are found once for all. */
export function sweepSettings(
  points: Points,
  eps: number,
  minSamples: readonly number[],
): Setting[] {
  const matrix = pointMatrix("groupUsers", points);
  const neighbors = neighborsWithin(matrix, eps);
  const labelings = minSamples.map((setting) => labelClusters(neighbors, setting));
  const silhouettes = silhouetteScores(matrix, labelings);
  return labelings.map((labels, i) => ({
    minSamples: minSamples[i]!,
    labels,
    clusters: labels.reduce((most, label) => Math.max(most, label + 1), 0),
    noise: labels.filter((label) => label === NOISE_LABEL).length,
    silhouette: silhouettes[i] ?? null,
  }));
}

/** The setting to keep; none where no setting formed a cluster. */
function choose(settings: Setting[], select: "best" | "last"): Setting | undefined {
  const formed = settings.filter(({ clusters }) => clusters > 0);
  if (select === "last") return formed.at(-1);
  // Without a silhouette there is nothing to be best by: such a setting is kept only if all lack one.
  const score = ({ silhouette }: Setting) => silhouette ?? Number.NEGATIVE_INFINITY;
  return formed.reduce<Setting | undefined>(
    (best, setting) => (best === undefined || score(setting) > score(best) ? setting : best),
    undefined,
  );
}

function pointsOf({ features }: PairFeatures): number[][] {
  const columns = USAGE_FEATURES.map((name) => features.get(name)!);
  return Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]!));
}
