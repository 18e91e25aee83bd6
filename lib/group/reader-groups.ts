import pl from "nodejs-polars";
import { labelClusters, requireDbscanOptions } from "../stats/dbscan";
import { knee } from "../stats/knee";
import { nearestDistances } from "../stats/nearest-distances";
import { neighborsWithin } from "../stats/neighbors-within";
import { type PointMatrix, pointMatrix, squaredDistance } from "../stats/points";
import { counted, formatNumber, formatPercent } from "../words/format-words";
import { READER_FEATURES, type ReaderFeaturesOptions, readerFeatures } from "./reader-features";
import { scaledFeatures } from "./scaled-features";

export interface ReaderGroupsOptions extends ReaderFeaturesOptions {
  /** DBSCAN's radius, in features that run from 0 to 1; the knee of distances where not given. */
  eps?: number;
  /** Neighbors that make a reader the core of a group, itself included. */
  minSamples?: number;
  /** Fewest page views of a reader to be grouped: of one page, every share is 0 or 1. */
  leastPages?: number;
}

/** Readers in groups. */
export interface ReaderGroups {
  readers: pl.DataFrame;
  /** The radius that was used; null where there were too few readers to find one. */
  eps: number | null;
}

/**
 * Students grouped by how they read, with the method of `groupUsers`: DBSCAN on the
 * eight features of `readerFeatures`, each scaled to 0 to 1. Most read alike, so
 * there is one large group as a rule, and the finding is who is in none: `score`
 * says how far from all others, without a rule of what is forbidden.
 *
 * Where `eps` is not given it is the knee of the sorted distances to the
 * `minSamples`-th neighbor, the reader counted (Ester et al. 1996): most readers
 * have that many within it, and beyond it distances rise fast.
 *
 * An outlier is unusual, not wrong. Features are scaled by their extremes, so one
 * reader far out in one of them draws the others together in it.
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @returns `readers`: what `readerFeatures` gives of readers with `leastPages` or more, by
 *   user, and `cluster_label`
 *   (Int64; -1 for those in no group), `core_distance` (Float64, to the nearest
 *   core reader of any group, 0 for a core; null where there is no group), `score`
 *   (Float64: the same by `eps`, above 1 for those in no group; null as before), `finding`
 *   (String: of those in no group the two features in which they differ most from
 *   that core; null for others). `eps`: the radius used
 * @throws {RangeError} if `eps` is not above 0, `minSamples` not an integer
 *   from 1, `leastPages` neither, or `when` none of its three
 * @throws {Error} if a column is missing or of another type
 */
export function readerGroups(
  accessLog: pl.DataFrame,
  { when = "all", eps, minSamples = 10, leastPages = 20 }: ReaderGroupsOptions = {},
): ReaderGroups {
  requireDbscanOptions("readerGroups", { eps: eps ?? 1, minSamples });
  if (!(Number.isInteger(leastPages) && leastPages >= 1)) {
    throw new RangeError(`readerGroups needs leastPages of 1 or more, got ${leastPages}`);
  }
  const features = readerFeatures(accessLog, { when }).filter(
    pl.col("pages").gtEq(pl.lit(leastPages)),
  );
  const raw = rowsOf(features);
  const matrix = pointMatrix("readerGroups", rowsOf(scaledFeatures(features, READER_FEATURES)));
  const radius = eps ?? kneeOf(matrix, minSamples);
  const empty = { labels: new Int32Array(features.height).fill(-1), cores: [] as number[] };
  const { labels, cores } = radius === null ? empty : clustered(matrix, radius, minSamples);
  const nearest = Array.from({ length: matrix.count }, (_, i) => nearestCore(matrix, i, cores));
  const rows = nearest.map((near, i) => {
    const isOutside = near !== null && radius !== null && labels[i] === -1;
    return {
      distance: near?.distance ?? null,
      score: near && radius ? scoreOf(near.distance, radius, isOutside) : null,
      finding: isOutside ? findingOf(matrix, raw, i, near.core) : null,
    };
  });
  const readers = features.withColumns(
    pl.Series("cluster_label", labels).cast(pl.Int64),
    pl.Series(
      "core_distance",
      rows.map(({ distance }) => distance),
      pl.Float64,
    ),
    pl.Series(
      "score",
      rows.map(({ score }) => score),
      pl.Float64,
    ),
    pl.Series(
      "finding",
      rows.map(({ finding }) => finding),
      pl.String,
    ),
  );
  return { readers: readers.sort("user_id"), eps: radius };
}

function kneeOf(points: PointMatrix, minSamples: number): number | null {
  if (points.count < 3) return null;
  const k = Math.min(minSamples - 1, points.count - 1);
  if (k < 1) return null;
  const sorted = nearestDistances(points, k).slice().sort();
  const place = knee(sorted);
  const distance = place === undefined ? sorted[sorted.length - 1]! : sorted[place]!;
  return distance > 0 ? distance : null;
}

function clustered(points: PointMatrix, eps: number, minSamples: number) {
  const neighbors = neighborsWithin(points, eps);
  const { starts } = neighbors;
  const all = Array.from({ length: points.count }, (_, i) => i);
  return {
    labels: labelClusters(neighbors, minSamples),
    cores: all.filter((i) => starts[i + 1]! - starts[i]! >= minSamples),
  };
}

function nearestCore(points: PointMatrix, i: number, cores: readonly number[]) {
  let [core, least] = [-1, Number.POSITIVE_INFINITY];
  for (const other of cores) {
    const distance = squaredDistance(points, i, other);
    if (distance < least) [core, least] = [other, distance];
  }
  return core < 0 ? null : { core, distance: Math.sqrt(least) };
}

/** Rounding must put nobody on the other side of 1 than DBSCAN does. */
function scoreOf(distance: number, eps: number, isOutside: boolean): number {
  const score = distance / eps;
  return isOutside ? Math.max(score, 1 + Number.EPSILON) : Math.min(score, 1);
}

const percent = (share: number) => formatPercent(share, 0);

/** The features in words, and how their values are said. */
const WORDS: Readonly<Record<(typeof READER_FEATURES)[number], (value: number) => string>> = {
  active_days: (days) => `${counted(days, "day")} with pages`,
  tenure_days: (days) => `${counted(days, "day")} from first to last`,
  avg_cont_use: (days) => `${formatNumber(days, 1)} days in a row`,
  pages_log10: (log) => counted(Math.round(10 ** log), "page view"),
  distinct_pages: (pages) => counted(pages, "different page"),
  night_share: (share) => `${percent(share)} at night`,
  weekend_share: (share) => `${percent(share)} on weekends`,
  class_hours_share: (share) => `${percent(share)} in class hours`,
};

/** The two features in which a reader is farthest from a core one, in words. */
function findingOf(points: PointMatrix, raw: readonly number[][], own: number, core: number) {
  const { values, dimensions } = points;
  const apart = READER_FEATURES.map((feature, d) => ({
    words: WORDS[feature],
    d,
    by: Math.abs(values[own * dimensions + d]! - values[core * dimensions + d]!),
  }));
  apart.sort((a, b) => b.by - a.by || a.d - b.d);
  const said = (reader: number) =>
    apart
      .slice(0, 2)
      .map(({ words, d }) => words(raw[reader]![d]!))
      .join(", ");
  return `${said(own)}; the most alike of usual readers: ${said(core)}`;
}

function rowsOf(frame: pl.DataFrame): number[][] {
  return frame
    .select(...READER_FEATURES)
    .toRecords()
    .map((row) => READER_FEATURES.map((name) => Number(row[name])));
}
