import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { atLeast, where } from "../log/where";
import { clustersOf, requireDbscanOptions } from "../stats/dbscan";
import { knee } from "../stats/knee";
import { NOISE_LABEL } from "../stats/labels";
import { neighborSearch } from "../stats/neighbor-search";
import { distanceOf, type PointMatrix, squaredDistance } from "../stats/points";
import { nearestDistances } from "../stats/reachability-tree";
import { requireInteger } from "../stats/require-option";
import { counted, formatNumber, formatPercent } from "../words/format-words";
import { pointsOf } from "./api-points";
import { featureColumns } from "./feature-columns";
import { READER_FEATURES, type ReaderFeaturesOptions, readerFeatures } from "./reader-features";
import { scaledFeatures } from "./scaled-features";

export interface ReaderGroupsOptions extends ReaderFeaturesOptions {
  /** The knee of distances to the `minSamples`-th neighbor where not given (Ester et al. 1996). */
  eps?: number;
  minSamples?: number;
  leastPages?: number;
}

export interface ReaderGroups {
  readers: pl.DataFrame;
  /** Null where there were too few readers to find one. */
  eps: number | null;
}

/**
 * Students grouped by how they read: DBSCAN on the features of `readerFeatures`, scaled to 0 to 1.
 * Most read alike; who is in no group is unusual, not wrong.
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @returns `eps`, and `readers`, by user: what `readerFeatures` gives, `cluster_label`,
 *   `core_distance`, `score` (the same by `eps`, above 1 for those in no group), `finding` (of
 *   those the two features in which they differ most from the nearest core reader)
 * @throws if an option is out of its range, or a column is missing or of another type
 */
export function readerGroups(
  accessLog: pl.DataFrame,
  { when = "all", eps, minSamples = 10, leastPages = 20 }: ReaderGroupsOptions = {},
): ReaderGroups {
  requireDbscanOptions("readerGroups", { eps: eps ?? 1, minSamples });
  requireInteger("readerGroups", { leastPages });
  const readers = where(readerFeatures(accessLog, { when }), { pages: atLeast(leastPages) });
  const columnsOf = (frame: pl.DataFrame) => featureColumns("readerGroups", frame, READER_FEATURES);
  const raw = columnsOf(readers);
  const points = pointsOf(columnsOf(scaledFeatures(readers, READER_FEATURES)));
  const radius = eps ?? kneeOf(points, minSamples);
  // Without a radius nobody is the core of a group.
  const { neighborsOf } = neighborSearch(points, radius ?? 0);
  const least = radius === null ? Number.POSITIVE_INFINITY : minSamples;
  const labels = clustersOf(points, { eps: radius ?? 0, minSamples: least });
  const all = [...labels.keys()];
  const cores = all.filter((reader) => neighborsOf(reader).length >= least);
  const found = all.map((reader) => {
    const core = nearestOf(points, reader, cores);
    const isOutside = labels[reader] === NOISE_LABEL;
    if (core === undefined || radius === null) return { cluster_label: NOISE_LABEL };
    const distance = distanceOf(points, reader, core);
    return {
      cluster_label: labels[reader],
      core_distance: distance,
      // Rounding must put nobody on the other side of 1 than DBSCAN does.
      score: isOutside
        ? Math.max(distance / radius, 1 + Number.EPSILON)
        : Math.min(distance / radius, 1),
      finding: isOutside ? findingOf(points, raw, reader, core) : null,
    };
  });
  const added = frameOf(found, "cluster_label", "core_distance", "score", "finding");
  return { readers: pl.concat([readers, added], { how: "horizontal" }), eps: radius };
}

function kneeOf(points: PointMatrix, minSamples: number): number | null {
  const k = Math.min(minSamples - 1, points.count - 1);
  if (points.count < 3 || k < 1) return null;
  const sorted = nearestDistances(points, k).sort();
  const distance = sorted[knee(sorted) ?? sorted.length - 1]!;
  return distance > 0 ? distance : null;
}

function nearestOf(points: PointMatrix, own: number, others: readonly number[]) {
  const distances = others.map((other) => squaredDistance(points, own, other));
  return others[distances.indexOf(Math.min(...distances))];
}

const percent = (share: number) => formatPercent(share, 0);

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

function findingOf(
  { values, dimensions }: PointMatrix,
  raw: readonly Float64Array[],
  own: number,
  core: number,
): string {
  const apart = READER_FEATURES.map((feature, d) => ({
    inWords: (reader: number) => WORDS[feature](raw[d]![reader]!),
    by: Math.abs(values[own * dimensions + d]! - values[core * dimensions + d]!),
  }));
  const most = apart.sort((a, b) => b.by - a.by).slice(0, 2);
  const said = (reader: number) => most.map(({ inWords }) => inWords(reader)).join(", ");
  return `${said(own)}; the most alike of usual readers: ${said(core)}`;
}
