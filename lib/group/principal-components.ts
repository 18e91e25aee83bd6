import { PCA } from "ml-pca";
import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { groupedUsers } from "./grouped-users";
import { shown } from "./usage-days";
import { USAGE_FEATURES } from "./usage-features";

export interface PrincipalComponentsOptions {
  /** Which API's users; those of all where not given. */
  type?: string;
  /** At least two columns, all of one scale. */
  features?: readonly string[];
}

export interface PrincipalComponents {
  scores: pl.DataFrame;
  loadings: pl.DataFrame;
  explained: pl.DataFrame;
}

/**
 * [Principal components](https://en.wikipedia.org/wiki/Principal_component_analysis) of users'
 * features, as scikit-learn's `PCA`; signs make the largest loading positive.
 * @param groups what `groupUsers` gives
 * @returns `scores`, by API, group and user: `user_id`, `type`, `cluster_label`, `pc1`, `pc2`.
 *   `loadings`: `feature`, `pc1`, `pc2`. `explained`: `component`, `share` (of all variance)
 * @throws {RangeError} if there are fewer than two users or features
 * @throws {Error} if `groups` are as `groupProfiles` refuses them
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
    const whose = type === undefined ? "" : ` of ${shown(type)}`;
    throw new RangeError(`principalComponents needs 2 users or more${whose}, got ${users.length}`);
  }
  const points = users.map((user) => user.features);
  const pca = new PCA(points, { method: "SVD", center: true, scale: false });
  const vectors = pca.getEigenvectors();
  const scores = pca.predict(points, { nComponents: 2 });
  const signs = [0, 1].map((component) => signOf(vectors.getColumn(component)));
  const inTwo = (matrix: { get(row: number, column: number): number }, row: number) => ({
    pc1: signs[0]! * matrix.get(row, 0),
    pc2: signs[1]! * matrix.get(row, 1),
  });
  return {
    scores: frameOf(
      users.map(({ user, type, label }, i) => {
        return { user_id: user, type, cluster_label: label, ...inTwo(scores, i) };
      }),
      { user_id: groups.getColumn("user_id").dtype },
      ...(["type", "cluster_label", "pc1", "pc2"] as const),
    ),
    loadings: frameOf(
      features.map((feature, d) => ({ feature, ...inTwo(vectors, d) })),
      ...(["feature", "pc1", "pc2"] as const),
    ),
    explained: frameOf(
      pca.getExplainedVariance().map((share, i) => ({ component: i + 1, share: share || 0 })),
      ...(["component", "share"] as const),
    ),
  };
}

/** Of two loadings that differ in rounding only the first decides. */
function signOf(loadings: readonly number[]): number {
  const largest = Math.max(...loadings.map(Math.abs));
  return loadings.find((loading) => Math.abs(loading) > largest - 1e-9)! < 0 ? -1 : 1;
}
