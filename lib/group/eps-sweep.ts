import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { labelClusters, NOISE_LABEL, requireDbscanOptions } from "../stats/dbscan";
import { type Neighbors, neighborsWithin } from "../stats/neighbors-within";
import { type PointMatrix, squaredDistance } from "../stats/points";
import {
  distanceTable,
  type Silhouettes,
  silhouettesFromDistances,
} from "../stats/silhouettes-from-distances";
import { apiPoints } from "./api-points";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface EpsSweepOptions {
  /** Settings of DBSCAN's radius. */
  eps?: readonly number[];
  /** Settings of DBSCAN's `minSamples`. */
  minSamples?: readonly number[];
  /** The columns that users are compared by. */
  features?: readonly string[];
}

/**
 * DBSCAN on the users of each API at every combination of `eps` and `minSamples`, and how much
 * the groups depend on either: a setting whose groups change with the next one is an accident,
 * however high its silhouette.
 *
 * A setting's neighbors are those one step away in `eps` or in `minSamples`, in order of size,
 * up to four; their agreement is the mean adjusted Rand index of its labels with theirs, noise
 * counted as a group. Where nobody is in a group on either side, that agrees fully, too: look
 * at `clusters` first.
 *
 * The silhouette with noise as a cluster is what the case study scores settings by. Noise is
 * no cluster: it lies all around, and the score falls or rises for reasons that have nothing to
 * do with the groups. Without noise it is that of the grouped users alone, which in turn grows
 * with every awkward user that a setting leaves out: read it beside `noise_share`.
 *
 * Keeps the distances of all pairs of an API's users at once: 8 MB of 1,000, 130 MB of 4,000.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user
 *   and API
 * @returns `type`, `eps` (Float64), `min_samples`, `clusters`, `noise` (Int64), `noise_share`,
 *   `silhouette`, `silhouette_without_noise` (Float64; null where there is only one label, or as
 *   many as users), `neighbor_agreement` (null where the grid has one setting only): one row per
 *   API and setting, by all three
 * @throws {RangeError} if a setting of `eps` is not above 0, or one of `minSamples` not an
 *   integer from 1
 * @throws {Error} if there are no settings, or the frame is as `kDistances` refuses it
 */
export function epsSweep(
  usage: pl.DataFrame,
  {
    eps = FIVE_TO_SIXTY_HUNDREDTHS,
    minSamples = THREE_TO_TWENTY_FOUR,
    features = USAGE_FEATURES,
  }: EpsSweepOptions = {},
): pl.DataFrame {
  if (eps.length === 0) throw new Error("epsSweep needs a setting of eps; got none");
  if (minSamples.length === 0) throw new Error("epsSweep needs a setting of minSamples; got none");
  const radii = inOrder(eps);
  const counts = inOrder(minSamples);
  for (const radius of radii) requireDbscanOptions("epsSweep", { eps: radius, minSamples: 1 });
  for (const count of counts) requireDbscanOptions("epsSweep", { eps: 1, minSamples: count });

  const rows = apiPoints("epsSweep", usage, features).flatMap(({ api, points }) =>
    sweepPoints(points, radii, counts).map((setting) => ({
      type: api,
      eps: setting.eps,
      min_samples: setting.minSamples,
      clusters: setting.clusters,
      noise: setting.noise,
      noise_share: setting.noise / points.count,
      silhouette: setting.silhouettes.withNoise,
      silhouette_without_noise: setting.silhouettes.withoutNoise,
      neighbor_agreement: setting.agreement,
    })),
  );
  return frameOf(
    rows,
    "type",
    "eps",
    "min_samples",
    "clusters",
    "noise",
    "noise_share",
    "silhouette",
    "silhouette_without_noise",
    "neighbor_agreement",
  );
}

const FIVE_TO_SIXTY_HUNDREDTHS = Array.from({ length: 12 }, (_, i) => (5 * (i + 1)) / 100);
const THREE_TO_TWENTY_FOUR = Array.from({ length: 22 }, (_, i) => i + 3);

const inOrder = (settings: readonly number[]) => [...new Set(settings)].sort((a, b) => a - b);

/** Labels that one or more settings give, and what follows from them. */
interface Labeling {
  labels: Int32Array;
  clusters: number;
  noise: number;
  silhouettes: Silhouettes;
  agreements: Map<Labeling, number>;
}

interface Setting extends Labeling {
  eps: number;
  minSamples: number;
  agreement: number | null;
}

/** All settings of one API, by `eps` and `minSamples`; neighbors and distances are found once. */
function sweepPoints(
  points: PointMatrix,
  radii: readonly number[],
  counts: readonly number[],
): Setting[] {
  const all = neighborsWithin(points, radii[radii.length - 1]!);
  const squares = squaredDistances(points, all);
  const distances = distanceTable(points);
  // Many settings give the same labels: what follows from them is computed once.
  const known = new Map<string, Labeling>();
  const grid = radii.map((radius) => {
    const neighbors = closerThan(all, squares, radius);
    return counts.map((count) => {
      const labels = labelClusters(neighbors, count);
      const key = labels.join();
      const same = known.get(key) ?? labelingOf(labels, distances);
      known.set(key, same);
      return same;
    });
  });
  return grid.flatMap((row, r) =>
    row.map((labeling, c) => {
      const beside = [grid[r - 1]?.[c], grid[r + 1]?.[c], row[c - 1], row[c + 1]].filter(
        (other): other is Labeling => other !== undefined,
      );
      const sum = beside.reduce((total, other) => total + agreementOf(labeling, other), 0);
      return {
        ...labeling,
        eps: radii[r]!,
        minSamples: counts[c]!,
        agreement: beside.length > 0 ? sum / beside.length : null,
      };
    }),
  );
}

function squaredDistances(points: PointMatrix, { starts, list }: Neighbors): Float64Array {
  const squares = new Float64Array(list.length);
  for (let i = 0; i < points.count; i++) {
    for (let n = starts[i]!; n < starts[i + 1]!; n++) {
      squares[n] = squaredDistance(points, i, list[n]!);
    }
  }
  return squares;
}

/** Of neighbors at a larger distance those at a smaller one. */
function closerThan({ starts, list }: Neighbors, squares: Float64Array, eps: number): Neighbors {
  const closer = { starts: new Int32Array(starts.length), list: new Int32Array(list.length) };
  let place = 0;
  for (let i = 0; i + 1 < starts.length; i++) {
    for (let n = starts[i]!; n < starts[i + 1]!; n++) {
      if (squares[n]! <= eps * eps) closer.list[place++] = list[n]!;
    }
    closer.starts[i + 1] = place;
  }
  return { starts: closer.starts, list: closer.list.subarray(0, place) };
}

function labelingOf(labels: Int32Array, distances: Float64Array): Labeling {
  return {
    labels,
    clusters: labels.reduce((most, label) => Math.max(most, label + 1), 0),
    noise: labels.reduce((sum, label) => sum + (label === NOISE_LABEL ? 1 : 0), 0),
    silhouettes: silhouettesFromDistances(distances, labels),
    agreements: new Map(),
  };
}

function agreementOf(a: Labeling, b: Labeling): number {
  const known = a.agreements.get(b);
  if (known !== undefined) return known;
  const agreement = a === b ? 1 : adjustedRandIndex(a.labels, b.labels);
  a.agreements.set(b, agreement);
  b.agreements.set(a, agreement);
  return agreement;
}
