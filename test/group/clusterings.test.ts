import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { clusterings, dbcv, silhouetteScore } from "../../lib";
import { rowsOf } from "../support/access-log";
import { blobs, CORNERS, featureFrame, featuresOf, moons } from "../support/feature-frame";
import { hasRealUsage, REAL_USAGE, realUsageNote } from "../support/usage";

const features = featuresOf(2);

it("says of planted blobs that all methods find them", () => {
  const points = blobs(1, CORNERS, 20, 0.1);
  const labels = points.map((_, i) => Math.floor(i / 20));
  const score = silhouetteScore(points, labels);
  const scores = [3, 0, 0, score, score, dbcv(points, labels), 1, 1, 1];
  const found = rowsOf(clusterings(featureFrame(points), { eps: 0.1, features }));
  expect(found.map((row) => row[1])).toEqual(["DBSCAN", "HDBSCAN", "k-means"]);
  for (const row of found) {
    row.slice(2).forEach((value, i) => {
      expect(value).toBeCloseTo(scores[i]!, 12);
    });
  }
});

it("shows where methods part: moons are two to DBSCAN and HDBSCAN, not to k-means", () => {
  const options = { eps: 0.2, minSamples: 3, features };
  const [own, other, third] = clusterings(featureFrame(moons(50)), options).toRecords();
  expect(own).toMatchObject({ clusters: 2, noise: 0, agreement_with_hdbscan: 1 });
  expect(other).toMatchObject({ clusters: 2, agreement_with_dbscan: 1 });
  expect(third!.agreement_with_dbscan).toBeLessThan(0.6);
  expect(third!.dbcv).toBeLessThan(own!.dbcv as number);
  expect(third!.silhouette).toBeGreaterThan(own!.silhouette as number);
});

it("has no row for a method without an answer, and null for what is not defined", () => {
  const three = CORNERS.map(([x, y]) => [5 * x!, y!]);
  const both = pl.concat([featureFrame(three, "b"), featureFrame([[0, 0]], "a")]);
  const settings = pl.DataFrame({ type: ["a", "b"], eps: [2, null], min_samples: [1, null] });
  const found = clusterings(both, { settings, features });
  expect(rowsOf(found).map((row) => row.slice(0, 6))).toEqual([
    ["a", "DBSCAN", 1, 0, 0, null],
    ["a", "HDBSCAN", 0, 1, 1, null],
    ["b", "HDBSCAN", 0, 3, 1, null],
    ["b", "k-means", 2, 0, 0, found.getColumn("silhouette").get(3)],
  ]);
  expect(rowsOf(found)[2]!.slice(8)).toEqual([null, null, 0]);
});

it.skipIf(!hasRealUsage)(`compares the case study's users${realUsageNote}`, () => {
  const found = clusterings(pl.readCSV(REAL_USAGE), { minSamples: 5 });
  expect(found.height).toBe(15);
  const gnql = found.filter(pl.col("type").eq(pl.lit("gnql"))).toRecords();
  expect(gnql.map(({ clusters }) => clusters)).toEqual([2, 2, 3]);
  expect(gnql[1]!.agreement_with_dbscan).toBeGreaterThan(0.9);
});
