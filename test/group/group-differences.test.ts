import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "../../lib/explore/benjamini-hochberg";
import { chiSquareTail } from "../../lib/group/chi-square-tail";
import { groupDifferences } from "../../lib/group/group-differences";
import { kruskalWallis } from "../../lib/group/kruskal-wallis";
import { rowsOf, typesOf } from "../support/access-log";
// scipy 1.10.1: see validity.py
import { kruskal_wallis as recorded } from "./validity.json";

describe("chiSquareTail", () => {
  it("is what closed formulas give", () => {
    for (const x of [0.01, 1, 2.9, 3.1, 30, 700, 1400]) {
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 11);
      expect(chiSquareTail(x, 4) / (Math.exp(-x / 2) * (1 + x / 2))).toBeCloseTo(1, 11);
    }
    // two-sided 5 % of a normal value, and scipy 1.10.1: chi2.sf(100, 1), chi2.sf(40, 7)
    expect(chiSquareTail(3.8414588206941285, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareTail(100, 1) / 1.5239706048321e-23).toBeCloseTo(1, 10);
    expect(chiSquareTail(40, 7) / 1.258790387371308e-6).toBeCloseTo(1, 10);
    expect(chiSquareTail(0, 3)).toBe(1);
    expect(chiSquareTail(1e5, 3)).toBe(0);
  });
});

describe("kruskalWallis", () => {
  it.each(recorded)("equals scipy's: $name", ({ values, labels, statistic, p_value }) => {
    const found = kruskalWallis(Float64Array.from(values), labels)!;
    expect(Math.abs(found.statistic - statistic)).toBeLessThan(1e-10 * Math.max(1, statistic));
    expect(Math.abs(found.pValue / p_value - 1)).toBeLessThan(1e-10);
    expect(found.epsilonSquared).toBeCloseTo(statistic / (values.length - 1), 12);
  });

  it("has nothing to test in one group, or with one value", () => {
    expect(kruskalWallis(Float64Array.of(1, 2, 3), [0, 0, 0])).toBeUndefined();
    expect(kruskalWallis(Float64Array.of(2, 2, 2), [0, 1, 1])).toBeUndefined();
    expect(kruskalWallis(new Float64Array(0), [])).toBeUndefined();
  });
});

const groups = pl.DataFrame([
  pl.Series("user_id", [1, 2, 3, 4, 5, 6, 1], pl.Int64),
  pl.Series("type", ["b", "b", "b", "b", "b", "b", "a"], pl.String),
  pl.Series("cluster_label", [0, 0, 1, 1, -1, -1, -1], pl.Int64),
  pl.Series("calls", [1, 2, 3, 4, 9, 9, 5], pl.Int64),
  pl.Series("flat", [1, 1, 1, 1, 1, 1, 1], pl.Float64),
]);

describe("groupDifferences", () => {
  it("tests each API and feature among groups, and with those of none as one more", () => {
    const found = groupDifferences(groups, { features: ["flat", "calls"] });
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

  it("does not depend on the order of rows, and has nothing to say of nobody", () => {
    const options = { features: ["calls"] };
    expect(rowsOf(groupDifferences(groups.sort("calls", true), options))).toEqual(
      rowsOf(groupDifferences(groups, options)),
    );
    expect(typesOf(groupDifferences(groups.head(0), options))).toEqual(
      typesOf(groupDifferences(groups, options)),
    );
  });

  it("says what it needs", () => {
    expect(() => groupDifferences(groups)).toThrow("groupDifferences needs column use_days");
    const hole = groups.withColumns(pl.lit(null).cast(pl.Float64).alias("calls"));
    expect(() => groupDifferences(hole, { features: ["calls"] })).toThrow(
      "calls in every row; 7 of",
    );
    const endless = groups.withColumns(pl.lit(Number.POSITIVE_INFINITY).alias("calls"));
    expect(() => groupDifferences(endless, { features: ["calls"] })).toThrow("found Infinity");
  });
});
