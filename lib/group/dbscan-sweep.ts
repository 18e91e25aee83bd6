import { labelClusters, requireDbscanOptions } from "../stats/dbscan";
import { clusterCount, noiseCount } from "../stats/labels";
import { neighborSearch } from "../stats/neighbor-search";
import type { PointMatrix } from "../stats/points";
import { silhouettes } from "../stats/silhouette-score";

export const THREE_TO_TWENTY_FOUR: readonly number[] = Array.from({ length: 22 }, (_, i) => i + 3);

export interface DbscanSetting {
  eps: number;
  min_samples: number;
  labels: Int32Array;
  clusters: number;
  noise: number;
  silhouette: number | null;
  silhouette_without_noise: number | null;
}

export function requireSettings(
  caller: string,
  eps: readonly number[],
  minSamples: readonly number[],
): void {
  for (const [name, settings] of Object.entries({ eps, minSamples })) {
    if (settings.length === 0) throw new Error(`${caller} needs a setting of ${name}; got none`);
  }
  for (const radius of eps) requireDbscanOptions(caller, { eps: radius, minSamples: 1 });
  for (const count of minSamples) requireDbscanOptions(caller, { eps: 1, minSamples: count });
}

/** Settings that give the same labels share one array. */
export function dbscanSweep(
  points: PointMatrix,
  eps: readonly number[],
  minSamples: readonly number[],
): DbscanSetting[] {
  const different = new Map<string, Int32Array>();
  const settings = eps.flatMap((radius) => {
    const neighbors = allNeighbors(points, radius);
    return minSamples.map((count) => {
      const labels = labelClusters(
        points.count,
        (point) => neighbors[point]!.length >= count,
        (point) => neighbors[point]!,
      );
      const key = labels.join();
      if (!different.has(key)) different.set(key, labels);
      return { eps: radius, min_samples: count, labels: different.get(key)! };
    });
  });
  const labelings = [...different.values()];
  const scores = silhouettes(points, labelings);
  return settings.map((setting) => {
    const { withNoise, withoutNoise } = scores[labelings.indexOf(setting.labels)]!;
    return {
      ...setting,
      clusters: clusterCount(setting.labels),
      noise: noiseCount(setting.labels),
      silhouette: withNoise,
      silhouette_without_noise: withoutNoise,
    };
  });
}

/** One gigabyte of them. */
const MOST_NEIGHBORS = 2 ** 28;

function allNeighbors(points: PointMatrix, eps: number): Int32Array[] {
  const { neighborsOf } = neighborSearch(points, eps);
  let all = 0;
  return Array.from({ length: points.count }, (_, point) => {
    const own = Int32Array.from(neighborsOf(point));
    all += own.length;
    if (all <= MOST_NEIGHBORS) return own;
    throw new RangeError(
      `points have more than ${MOST_NEIGHBORS} neighbors in all, too many to keep: take a smaller eps`,
    );
  });
}
