import { expect, it } from "vitest";
import { groupMoves, groupUsers } from "../../lib";
import { rowsOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

/** Ten calls on each of some days of March 2021. */
const uses = (user_id: number, days: number[], api_count = 10) =>
  days.map((day) => {
    const dt = `2021-03-${String(day).padStart(2, "0")}`;
    return { dt, user_id, type: "a", api_count };
  });
const week = (from: number) => [0, 1, 2, 3, 4, 5, 6].map((day) => from + day);

// Three weeks. Users 1 to 3 come on one day, 11 to 13 daily for a week. User 14 comes daily in the
// first week, once in the second and not in the third.
const rows = [
  ...[1, 2, 3].flatMap((user) => uses(user, [user])),
  ...[11, 12, 13].flatMap((user) => uses(user, week(1 + 7 * (user - 11)))),
  ...uses(14, [...week(1), 9]),
];
const usage = usageFrame(rows);
const { groups } = groupUsers(usage, { eps: 0.5, minSamples: [3] });

it("shows those whose group changed, and all steps from week to week", () => {
  expect(rowsOf(groups.select("user_id", "cluster_label"))).toEqual([
    ...[1, 2, 3].map((user) => [user, 0]),
    ...[11, 12, 13].map((user) => [user, 1]),
    [14, -1], // over the whole period like neither
  ]);
  const { moves, transitions, windows } = groupMoves(usage, { weeks: 1, groups });
  expect(rowsOf(moves)).toEqual([[14, "a", "1, 0, -", 2, 1]]);
  expect(rowsOf(transitions)).toEqual([
    ["a", null, 1, 2], // users 12 and 13 arrive
    ["a", 0, null, 4], // users 1 to 3, and 14 after its second week
    ["a", 1, null, 2], // users 11 and 12
    ["a", 1, 0, 1], // user 14
  ]);
  expect(rowsOf(windows)).toEqual([
    [1, "2021-03-01", "2021-03-07"],
    [2, "2021-03-08", "2021-03-14"],
    [3, "2021-03-15", "2021-03-21"],
  ]);
});

it("puts a week unlike any group's members into no group", () => {
  const odd = usageFrame([...rows, ...uses(14, [15], 5), ...uses(14, [17], 500)]);
  const { moves } = groupMoves(odd, { weeks: 1, groups });
  expect(rowsOf(moves.select("labels", "changes"))).toEqual([["1, 0, none", 2]]);
});

it("leaves out days after the last whole window, and windows without a call", () => {
  expect(groupMoves(usage, { weeks: 2, groups }).windows.height).toBe(1);
  const silent = usageFrame([...rows, ...uses(14, [16], 0)]);
  expect(rowsOf(groupMoves(silent, { weeks: 1, groups }).moves)).toEqual([
    [14, "a", "1, 0, -", 2, 1],
  ]);
});

it("refuses groups of other users, and a slip in a day", () => {
  expect(() => groupMoves(usage, { groups: groups.head(6) })).toThrow(
    "groupMoves needs the groups of all users in usage; 1 users of an API have none, 0 groups have no usage",
  );
  const others = groupUsers(usageFrame(rows.map((row) => ({ ...row, type: "b" })))).groups;
  expect(() => groupMoves(usage, { groups: others })).toThrow("7 groups have no usage");
  // It does not go through the weeks of millennia.
  const slip = usageFrame([...rows, { ...rows[0]!, dt: "9999-12-31" }]);
  expect(() => groupMoves(slip, { groups })).toThrow(/^groupMoves needs usage within 30 years/);
});
