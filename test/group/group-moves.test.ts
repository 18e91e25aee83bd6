import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { groupMoves } from "../../lib/group/group-moves";
import { groupUsers } from "../../lib/group/group-users";
import { rowsOf, typesOf } from "../support/access-log";
import { usageFrame } from "../support/usage";

const day = (n: number) => new Date(Date.UTC(2021, 2, n)).toISOString().slice(0, 10);
const daily = (user_id: number, from: number, api_count: number) =>
  Array.from({ length: 7 }, (_, i) => ({ dt: day(from + i), user_id, type: "a", api_count }));

// Three weeks. Users 1 to 3 come on one day, 11 to 13 daily for a week. User 14 comes daily in the
// first week, once in the second and not in the third.
const rows = [
  ...[1, 2, 3].map((u) => ({ dt: day(u), user_id: u, type: "a", api_count: 10 })),
  ...[11, 12, 13].flatMap((u) => daily(u, 1 + 7 * (u - 11), 10)),
  ...daily(14, 1, 10),
  { dt: day(9), user_id: 14, type: "a", api_count: 10 },
];
const usage = usageFrame(rows);
const { groups } = groupUsers(usage, { eps: 0.5, minSamples: [3] });
const labels = groups.select("user_id", "cluster_label");

describe("groupMoves", () => {
  it("shows those whose group changed, and all steps from week to week", () => {
    expect(rowsOf(labels)).toEqual([
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
    expect(typesOf(transitions).slice(1)).toEqual([
      "from_label DataType(Int64)",
      "to_label DataType(Int64)",
      "users DataType(Int64)",
    ]);
  });

  it("puts a week unlike any group's members into no group", () => {
    const odd = usageFrame([
      ...rows,
      { dt: day(15), user_id: 14, type: "a", api_count: 5 },
      { dt: day(17), user_id: 14, type: "a", api_count: 500 },
    ]);
    const { moves } = groupMoves(odd, {
      weeks: 1,
      groups: groupUsers(usage, { eps: 0.5, minSamples: [3] }).groups,
    });
    expect(rowsOf(moves.select("labels", "changes"))).toEqual([["1, 0, none", 2]]);
  });

  it("leaves out days after the last whole window, and windows without a call", () => {
    const { windows } = groupMoves(usage, { weeks: 2, groups });
    expect(windows.height).toBe(1);
    const silent = usageFrame([...rows, { dt: day(16), user_id: 14, type: "a", api_count: 0 }]);
    expect(rowsOf(groupMoves(silent, { weeks: 1, groups }).moves)).toEqual([
      [14, "a", "1, 0, -", 2, 1],
    ]);
  });

  it("does not depend on the order of rows", () => {
    const other = groupMoves(usage.sort("dt", true), {
      weeks: 1,
      groups: groups.sort("user_id", true),
    });
    const same = groupMoves(usage, { weeks: 1, groups });
    expect(rowsOf(other.moves)).toEqual(rowsOf(same.moves));
    expect(rowsOf(other.transitions)).toEqual(rowsOf(same.transitions));
  });

  it("refuses half weeks, and groups of other users", () => {
    expect(() => groupMoves(usage, { weeks: 0.5, groups })).toThrow(RangeError);
    expect(() => groupMoves(usage, { groups: groups.head(6) })).toThrow(
      "groupMoves needs the groups of all users in usage; 1 users of an API have none, 0 groups have no usage",
    );
    expect(() =>
      groupMoves(usage, { groups: groups.withColumns(pl.lit("b").alias("type")) }),
    ).toThrow("groupMoves needs the groups of all users in usage");
  });
});

describe("groupMoves, of a slip in a day", () => {
  it("does not go through the weeks of millennia", () => {
    const slip = usageFrame([...rows, { ...rows[0]!, dt: "9999-12-31" }]);
    expect(() => groupMoves(slip, { groups })).toThrow(/^groupMoves needs usage within 30 years/);
  });
});
