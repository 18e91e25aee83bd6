import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { apiCombinations, apiPairs } from "../../lib";
import { frameOf } from "../../lib/log/frame-of";
import { rowsOf } from "../support/access-log";

const groupsOf = (users: number[], type: string, label: number) =>
  frameOf(
    users.map((user_id) => ({ user_id, type, cluster_label: label })),
    ...(["user_id", "type", "cluster_label"] as const),
  );

// Ten users: 1 to 4 use both in group 0, 5 is in a's group 0 alone, 6 to 10 in b's noise.
const groups = pl.concat([
  groupsOf([1, 2, 3, 4, 5], "a", 0),
  groupsOf([1, 2, 3, 4], "b", 0),
  groupsOf([6, 7, 8, 9, 10], "b", -1),
]);

it("apiCombinations counts the users of each combination, the most frequent first", () => {
  expect(rowsOf(apiCombinations(groups))).toEqual([
    ["b: no group", 1, 5, 0.5],
    ["a: group 0 + b: group 0", 2, 4, 0.4],
    ["a: group 0", 1, 1, 0.1],
  ]);
  expect(rowsOf(apiCombinations(groups, { by: "api" }))[0]).toEqual(["b", 1, 5, 0.5]);
  const profiles = groupsOf([0], "a", 0).withColumns(pl.lit("visitors").alias("group_name"));
  const named = apiCombinations(groups, { profiles });
  expect(rowsOf(named)[2]).toEqual(["a: visitors", 1, 1, 0.1]);
});

it("apiPairs finds the pair that chance does not make", () => {
  // scipy 1.10: fisher_exact([[4, 1], [0, 5]], alternative="greater") gives 0.0238095...
  // By hand: choose(5, 4) * choose(5, 0) / choose(10, 4) = 5 / 210.
  const [pair, ...others] = rowsOf(apiPairs(groups));
  expect(others).toEqual([]);
  expect(pair!.slice(0, 9)).toEqual(["a", 0, "b", 0, 5, 4, 4, 2, 2]);
  expect(pair![9]).toBeCloseTo(5 / 210, 12);
  expect(pair![10]).toBeCloseTo((2 * 5) / 210, 12); // of two pairs of groups the less likely
});
