import { expect, it } from "vitest";
import { adjustedRandIndex, dbscan, epsSweep, silhouetteScore } from "../../lib";
import { rowsOf } from "../support/access-log";
import { blobs, CORNERS, featureFrame, featuresOf, uniformPoints } from "../support/feature-frame";

const features = featuresOf(2);
const points = [...blobs(2, CORNERS, 12, 0.5), ...uniformPoints(8, 10, 2, 1.5)];
const frame = featureFrame(points);
const settings = { eps: [0.1, 0.25, 0.45, 2], minSamples: [1, 3, 5, 50] };

it("agrees with dbscan, silhouetteScore and adjustedRandIndex at every setting", () => {
  const grid = settings.eps.map((eps) =>
    settings.minSamples.map((minSamples) => dbscan(points, { eps, minSamples })),
  );
  const expected = grid.flatMap((row, r) =>
    row.map((labels, c) => {
      const beside = [grid[r - 1]?.[c], grid[r + 1]?.[c], row[c - 1], row[c + 1]].flatMap(
        (other) => (other ? [adjustedRandIndex(labels, other)] : []),
      );
      const grouped = points.filter((_, i) => labels[i] !== -1);
      const own = labels.filter((label) => label !== -1);
      const noise = points.length - grouped.length;
      return [
        ...["a", settings.eps[r], settings.minSamples[c], Math.max(...labels) + 1],
        ...[noise, noise / points.length, scoreOf(points, labels), scoreOf(grouped, own)],
        beside.reduce((sum, agreement) => sum + agreement, 0) / beside.length,
      ];
    }),
  );
  const turned = { eps: settings.eps.slice().reverse(), minSamples: [50, 5, 5, 3, 1] };
  const found = rowsOf(epsSweep(frame, { ...turned, features }));
  expect(found.map(rounded)).toEqual(expected.map(rounded));
  // Of several kinds: none, some and all in groups, one and many of them.
  expect(new Set(found.map((row) => row[3])).size).toBeGreaterThan(4);
});

it("has no neighbors to agree with in a grid of one setting", () => {
  const [one] = rowsOf(
    epsSweep(featureFrame([[3]]), { eps: [1], minSamples: [2], features: ["f0"] }),
  );
  expect(one).toEqual(["a", 1, 2, 0, 1, 1, null, null, null]);
});

function scoreOf(some: number[][], labels: Int32Array): number | null {
  const different = new Set(labels).size;
  return different >= 2 && different < some.length ? silhouetteScore(some, labels) : null;
}

const rounded = (row: unknown[]) =>
  row.map((value) => (typeof value === "number" ? Number(value.toFixed(11)) : value));
