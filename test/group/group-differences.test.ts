import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { groupDifferences } from "../../lib/group/group-differences";
import { benjaminiHochberg } from "../../lib/stats/exact-tests";
import { rowsOf } from "../support/access-log";

const groups = pl.DataFrame([
  pl.Series("user_id", [1, 2, 3, 4, 5, 6, 1], pl.Int64),
  pl.Series("type", ["b", "b", "b", "b", "b", "b", "a"], pl.String),
  pl.Series("cluster_label", [0, 0, 1, 1, -1, -1, -1], pl.Int64),
  pl.Series("calls", [1, 2, 3, 4, 9, 9, 5], pl.Int64),
  pl.Series("flat", [1, 1, 1, 1, 1, 1, 1], pl.Float64),
]);

it("tests each API and feature among groups, and with those of none as one more", () => {
  const features = ["flat", "calls"];
  const found = groupDifferences(groups, { features });
  expect(rowsOf(found).map((row) => row.slice(0, 5))).toEqual([
    ["a", "calls", false, 0, 0],
    ["a", "calls", true, 1, 1],
    ["a", "flat", false, 0, 0],
    ["a", "flat", true, 1, 1],
    ["b", "calls", false, 4, 2],
    ["b", "calls", true, 6, 3],
    ["b", "flat", false, 4, 2],
    ["b", "flat", true, 6, 3],
  ]);
  // By hand: rank sums 3 and 7 of four: 12 / 20 * (9 + 49) / 2 - 15 = 2.4. Of six, with a tie
  // of two: sums 3, 7, 11: 12 / 42 * (9 + 49 + 121) / 2 - 21 = 4.5714, by 1 - 6 / 210.
  const [two, three] = rowsOf(found.filter(pl.col("kruskal_wallis").isNotNull())) as number[][];
  expect(two![5]).toBeCloseTo(2.4, 12);
  expect(three![5]).toBeCloseTo(((12 / 42) * (179 / 2) - 21) / (1 - 6 / 210), 12);
  expect(two![8]).toBeCloseTo(2.4 / 3, 12);
  expect([two![7], three![7]]).toEqual([...benjaminiHochberg([two![6]!, three![6]!])]);
  expect(found.getColumn("p_value").nullCount()).toBe(6);
});
