import { PCA } from "ml-pca";
import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { visibleText } from "../words/visible-text";
import { groupedUsers } from "./grouped-users";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface PrincipalComponentsOptions {
  /** Which API's users; all rows together where not given. */
  type?: string;
  /** Columns to draw together, at least two, all of one scale. */
  features?: readonly string[];
}

/** Users in two dimensions, and what the dimensions are made of. */
export interface PrincipalComponents {
  scores: pl.DataFrame;
  loadings: pl.DataFrame;
  explained: pl.DataFrame;
}

/**
 * [Principal components](https://en.wikipedia.org/wiki/Principal_component_analysis)
 * of users' features: the two directions in which users differ most, so that many
 * features can be seen in one picture. Equal to scikit-learn's `PCA`, whose signs are
 * arbitrary; here the loading that is largest in size is positive.
 *
 * Features are centered, not scaled: those of `groupUsers` run from 0 to 1 already.
 * Groups that overlap in two dimensions may be apart in the others: look at
 * `explained`.
 *
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @returns `scores`: `user_id`, `type`, `cluster_label`, `pc1`, `pc2` (Float64),
 *   by API, group (those in none last) and user. `loadings`: a row per feature in
 *   their order, `feature`, `pc1`, `pc2`: how far a step of 1 in it moves a user
 *   along each. `explained`: `component` (Int64, from 1), `share` (Float64, of the variance of all
 *   features; 0 where nobody differs), for all components
 * @throws {RangeError} if there are fewer than two users or features
 * @throws {Error} if a column is missing or of another type, has a value that is
 *   missing or not finite, or a user stands there twice for an API
 */
export function principalComponents(
  groups: pl.DataFrame,
  { type, features = USAGE_FEATURES }: PrincipalComponentsOptions = {},
): PrincipalComponents {
  if (new Set(features).size < 2) {
    throw new RangeError(
      `principalComponents needs 2 features or more, got ${features.join(", ") || "none"}`,
    );
  }
  const all = groupedUsers("principalComponents", groups, features);
  const users = type === undefined ? all : all.filter((user) => user.type === type);
  if (users.length < 2) {
    const whose = type === undefined ? "" : ` of ${visibleText(type, { max: 60 })}`;
    throw new RangeError(`principalComponents needs 2 users or more${whose}, got ${users.length}`);
  }
  const points = users.map((user) => user.features);
  const pca = new PCA(points, { method: "SVD", center: true, scale: false });
  const loadings = [0, 1].map((component) =>
    largestPositive(features.map((_, d) => pca.getEigenvectors().get(d, component))),
  );
  const means = features.map(
    (_, d) => points.reduce((sum, point) => sum + point[d]!, 0) / points.length,
  );
  const along = (point: readonly number[], component: number) =>
    point.reduce((sum, value, d) => sum + (value - means[d]!) * loadings[component]![d]!, 0);
  return {
    scores: frameOf(
      users.map((user) => ({
        user_id: user.user,
        type: user.type,
        cluster_label: user.label,
        pc1: along(user.features, 0),
        pc2: along(user.features, 1),
      })),
      { user_id: groups.getColumn("user_id").dtype },
      "type",
      "cluster_label",
      "pc1",
      "pc2",
    ),
    loadings: frameOf(
      features.map((feature, d) => ({
        feature: feature,
        pc1: loadings[0]![d],
        pc2: loadings[1]![d],
      })),
      "feature",
      "pc1",
      "pc2",
    ),
    explained: frameOf(
      shares(pca.getEigenvalues()).map((share, i) => ({ component: i + 1, share: share })),
      "component",
      "share",
    ),
  };
}

function largestPositive(loadings: number[]): number[] {
  const sizes = loadings.map(Math.abs);
  const largest = Math.max(...sizes);
  // Of two that differ only in rounding the first decides.
  const decides = loadings[sizes.findIndex((size) => size > largest - 1e-9)]!;
  return decides < 0 ? loadings.map((loading) => -loading) : loadings;
}

function shares(variances: readonly number[]): number[] {
  const all = variances.reduce((sum, variance) => sum + variance, 0);
  return variances.map((variance) => (all > 0 ? variance / all : 0));
}
