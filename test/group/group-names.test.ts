import { expect, it } from "vitest";
import { groupNames, type NamedGroup } from "../../lib/group/group-names";

const group = (more: Partial<NamedGroup> = {}): NamedGroup => ({
  ...{ cluster_label: 0, median_use_days: 4, median_use_duration: 20, median_avg_cont_use: 1 },
  ...{ median_calls: 10, others_median_calls: 10 },
  ...more,
});

it.each([
  ["by calls", { median_calls: 20 }, ["lighter regular users", "heavier regular users"]],
  ["by a number", { median_calls: 11 }, ["regular users, 10 calls", "regular users, 11 calls"]],
  [
    "by the first number that differs",
    { median_use_days: 5 },
    ["regular users, on 4 days", "regular users, on 5 days"],
  ],
  ["by labels if by nothing else", {}, ["regular users (group 0)", "regular users (group 1)"]],
])("tells two of one kind apart %s", (_, other, names) => {
  expect(groupNames([group(), group({ cluster_label: 1, ...other })])).toEqual(names);
});

const days = (median_use_days: number, span: number) => {
  return { median_use_days, median_use_duration: span - 1 };
};
it.each([
  [days(1, 1), "one-day visitors"],
  [days(2, 13), "short-term regular users"], // 2 of 13 days
  [days(2, 14), "regular users"], // exactly one in seven
  [days(2, 15), "occasional users"],
  [days(8, 10), "short-term daily users"], // exactly four in five
  [days(8, 56), "regular users"],
  [days(8, 57), "long-term occasional users"],
  [{ median_calls: 100 }, "heavy regular users"], // ten times the others'
  [{ median_calls: 100, others_median_calls: Number.NaN }, "regular users"],
  [{ median_calls: 99, cluster_label: -1 }, "scattered regular users"],
])("calls users with medians %j %s", (medians, name) => {
  expect(groupNames([group(medians)])).toEqual([name]);
});
