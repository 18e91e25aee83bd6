import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { groupUsers } from "../../lib/group/group-users";
import { labeledUsage } from "../../lib/group/labeled-usage";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { rowsOf, typesOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

const usage = usageFrame([
  { dt: "2021-08-14", user_id: 1, type: "gnql", api_count: 4 },
  { dt: "2021-08-13", user_id: 2, type: "riot", api_count: 7 },
  { dt: "2021-08-13", user_id: 1, type: "gnql", api_count: 2 },
  { dt: "2021-08-13", user_id: 1, type: "riot", api_count: 7 },
]);
const { groups } = groupUsers(usage, { minSamples: [2] });
const { inputFeatures, rawData } = labeledUsage(usage, groups);

/** Columns of the document's two frames: those of its aggregation and of its input, and the label. */
const FEATURE_COLUMNS = [
  "user_id",
  "type",
  "use_days",
  "use_duration",
  "avg_cont_use",
  "total_calls_log10",
  "usage_range",
  "mean_usage_scaled",
  "sd_usage_scaled",
  "cluster_label",
];
const RAW_COLUMNS = ["dt", "user_id", "type", "api_count", "cluster_label"];

describe("labeledUsage", () => {
  it("has the columns of the case study's two files", () => {
    expect(inputFeatures.columns).toEqual(FEATURE_COLUMNS);
    expect(rawData.columns).toEqual(RAW_COLUMNS);
    expect(typesOf(rawData).at(-1)).toBe("cluster_label DataType(Int64)");
  });

  it("gives every row of the usage its user's and API's label, by day, user and API", () => {
    expect(rowsOf(inputFeatures.select("user_id", "type", "cluster_label"))).toEqual([
      [1, "gnql", -1],
      [1, "riot", 0],
      [2, "riot", 0],
    ]);
    expect(rowsOf(rawData)).toEqual([
      ["2021-08-13", 1, "gnql", 2, -1],
      ["2021-08-13", 1, "riot", 7, 0],
      ["2021-08-13", 2, "riot", 7, 0],
      ["2021-08-14", 1, "gnql", 4, -1],
    ]);
  });

  it("does not depend on the order of rows", () => {
    const turned = labeledUsage(usage.sort("api_count"), groups.sort("user_id", true));
    expect(rowsOf(turned.rawData)).toEqual(rowsOf(rawData));
    expect(rowsOf(turned.inputFeatures)).toEqual(rowsOf(inputFeatures));
  });

  it("is written with days as in the input", () => {
    const [header, first] = rawData.writeCSV().toString().split("\n");
    expect(header).toBe("dt,user_id,type,api_count,cluster_label");
    expect(first).toBe("2021-08-13,1,gnql,2,-1");
  });

  it("refuses groups of other usage, and a pair twice", () => {
    expect(() => labeledUsage(usage, groups.head(1))).toThrow(
      "2 of its rows have no group, such as those of user 1 and API riot",
    );
    expect(() => labeledUsage(usage, pl.concat([groups, groups]))).toThrow("some have more");
    expect(() => labeledUsage(usage, groups.drop("cluster_label"))).toThrow(
      "needs column cluster_label",
    );
  });
});

const documents = join(PROJECT_ROOT, "../shared/documents");
const names = (() => {
  try {
    return readdirSync(documents).filter((name) => name.startsWith("004"));
  } catch {
    return [];
  }
})();

it.skipIf(names.length === 0)(
  `has the columns that the document's own code makes${names.length === 0 ? " (skipped: the document is not here)" : ""}`,
  () => {
    const text = readFileSync(join(documents, names[0]!), "utf8");
    const aggregation = text.slice(
      text.indexOf("agg_data = data.groupby"),
      text.indexOf("unscaled_features ="),
    );
    const made = [...aggregation.matchAll(/^ +(\w+) = \('/gm)].map((match) => match[1]);
    expect(["user_id", "type", ...made, "cluster_label"]).toEqual(inputFeatures.columns);
    // Its raw data are the input's columns, as its head shows them, and the label.
    const head = text.slice(text.indexOf("<thead>"), text.indexOf("</thead>"));
    const input = [...head.matchAll(/<th>(\w+)<\/th>/g)].map((match) => match[1]);
    expect([...input, "cluster_label"]).toEqual(rawData.columns);
    expect(text).toContain("to_csv('ip_cluster_labeled_input_features.csv')");
    expect(text).toContain("to_csv('ip_cluster_labeled_raw_data.csv')");
  },
);
