import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { principalComponents } from "../../lib/group/principal-components";
import { rowsOf } from "../support/access-log";
import { featureFrame, featuresOf } from "../support/feature-frame";
import recorded from "./principal-components.json";

const features = featuresOf(3);
const groupsOf = (points: number[][]) =>
  featureFrame(points, "gnql").withColumns(pl.lit(0).cast(pl.Int64).alias("cluster_label"));

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

it("explains nothing where nobody differs", () => {
  const same = groupsOf([1, 1].map((x) => [x, x, x]));
  const none = principalComponents(same, { features });
  expect(none.explained.getColumn("share").sum()).toBe(0);
  expect(rowsOf(none.scores).map((row) => row[3])).toEqual([0, 0]);
});

it("refuses one user, and nobody", () => {
  const groups = groupsOf(recorded.points);
  expect(() => principalComponents(groups.head(1), { features })).toThrow(
    "principalComponents needs 2 users or more, got 1",
  );
  expect(() => principalComponents(groups, { features, type: "riot" })).toThrow(
    "principalComponents needs 2 users or more of riot, got 0",
  );
});
