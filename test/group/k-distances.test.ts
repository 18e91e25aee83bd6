import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { kDistances } from "../../lib/group/k-distances";
import { rowsOf, typesOf } from "../support/access-log";
import { featureFrame, featuresOf, uniformPoints } from "../support/feature-frame";

describe("kDistances", () => {
  const line = featureFrame([[0], [1], [3], [7], [20]]);

  it("gives each user's distance to another one, itself not counted", () => {
    const { distances, knees } = kDistances(line, { k: 1, features: ["f0"] });
    // nearest others: 1, 1, 2, 4, 13
    expect(rowsOf(distances)).toEqual([
      ["a", 1, 1],
      ["a", 2, 1],
      ["a", 3, 2],
      ["a", 4, 4],
      ["a", 5, 13],
    ]);
    // scaled: 0, 0.25, 0.5, 0.75, 1 less 0, 0, 1/12, 3/12, 1: 0.5 at the fourth
    expect(rowsOf(knees)).toEqual([["a", 1, 5, 4, 4]]);
    expect(rowsOf(kDistances(line, { k: 2, features: ["f0"] }).distances).map((r) => r[2])).toEqual(
      [2, 3, 3, 6, 17],
    );
  });

  it("agrees with sorting all distances", () => {
    const points = uniformPoints(1, 40, 3);
    for (const k of [1, 4, 39]) {
      const expected = points
        .map((a) =>
          points.map((b) => Math.hypot(...a.map((x, d) => x - b[d]!))).sort((x, y) => x - y),
        )
        .map((sorted) => sorted[k]!)
        .sort((x, y) => x - y);
      const { distances } = kDistances(featureFrame(points), { k, features: featuresOf(3) });
      distances
        .getColumn("distance")
        .toArray()
        .forEach((distance, i) => {
          expect(distance).toBeCloseTo(expected[i]!, 12);
        });
    }
  });

  it("has no distances where there are too few users, and nothing for nobody", () => {
    const { distances, knees } = kDistances(line, { k: 5, features: ["f0"] });
    expect(distances.height).toBe(0);
    expect(rowsOf(knees)).toEqual([["a", 5, 5, null, null]]);
    expect(typesOf(kDistances(line.head(0), { features: ["f0"] }).distances)).toEqual(
      typesOf(distances),
    );
  });

  it("does not depend on the order of rows", () => {
    const mixed = pl.concat([line.tail(2), line.head(3)]);
    expect(rowsOf(kDistances(mixed, { k: 1, features: ["f0"] }).distances)).toEqual(
      rowsOf(kDistances(line, { k: 1, features: ["f0"] }).distances),
    );
  });

  it("says what it needs", () => {
    const features = ["f0"];
    for (const k of [0, 1.5, Number.NaN]) {
      expect(() => kDistances(line, { k })).toThrow(RangeError);
    }
    expect(() => kDistances(line)).toThrow("kDistances needs column use_days");
    expect(() => kDistances(line, { features: [] })).toThrow("needs features");
    expect(() => kDistances(featureFrame([[0], [Number.NaN]]), { features })).toThrow(
      "f0 to be finite; found NaN",
    );
    expect(() => kDistances(pl.concat([line, line.head(1)]), { features })).toThrow(
      "one row per user and API; user 0 has several",
    );
    const hole = line.withColumns(pl.lit(null).cast(pl.Float64).alias("f0"));
    expect(() => kDistances(hole, { features })).toThrow("needs f0 in every row; 5 of 5");
  });
});
