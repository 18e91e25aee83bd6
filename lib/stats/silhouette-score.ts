import { type PointMatrix, type Points, pointMatrix, somePoints, squaredDistance } from "./points";
import { checkSeed, randomStream } from "./random";

export interface SilhouetteOptions {
  /** Points to compute it from, drawn at random; all where not given, or no more than these. */
  sampleSize?: number;
  /** Seed of the sample: the same one draws the same rows. */
  seed?: number;
}

/**
 * [Silhouette](https://en.wikipedia.org/wiki/Silhouette_(clustering)): how much closer points are to
 * their own cluster than to the nearest other, as a mean over all points. 1: far apart; 0:
 * overlapping; below: in the wrong one.
 *
 * As scikit-learn's `silhouette_score`: every label is a cluster, DBSCAN's noise too, and a point
 * alone in its cluster scores 0. The time grows with the square of the points, a minute or two at
 * 100,000; `sampleSize` scores some as if there were no others. Which rows are drawn depends on the
 * seed and on how many there are.
 *
 * Source: Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20 (1987).
 *
 * @param points rows of numbers, as many in each
 * @param labels one integer per point
 * @returns a number from -1 to 1
 * @throws {RangeError} if the labels (of the sample) are all one or all different, `sampleSize` is
 *   not an integer from 2, or `seed` not an integer
 * @throws {Error} if there are not as many labels as points, rows differ in length or hold
 *   anything but finite numbers
 * @example
 * silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1]); // 0.899749...
 */
export function silhouetteScore(
  points: Points,
  labels: ArrayLike<number>,
  { sampleSize, seed = 1 }: SilhouetteOptions = {},
): number {
  checkSeed("silhouetteScore", seed);
  if (sampleSize !== undefined && !(Number.isInteger(sampleSize) && sampleSize >= 2)) {
    throw new RangeError(
      `silhouetteScore needs sampleSize to be an integer from 2, got ${sampleSize}`,
    );
  }
  const all = pointMatrix("silhouetteScore", points);
  if (labels.length !== all.count) {
    throw new Error(
      `silhouetteScore needs one label per point; got ${labels.length} labels for ${all.count} points`,
    );
  }
  const rows = sampleRows(all.count, sampleSize ?? all.count, seed);
  const matrix = rows === null ? all : somePoints(all, rows);
  const own = rows === null ? labels : Int32Array.from(rows, (row) => labels[row]!);
  const [score] = silhouetteScores(matrix, [own]);
  if (score === null || score === undefined) {
    throw new RangeError(
      "silhouetteScore needs at least 2 labels, and fewer labels than points; " +
        `got ${new Set(Array.from(own)).size} over ${matrix.count} points` +
        (rows === null ? "" : " in the sample"),
    );
  }
  return score;
}

/** Some rows out of so many in ascending order, by Fisher and Yates's shuffle; null if all of them. */
function sampleRows(count: number, size: number, seed: number): Int32Array | null {
  if (size >= count) return null;
  const random = randomStream(seed, "silhouette sample");
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  for (let i = 0; i < size; i++) {
    const j = i + random.below(count - i);
    const row = rows[i]!;
    rows[i] = rows[j]!;
    rows[j] = row;
  }
  return rows.slice(0, size).sort();
}

/**
 * The score of several ways to label the same points; null where it is not
 * defined. Distances are computed once, a point's at a time, and labelings that
 * are the same as another are not scored again.
 */
export function silhouetteScores(
  points: PointMatrix,
  labelings: ArrayLike<number>[],
): (number | null)[] {
  const byKey = new Map<string, Clustering>();
  const clusterings = labelings.map((labels) => {
    const found = clustering(labels);
    const key = found.clusters.join();
    if (!byKey.has(key)) byKey.set(key, found);
    return byKey.get(key)!;
  });
  const isDefined = ({ sizes }: Clustering) => sizes.length >= 2 && sizes.length < points.count;
  const scored = [...byKey.values()].filter(isDefined);
  if (scored.length > 0) addSilhouettes(points, scored);
  return clusterings.map((found) => (isDefined(found) ? found.total / points.count : null));
}

interface Clustering {
  /** Cluster of each point, from 0. */
  clusters: Int32Array;
  /** Points in each cluster. */
  sizes: Int32Array;
  /** Silhouettes of all points, summed. */
  total: number;
}

/** Labels as places in a list, whatever numbers they are. */
function clustering(labels: ArrayLike<number>): Clustering {
  const places = new Map<number, number>();
  const clusters = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!places.has(label)) places.set(label, places.size);
    clusters[i] = places.get(label)!;
  }
  const sizes = new Int32Array(places.size);
  for (const cluster of clusters) sizes[cluster]!++;
  return { clusters, sizes, total: 0 };
}

function addSilhouettes(points: PointMatrix, clusterings: Clustering[]): void {
  const { count } = points;
  const ways = clusterings.length;
  // All clusters of all ways side by side: where each way's begin, and each point's of each way.
  const begins = new Int32Array(ways);
  for (let way = 1; way < ways; way++) {
    begins[way] = begins[way - 1]! + clusterings[way - 1]!.sizes.length;
  }
  const sums = new Float64Array(begins[ways - 1]! + clusterings[ways - 1]!.sizes.length);
  const places = new Int32Array(count * ways);
  clusterings.forEach(({ clusters }, way) => {
    for (let i = 0; i < count; i++) places[i * ways + way] = begins[way]! + clusters[i]!;
  });
  for (let i = 0; i < count; i++) {
    sums.fill(0);
    for (let j = 0, place = 0; j < count; j++) {
      const distance = Math.sqrt(squaredDistance(points, i, j));
      for (let way = 0; way < ways; way++) sums[places[place++]!]! += distance;
    }
    for (let way = 0; way < ways; way++) {
      const { clusters, sizes } = clusterings[way]!;
      clusterings[way]!.total += silhouetteOf(clusters[i]!, sizes, sums, begins[way]!);
    }
  }
}

/** One point's silhouette, from the sums of its distances to each cluster's points. */
function silhouetteOf(own: number, sizes: Int32Array, sums: Float64Array, begin: number): number {
  if (sizes[own] === 1) return 0;
  const within = sums[begin + own]! / (sizes[own]! - 1); // its distance to itself is no distance
  let nearest = Number.POSITIVE_INFINITY;
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    if (cluster === own) continue;
    const mean = sums[begin + cluster]! / sizes[cluster]!;
    if (mean < nearest) nearest = mean;
  }
  const larger = Math.max(within, nearest);
  return larger > 0 ? (nearest - within) / larger : 0;
}
