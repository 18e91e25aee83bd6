import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { kMeans } from "../stats/k-means";
import { median } from "../stats/quantile";
import { randomStream } from "../stats/random";
import { requireInteger } from "../stats/require-option";
import { drawUses, fitLaw } from "./one-law";
import { requireCalls, usageDays } from "./usage-days";
import { featuresOf, USAGE_FEATURES } from "./usage-features";

export interface GroupsAgainstOneLawOptions {
  /** Data sets drawn from the law. */
  draws?: number;
  seed?: number;
}

/**
 * Do users of an API fall apart more than users of one single law do? A log-normal law of days of
 * use, calls and gaps is fitted to the usage of each API. Data sets drawn from it go through the
 * same features, and all are divided in two. The cluster index is the variance that this leaves, as
 * a share of all: small where there are two groups. Few users may differ without being seen.
 * Source: Liu, Hayes, Nobel and Marron, JASA 103 (2008), with a law of usage for their normal one.
 * @param usage what `usageFeatures` takes
 * @returns by API: `type`, `users`, `cluster_index`, `usual_index` (median of the draws), `draws`,
 *   `rank` (of the index among those of the draws, from 1; rank by draws and one is a p value); null
 *   where all users are alike
 * @throws {RangeError} if `draws` is not an integer of at least 1, or `seed` not an integer
 * @throws {Error} if usage is as `usageFeatures` refuses it
 * @example
 * where(groupsAgainstOneLaw(usage), { rank: atMost(5) }); // of 100: p at most 0.05
 */
export function groupsAgainstOneLaw(
  usage: pl.DataFrame,
  { draws = 99, seed = 1 }: GroupsAgainstOneLawOptions = {},
): pl.DataFrame {
  requireInteger("groupsAgainstOneLaw", { draws });
  requireInteger("groupsAgainstOneLaw", { seed }, {});
  const all = usageDays("groupsAgainstOneLaw", usage);
  requireCalls("groupsAgainstOneLaw", all);
  const apis = [...gathered(all, ({ type }) => type)].sort(([a], [b]) => (a < b ? -1 : 1));
  const laws = apis.map(([type, uses]) => {
    return { law: fitLaw(uses), random: randomStream(seed, `one law ${type}`) };
  });
  const own = indexes(apis.map(([, uses]) => uses));
  const drawn = Array.from({ length: draws }, () =>
    indexes(laws.map(({ law, random }) => drawUses(law, random.next))),
  );
  const rows = apis.map(([type, uses], api) => {
    const index = own[api]!;
    const others = drawn.map((each) => each[api]!);
    const known = { type, users: uses.length, draws };
    if (Number.isNaN(index)) return known;
    const rank = 1 + others.filter((other) => other <= index).length;
    const figures = { cluster_index: index, usual_index: median(others) };
    return { ...known, ...figures, rank };
  });
  return frameOf(
    rows,
    ...(["type", "users", "cluster_index", "usual_index", "draws", "rank"] as const),
  );
}

type Uses = Parameters<typeof featuresOf>[0];

/** Features are scaled over all APIs, as in `usageFeatures`. */
function indexes(apis: readonly Uses[]): number[] {
  const features = featuresOf(apis.flat());
  return apis.map((uses) => clusterIndex(features.splice(0, uses.length)));
}

/** NaN where all points are one. */
function clusterIndex(features: ReturnType<typeof featuresOf>): number {
  const points = features.map((own) => USAGE_FEATURES.map((name) => own[name]));
  const { inertia: all } = kMeans(points, { k: 1, starts: 1 });
  if (all < 1e-12) return Number.NaN;
  return kMeans(points, { k: 2, starts: 2 }).inertia / all;
}
