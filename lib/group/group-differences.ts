import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { benjaminiHochberg } from "../stats/benjamini-hochberg";
import { NOISE_LABEL } from "../stats/dbscan";
import { kruskalWallis } from "../stats/kruskal-wallis";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface GroupDifferencesOptions {
  /** The columns that groups are compared by: the case study's, or any others of numbers. */
  features?: readonly string[];
}

/**
 * By what do the groups of an API's users differ? A Kruskal-Wallis test per API and feature, once
 * among groups only and once with the users of no group as one more.
 *
 * Groups that were formed by these features differ by them of necessity: that is what
 * grouping does, with noise as well. So p values of the same features describe which ones tell
 * the groups apart; they prove nothing, and even random data would have small ones. To test,
 * give features that the grouping has not seen. Epsilon squared says how much: about 0.01 is
 * little, 0.08 medium, 0.26 a lot.
 *
 * @param groups `type`, `cluster_label` (-1 for those in none) and the features, one row per user
 *   and API, as `groupUsers` gives them
 * @returns `type`, `feature`, `noise_counted` (Boolean), `users` (compared), `groups` (Int64),
 *   `kruskal_wallis`, `p_value`, `adjusted_p_value` (Benjamini and Hochberg, over all tests),
 *   `epsilon_squared` (Float64; all four null where there is nothing to test: fewer than two
 *   groups, or one value throughout), by the first three
 * @throws {Error} if a column is missing or of another type, has nulls, or a feature is not finite
 */
export function groupDifferences(
  groups: pl.DataFrame,
  { features = USAGE_FEATURES }: GroupDifferencesOptions = {},
): pl.DataFrame {
  requireColumns("groupDifferences", groups, "type", "cluster_label", {
    ...Object.fromEntries(features.map((name) => [name, "number"])),
  });
  const used = groups.select("type", "cluster_label", ...features);
  for (const [name, nulls] of Object.entries(used.nullCount().toRecords()[0] ?? {})) {
    if (Number(nulls) > 0) {
      throw new Error(
        `groupDifferences needs ${name} in every row; ${nulls} of ${used.height} rows have none`,
      );
    }
  }
  const labels = int32(used, "cluster_label");
  const rowsByApi = new Map<string, number[]>();
  (used.getColumn("type").toArray() as string[]).forEach((api, row) => {
    const rows = rowsByApi.get(api);
    if (rows) rows.push(row);
    else rowsByApi.set(api, [row]);
  });
  const found: Record<string, unknown>[] = [];
  const columns = new Map(features.map((name) => [name, finiteNumbers(used, name)]));
  for (const api of [...rowsByApi.keys()].sort()) {
    const everyone = rowsByApi.get(api)!;
    const grouped = everyone.filter((row) => labels[row] !== NOISE_LABEL);
    for (const feature of [...features].sort()) {
      for (const noiseCounted of [false, true]) {
        const rows = noiseCounted ? everyone : grouped;
        const own = rows.map((row) => labels[row]!);
        const values = columns.get(feature)!;
        const test = kruskalWallis(
          Float64Array.from(rows, (row) => values[row]!),
          own,
        );
        found.push({
          type: api,
          feature: feature,
          noise_counted: noiseCounted,
          users: rows.length,
          groups: new Set(own).size,
          kruskal_wallis: test?.statistic,
          p_value: test?.pValue,
          epsilon_squared: test?.epsilonSquared,
        });
      }
    }
  }
  const tested = found.filter((row) => row.p_value !== undefined);
  const corrected = benjaminiHochberg(tested.map((row) => row.p_value as number));
  tested.forEach((row, i) => {
    row.adjusted_p_value = corrected[i];
  });
  return frameOf(
    found,
    "type",
    "feature",
    "noise_counted",
    "users",
    "groups",
    "kruskal_wallis",
    "p_value",
    "adjusted_p_value",
    "epsilon_squared",
  );
}

function finiteNumbers(frame: pl.DataFrame, name: string): Float64Array {
  const values = numbers(frame, name);
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new Error(`groupDifferences needs ${name} to be finite; found ${bad}`);
  }
  return values;
}
