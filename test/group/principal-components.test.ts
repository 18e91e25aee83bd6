import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { principalComponents } from "../../lib/group/principal-components";
import { rowsOf } from "../support/access-log";
import { featureFrame, featuresOf } from "../support/feature-frame";
import recorded from "./principal-components.json";

const features = featuresOf(3);
const groupsOf = (points: number[][]) =>
  featureFrame(points, "gnql").withColumns(pl.lit(0).cast(pl.Int64).alias("cluster_label"));

describe("principalComponents", () => {
  it("equals scikit-learn's PCA, up to the sign", () => {
    const groups = groupsOf(recorded.points);
    const { scores, loadings, explained } = principalComponents(groups, { features });
    [0, 1].forEach((component) => {
      const found = rowsOf(loadings).map((row) => row[1 + component] as number);
      const expected = recorded.loadings.map((row) => row[component]!);
      const sign = Math.sign(found[0]! * expected[0]!);
      found.forEach((value, d) => {
        expect(value).toBeCloseTo(sign * expected[d]!, 10);
      });
      rowsOf(scores).forEach((row, user) => {
        expect(row[3 + component]).toBeCloseTo(sign * recorded.scores[user]![component]!, 10);
      });
      expect(Math.max(...found)).toBe(Math.max(...found.map(Math.abs))); // the largest is positive
    });
    rowsOf(explained).forEach(([component, share]) => {
      expect(share).toBeCloseTo(recorded.explained[(component as number) - 1]!, 10);
    });
  });

  it("finds the line that points lie on, and explains nothing where nobody differs", () => {
    // (0, 0), (3, 4), (6, 8): all along (0.6, 0.8), 5 apart.
    const line = groupsOf([0, 1, 2].map((n) => [3 * n, 4 * n, 7]));
    const { scores, explained } = principalComponents(line, { features });
    [-5, 0, 5].forEach((place, user) => {
      expect(rowsOf(scores)[user]![3]).toBeCloseTo(place, 12);
    });
    expect(rowsOf(explained)[0]![1]).toBeCloseTo(1, 12);
    const same = groupsOf([1, 1].map((x) => [x, x, x]));
    const none = principalComponents(same, { features });
    expect(none.explained.getColumn("share").sum()).toBe(0);
    expect(rowsOf(none.scores).map((row) => row[3])).toEqual([0, 0]);
  });

  it("refuses one user, one feature and values that are none", () => {
    const groups = groupsOf(recorded.points);
    expect(() => principalComponents(groups.head(1), { features })).toThrow(
      "principalComponents needs 2 users or more, got 1",
    );
    expect(() => principalComponents(groups, { features, type: "riot" })).toThrow(
      "principalComponents needs 2 users or more of riot, got 0",
    );
    expect(() => principalComponents(groups, { features: ["f0"] })).toThrow("2 features or more");
    const bad = groups.withColumns(pl.lit(Number.NaN).alias("f1"));
    expect(() => principalComponents(bad, { features })).toThrow("f1 to be finite; found NaN");
  });
});
