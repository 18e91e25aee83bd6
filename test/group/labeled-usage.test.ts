import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { groupUsers, labeledUsage } from "../../lib";
import { rowsOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

const use = (day: number, user_id: number, type: string, api_count: number) => {
  return { dt: `2021-08-${day}`, user_id, type, api_count };
};
const usage = usageFrame([
  ...[use(14, 1, "gnql", 4), use(13, 2, "riot", 7), use(13, 1, "gnql", 2), use(13, 1, "riot", 7)],
]);
const { groups } = groupUsers(usage, { minSamples: [2] });
const { inputFeatures, rawData } = labeledUsage(usage, groups);

it("has the columns of the case study's two files", () => {
  // Those of the document's aggregation and of its input, and the label.
  expect(inputFeatures.columns.join()).toBe(
    "user_id,type,use_days,use_duration,avg_cont_use,total_calls_log10,usage_range," +
      "mean_usage_scaled,sd_usage_scaled,cluster_label",
  );
  const [header, first] = rawData.writeCSV().toString().split("\n");
  expect(header).toBe("dt,user_id,type,api_count,cluster_label");
  expect(first).toBe("2021-08-13,1,gnql,2,-1");
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

it("refuses groups of other usage, and a pair twice", () => {
  expect(() => labeledUsage(usage, groups.head(1))).toThrow(
    "2 of its rows have no group, such as those of user 1 of API riot",
  );
  expect(() => labeledUsage(usage, pl.concat([groups, groups]))).toThrow("has 2");
});
