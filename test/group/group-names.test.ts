import { expect, it } from "vitest";
import { groupNames, type NamedGroup } from "../../lib/group/group-names";

const group = (more: Partial<NamedGroup> = {}): NamedGroup => ({
  ...{ cluster_label: 0, median_use_days: 4, median_use_duration: 20, median_avg_cont_use: 1 },
  ...{ median_calls: 10, others_median_calls: 10 },
  ...more,
});

it.each([
  ["two of one kind by calls", [10, 20], ["lighter regular users", "heavier regular users"]],
  ["two by a number", [10, 11], ["regular users, 10 calls", "regular users, 11 calls"]],
  [
    "what does not differ by labels",
    [10, 10],
    ["regular users (group 0)", "regular users (group 1)"],
  ],
])("tells %s apart", (_, calls, names) => {
  const alike = calls.map((median_calls, label) => group({ cluster_label: label, median_calls }));
  expect(groupNames(alike)).toEqual(names);
});

it("takes the first number that differs between all", () => {
  const alike = [group(), group({ cluster_label: 1, median_use_days: 5 })];
  expect(groupNames(alike)).toEqual(["regular users, on 4 days", "regular users, on 5 days"]);
});

it.each([
  [1, 1, "one-day visitors"],
  [2, 13, "short-term regular users"], // 2 of 13 days
  [2, 14, "regular users"], // exactly one in seven
  [2, 15, "occasional users"],
  [8, 10, "short-term daily users"], // exactly four in five
  [8, 56, "regular users"],
  [8, 57, "long-term occasional users"],
])("calls %i days of use in %i %s", (median_use_days, span, name) => {
  expect(groupNames([group({ median_use_days, median_use_duration: span - 1 })])).toEqual([name]);
});

it("calls ten times the others' calls heavy, and those in no group scattered", () => {
  expect(groupNames([group({ median_calls: 100 })])).toEqual(["heavy regular users"]);
  const none = group({ cluster_label: -1, median_calls: 99 });
  expect(groupNames([none])).toEqual(["scattered regular users"]);
  const alone = group({ median_calls: 100, others_median_calls: Number.NaN });
  expect(groupNames([alone])).toEqual(["regular users"]);
});
