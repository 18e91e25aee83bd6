import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { principalComponents } from "../../lib/group/principal-components";
import { rowsOf } from "../support/access-log";
import recorded from "./principal-components.json";

const features = ["a", "b", "c"];

function groupsOf(points: number[][], type = "gnql"): pl.DataFrame {
  return pl.DataFrame([
    pl.Series("user_id", [...points.keys()], pl.Int64),
    pl.Series(
      "type",
      points.map(() => type),
      pl.String,
    ),
    pl.Series(
      "cluster_label",
      points.map(() => 0),
      pl.Int64,
    ),
    ...features.map((name, d) =>
      pl.Series(
        name,
        points.map((point) => point[d]!),
        pl.Float64,
      ),
    ),
  ]);
}

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

  it("finds the line that points lie on", () => {
    // (0, 0), (3, 4), (6, 8): all along (0.6, 0.8), 5 apart.
    const { scores, explained } = principalComponents(
      groupsOf([
        [0, 0, 7],
        [3, 4, 7],
        [6, 8, 7],
      ]).sort("user_id", true),
      { features },
    );
    const along = rowsOf(scores).map((row) => row[3] as number);
    [-5, 0, 5].forEach((place, user) => {
      expect(along[user]).toBeCloseTo(place, 12);
    });
    expect(rowsOf(explained)[0]![1]).toBeCloseTo(1, 12);
  });

  it("explains nothing where nobody differs", () => {
    const { explained, scores } = principalComponents(
      groupsOf([
        [1, 1, 1],
        [1, 1, 1],
      ]),
      { features },
    );
    expect(rowsOf(explained).map((row) => row[1])).toEqual(rowsOf(explained).map(() => 0));
    expect(rowsOf(scores).map((row) => row[3])).toEqual([0, 0]);
  });

  it("refuses one user, one feature and values that are none", () => {
    const groups = groupsOf(recorded.points);
    expect(() => principalComponents(groups.head(1), { features })).toThrow(
      "principalComponents needs 2 users or more, got 1",
    );
    expect(() => principalComponents(groups, { features, type: "riot" })).toThrow(
      "principalComponents needs 2 users or more of riot, got 0",
    );
    expect(() => principalComponents(groups, { features: ["a"] })).toThrow(RangeError);
    const bad = groups.withColumns(pl.lit(Number.NaN).alias("b"));
    expect(() => principalComponents(bad, { features })).toThrow("needs finite b; found NaN");
  });
});
