import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { requireColumns, requireValues } from "../log/require-columns";
import { benjaminiHochberg } from "../stats/exact-tests";
import { NOISE_LABEL } from "../stats/labels";
import { kruskalWallis } from "../stats/rank-tests";
import { featureColumns } from "./feature-columns";
import { USAGE_FEATURES } from "./usage-features";

export interface GroupDifferencesOptions {
  features?: readonly string[];
}

/**
 * By what an API's groups differ: a Kruskal-Wallis test per API and feature, without and with the
 * users of no group as one more. Test features that the grouping has not seen.
 * @param groups what `groupUsers` gives
 * @returns by the first three: `type`, `feature`, `noise_counted`, `users`, `groups`,
 *   `kruskal_wallis`, `p_value`, `adjusted_p_value` (Benjamini and Hochberg), `epsilon_squared`
 *   (0.01 is little, 0.26 a lot); the last four null for fewer than two groups, or one value
 * @throws {Error} if a column is missing or of another type, has nulls, or a feature is not finite
 */
export function groupDifferences(
  groups: pl.DataFrame,
  { features = USAGE_FEATURES }: GroupDifferencesOptions = {},
): pl.DataFrame {
  requireColumns("groupDifferences", groups, "type", "cluster_label");
  requireValues("groupDifferences", groups, ["type", "cluster_label"]);
  const inOrder = [...features].sort();
  const columns = featureColumns("groupDifferences", groups, inOrder);
  const labels = Array.from(groups.getColumn("cluster_label").toArray(), Number);
  const apis = groups.getColumn("type").toArray() as string[];
  const rowsOf = gathered(apis.keys(), (row) => apis[row]!);
  const cases = [...rowsOf.keys()]
    .sort()
    .flatMap((type) =>
      inOrder.flatMap((feature, f) => [false, true].map((noise) => ({ type, feature, f, noise }))),
    );
  const tests = cases.map(({ type, feature, f, noise }) => {
    const rows = rowsOf.get(type)!.filter((row) => noise || labels[row] !== NOISE_LABEL);
    const own = rows.map((row) => labels[row]!);
    const values = Float64Array.from(rows, (row) => columns[f]![row]!);
    const test = kruskalWallis(values, own);
    return {
      ...{ type, feature, noise_counted: noise, users: rows.length, groups: new Set(own).size },
      kruskal_wallis: test?.statistic,
      p_value: test?.pValue,
      epsilon_squared: test?.epsilonSquared,
    };
  });
  const adjusted = benjaminiHochberg(tests.flatMap(({ p_value }) => p_value ?? []));
  let next = 0;
  return frameOf(
    tests.map((test) => ({
      ...test,
      adjusted_p_value: test.p_value === undefined ? null : adjusted[next++],
    })),
    ...(["type", "feature", "noise_counted", "users", "groups"] as const),
    ...(["kruskal_wallis", "p_value", "adjusted_p_value", "epsilon_squared"] as const),
  );
}
