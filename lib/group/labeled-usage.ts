import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { visibleText } from "../words/visible-text";
import { USAGE_FEATURES } from "./usage-feature-columns";

/** The two tables that the case study hands over. */
export interface LabeledUsage {
  /** Its `ip_cluster_labeled_input_features.csv`: one row per user and API. */
  inputFeatures: pl.DataFrame;
  /** Its `ip_cluster_labeled_raw_data.csv`: one row per user, API and day. */
  rawData: pl.DataFrame;
}

/**
 * Features and usage with each user's group, as the case study writes them to two CSV files:
 * the groups "with their corresponding API usage metrics".
 *
 * pandas writes the number of each row before the first column, under no name; these have
 * none. The document's order of rows is pandas' own, here it is that of the first columns.
 *
 * @param usage what `groupUsers` was given: `dt`, `user_id`, `type`, `api_count`; other
 *   columns are left out
 * @param groups what `groupUsers` gave
 * @returns `inputFeatures`: `user_id`, `type`, the seven features (Float64), `cluster_label`
 *   (Int64, -1 for users in no group), by user and API. `rawData`: `dt`, `user_id`, `type`,
 *   `api_count` as they are in `usage` and `cluster_label`, by day, user and API.
 * @throws {Error} if a column is missing or of another type, groups have a user and API twice,
 *   or lack one of the usage
 * @example
 * const { groups } = groupUsers(usage);
 * const { inputFeatures, rawData } = labeledUsage(usage, groups);
 * saveCsv(inputFeatures, "ip_cluster_labeled_input_features.csv");
 * saveCsv(rawData, "ip_cluster_labeled_raw_data.csv");
 */
export function labeledUsage(usage: pl.DataFrame, groups: pl.DataFrame): LabeledUsage {
  requireColumns("labeledUsage", usage, { dt: "any", user_id: "any" }, "type", "api_count");
  requireColumns(
    "labeledUsage",
    groups,
    { user_id: "any" },
    "type",
    { ...Object.fromEntries(USAGE_FEATURES.map((name) => [name, "number"] as const)) },
    "cluster_label",
  );
  const keys = ["user_id", "type"];
  const inputFeatures: pl.DataFrame = groups
    .select("user_id", "type", ...USAGE_FEATURES, "cluster_label")
    .sort(keys);
  if (inputFeatures.unique(keys).height < inputFeatures.height) {
    throw new Error("labeledUsage needs one row per user and API in groups; some have more");
  }
  const rows: pl.DataFrame = usage.select("dt", "user_id", "type", "api_count");
  const labelOf: pl.DataFrame = inputFeatures.select("user_id", "type", "cluster_label");
  const rawData = rows.join(labelOf, { on: keys, how: "left" }).sort(["dt", "user_id", "type"]);
  const labels = rawData.getColumn("cluster_label");
  if (labels.nullCount() > 0) {
    const [row] = rawData.filter(pl.col("cluster_label").isNull()).head(1).toRecords();
    throw new Error(
      "labeledUsage needs the groups of this usage: " +
        `${labels.nullCount()} of its rows have no group, such as those of user ` +
        `${visibleText(String(row?.user_id), { max: 60 })} and API ` +
        visibleText(String(row?.type), { max: 60 }),
    );
  }
  return { inputFeatures, rawData };
}
