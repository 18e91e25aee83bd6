import { NOISE_LABEL } from "./dbscan";
import { type PointMatrix, squaredDistance } from "./points";

/** Silhouettes of one clustering; null where they are not defined. */
export interface Silhouettes {
  /** Noise counted as a cluster, as `silhouetteScore` of all points. */
  withNoise: number | null;
  /** That of the points in clusters, as if there were no others. */
  withoutNoise: number | null;
}

/** Distances between all points, row after row: 8 bytes a pair, 130 MB of 4,000 points. */
export function distanceTable(points: PointMatrix): Float64Array {
  const { count } = points;
  const table = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.sqrt(squaredDistance(points, i, j));
      table[i * count + j] = distance;
      table[j * count + i] = distance;
    }
  }
  return table;
}

/**
 * The silhouette with noise as a cluster and without noise, from distances that are known.
 *
 * @param distances what `distanceTable` gives
 * @param labels from 0 without gaps; noise is -1
 */
export function silhouettesFromDistances(
  distances: Float64Array,
  labels: ArrayLike<number>,
): Silhouettes {
  const count = labels.length;
  let clusters = 0;
  for (let i = 0; i < count; i++) clusters = Math.max(clusters, labels[i]! + 1);
  // Noise comes last, so that leaving it out is leaving off the end.
  const places = Int32Array.from(labels, (label) => (label === NOISE_LABEL ? clusters : label));
  const sizes = new Int32Array(clusters + 1);
  for (const place of places) sizes[place]!++;
  const noise = sizes[clusters]!;

  let [withNoise, withoutNoise] = [0, 0];
  const sums = new Float64Array(clusters + 1);
  for (let i = 0; i < count; i++) {
    const own = places[i]!;
    if (sizes[own] === 1) continue; // a point alone scores 0
    sums.fill(0);
    const row = i * count;
    for (let j = 0; j < count; j++) sums[places[j]!]! += distances[row + j]!;
    const within = sums[own]! / (sizes[own]! - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < clusters; other++) {
      if (other !== own) nearest = Math.min(nearest, sums[other]! / sizes[other]!);
    }
    if (own < clusters) withoutNoise += silhouette(within, nearest);
    const orNoise = own < clusters && noise > 0 ? sums[clusters]! / noise : nearest;
    withNoise += silhouette(within, Math.min(nearest, orNoise));
  }
  const labelCount = clusters + (noise > 0 ? 1 : 0);
  const clustered = count - noise;
  return {
    withNoise: labelCount >= 2 && labelCount < count ? withNoise / count : null,
    withoutNoise: clusters >= 2 && clusters < clustered ? withoutNoise / clustered : null,
  };
}

function silhouette(within: number, nearest: number): number {
  const larger = Math.max(within, nearest);
  return larger > 0 && larger < Number.POSITIVE_INFINITY ? (nearest - within) / larger : 0;
}
