import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { featureColumns, requireUsers } from "./feature-columns";
import { userOfApi } from "./usage-days";
import { USAGE_FEATURES } from "./usage-features";

export interface LabeledUsage {
  inputFeatures: pl.DataFrame;
  rawData: pl.DataFrame;
}

/**
 * Features and usage with each user's group, as the case study writes them to two CSV files.
 * @param groups what `groupUsers` gave of `usage`
 * @returns `inputFeatures`, by user and API: `user_id`, `type`, the seven features,
 *   `cluster_label`. `rawData`, by day, user and API: `dt`, `user_id`, `type`, `api_count`,
 *   `cluster_label`.
 * @throws {Error} if a column is missing or of another type, or groups repeat or lack a user
 * @example
 * const { inputFeatures } = labeledUsage(usage, groupUsers(usage).groups);
 * saveCsv(inputFeatures, "ip_cluster_labeled_input_features.csv");
 */
export function labeledUsage(usage: pl.DataFrame, groups: pl.DataFrame): LabeledUsage {
  requireColumns("labeledUsage", usage, { dt: "any", user_id: "any" }, "type", "api_count");
  requireUsers("labeledUsage (groups)", groups, "cluster_label");
  featureColumns("labeledUsage (groups)", groups, USAGE_FEATURES);
  const inputFeatures = groups
    .select("user_id", "type", ...USAGE_FEATURES, "cluster_label")
    .sort(["user_id", "type"]);
  const rawData = usage
    .select("dt", "user_id", "type", "api_count")
    .join(groups.select("user_id", "type", "cluster_label"), {
      on: ["user_id", "type"],
      how: "left",
    })
    .sort(["dt", "user_id", "type"]);
  const without = rawData.filter(pl.col("cluster_label").isNull());
  if (without.height > 0) {
    const [row] = without.head(1).toRecords();
    throw new Error(
      `labeledUsage needs the groups of this usage: ${without.height} of its rows have no group, ` +
        `such as those of ${userOfApi(row!.user_id, row!.type)}`,
    );
  }
  return { inputFeatures, rawData };
}
