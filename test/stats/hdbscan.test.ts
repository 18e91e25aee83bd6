import { describe, expect, it } from "vitest";
import { hdbscan } from "../../lib/stats/hdbscan";
import { byFirstPoint } from "../support/feature-frame";
// R 4.2.2, package dbscan 1.1-11: see validity.py
import { hdbscan as recorded } from "./validity.json";

describe("hdbscan", () => {
  it.each(recorded)("finds the clusters that R's dbscan finds: $name", (set) => {
    const labels = hdbscan(set.points, { minClusterSize: set.min_pts });
    // R cuts one edge at a time: a point that falls out where a cluster splits stays on either side.
    const bridges = [...labels.keys()].filter((i) => labels[i] === -1 && set.labels[i] !== -1);
    const theirs = set.labels.map((label, i) => (bridges.includes(i) ? -1 : label));
    expect(byFirstPoint(labels)).toEqual(byFirstPoint(theirs));
    expect(bridges.length).toBeLessThanOrEqual(Math.max(...labels));
  });

  it("labels a line worked out by hand", () => {
    // All come together at 8; from 1 on 0, 1, 2 and 10, 11, 12 are apart, and alone below.
    const points = [[0], [1], [2], [10], [11], [12]];
    expect(hdbscan(points, { minClusterSize: 3, minSamples: 1 })).toEqual(
      Int32Array.of(0, 0, 0, 1, 1, 1),
    );
    // Twos: pairs {0, 1}, {4, 5}, {20, 21}, {24, 25}. Left four together from 1/15 to 1/3, pairs
    // from 1/3 to 1: stability 4 (1/3 - 1/15) = 16/15 against 2 * 2 (1 - 1/3) = 8/3.
    const pairs = [[0], [1], [4], [5], [20], [21], [24], [25]];
    expect(hdbscan(pairs, { minClusterSize: 2, minSamples: 1 })).toEqual(
      Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3),
    );
    // With pairs 2 wide and 2 apart from one another nothing lasts but the fours.
    const fours = [[0], [2], [4], [6], [20], [22], [24], [26]];
    expect(hdbscan(fours, { minClusterSize: 2, minSamples: 1 })).toEqual(
      Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
    );
  });

  it("keeps a cluster that is worth just as much as its parts", () => {
    // Eights apart at 4; at 2 pairs are left of each, and four alone; pairs part at 1:
    // 8 (1/2 - 1/4) = 2 against 2 * 2 (1 - 1/2) = 2.
    const eight = [0, 1, 3, 5, 7, 9, 11, 12];
    const points = [...eight, ...eight.map((x) => x + 16)].map((x) => [x]);
    expect(Array.from(hdbscan(points, { minClusterSize: 2, minSamples: 1 }))).toEqual(
      points.map((_, i) => Math.floor(i / 8)),
    );
  });

  it("keeps users together who are alike within the resolution", () => {
    // Five who coincide are infinitely dense; the four beside them are not worth less.
    const near = [[0], [0], [0], [0], [0], [0.1], [0.11], [0.12], [0.13]];
    const points = [...near, ...near.map(([x]) => [x! + 5])];
    const options = { minClusterSize: 4, minSamples: 2 };
    expect(new Set(hdbscan(points, options)).size).toBe(4);
    expect(Array.from(hdbscan(points, { ...options, resolution: 0.2 }))).toEqual(
      points.map((_, i) => Math.floor(i / 9)),
    );
  });

  it("has no cluster of no points, one point, or points that all coincide", () => {
    expect(hdbscan([])).toEqual(new Int32Array(0));
    expect(hdbscan([[1, 2]])).toEqual(Int32Array.of(-1));
    expect(hdbscan([[1], [1], [1], [1]], { minClusterSize: 2 })).toEqual(
      Int32Array.of(-1, -1, -1, -1),
    );
  });
});
