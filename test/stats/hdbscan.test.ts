import { describe, expect, it } from "vitest";
import { type HdbscanOptions, hdbscan } from "../../lib/stats/hdbscan";
import { blobs, byFirstPoint, moons, uniformPoints } from "../support/feature-frame";
import { randomIntegers } from "../support/random";
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

  it("agrees with a slow and obvious version on random sets full of ties", () => {
    const random = randomIntegers(9);
    const seen = new Set<number>();
    for (let set = 0; set < 400; set++) {
      const dimensions = random(1, 2);
      const points = Array.from({ length: random(2, 14) }, () =>
        Array.from({ length: dimensions }, () => random(0, 14)),
      );
      const options = {
        minClusterSize: random(2, 4),
        minSamples: random(1, 4),
        resolution: random(0, 3),
      };
      const labels = Array.from(hdbscan(points, options));
      expect(labels).toEqual(obvious(points, options));
      seen.add(Math.max(...labels));
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  it("finds blobs of different density and moons, and nothing in one blob", () => {
    const planted = [
      ...blobs(1, [[0, 0]], 40, 0.2),
      ...blobs(2, [[5, 5]], 40, 3),
      ...blobs(3, [[9, 0]], 40, 1),
    ];
    const labels = hdbscan(planted, { minClusterSize: 12 });
    expect(new Set(labels)).toContain(2);
    planted.forEach((_, i) => {
      expect([Math.floor(i / 40), -1]).toContain(labels[i]);
    });
    expect(labels.filter((label) => label === -1).length).toBeLessThan(12);
    expect(Array.from(hdbscan(moons(40)))).toEqual(moons(40).map((_, i) => Math.floor(i / 40)));
    expect(new Set(hdbscan(blobs(5, [[0, 0]], 30, 1), { minClusterSize: 14 }))).toEqual(
      new Set([-1]),
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

  it("groups the same points whatever their order", () => {
    const points = uniformPoints(7, 80, 2);
    const order = points.map((_, i) => (i * 37) % 80);
    const labels = hdbscan(points);
    const mixed = hdbscan(order.map((i) => points[i]!));
    expect(byFirstPoint(mixed)).toEqual(byFirstPoint(order.map((i) => labels[i]!)));
  });

  it("has no cluster of no points, one point, or points that all coincide", () => {
    expect(hdbscan([])).toEqual(new Int32Array(0));
    expect(hdbscan([[1, 2]])).toEqual(Int32Array.of(-1));
    expect(hdbscan([[1], [1], [1], [1]], { minClusterSize: 2 })).toEqual(
      Int32Array.of(-1, -1, -1, -1),
    );
  });

  it("says what it needs", () => {
    expect(() => hdbscan([[0]], { minClusterSize: 1 })).toThrow("from 2, got 1");
    expect(() => hdbscan([[0]], { minSamples: 0 })).toThrow("minSamples to be an integer");
    expect(() => hdbscan([[0]], { minSamples: 2.5 })).toThrow(RangeError);
    expect(() => hdbscan([[0]], { resolution: Number.NaN })).toThrow("got NaN");
    expect(() => hdbscan([[0], [Number.NaN]])).toThrow("point 1 has NaN");
  });
});

interface Tree {
  points: number[];
  stability: number;
  parts: Tree[];
}

/** From the definition, looking at every pair at every level. */
function obvious(
  points: number[][],
  { minClusterSize, minSamples, resolution }: Required<HdbscanOptions>,
): number[] {
  if (points.length < minSamples) return points.map(() => -1);
  const distance = points.map((a) => points.map((b) => Math.hypot(...a.map((x, d) => x - b[d]!))));
  const core = distance.map((row) => row.slice().sort((a, b) => a - b)[minSamples - 1]!);
  const raw = distance.map((row, i) => row.map((d, j) => Math.max(d, core[i]!, core[j]!)));
  const edges = raw.flatMap((row, i) => row.filter((w, j) => j !== i && w > 0));
  // Integer points: the least distance is one of the tree's, because neighbors are joined first.
  const least = Math.max(resolution, Math.min(...edges));
  const apart = raw.map((row) => row.map((d) => Math.max(d, least)));

  const parts = (of: number[], isNear: (d: number) => boolean): number[][] => {
    const left = new Set(of);
    const found: number[][] = [];
    for (const first of of) {
      if (!left.delete(first)) continue;
      const part = [first];
      for (const i of part) {
        for (const j of [...left]) if (isNear(apart[i]![j]!) && left.delete(j)) part.push(j);
      }
      found.push(part);
    }
    return found;
  };
  const grow = (all: number[], birth: number): Tree => {
    const tree: Tree = { points: all, stability: 0, parts: [] };
    for (let left = all; left.length > 1; ) {
      const levels = [...new Set(left.flatMap((i) => left.map((j) => apart[i]![j]!)))];
      const level = Math.min(...levels.filter((w) => parts(left, (d) => d <= w).length === 1));
      const below = parts(left, (d) => d < level).filter((part) => part.length >= minClusterSize);
      const stay = below.length === 1 ? below[0]! : [];
      tree.stability += (left.length - stay.length) * (1 / level - birth);
      if (below.length > 1) tree.parts = below.map((part) => grow(part, 1 / level));
      left = stay;
    }
    return tree;
  };
  const best = (tree: Tree, isAll: boolean): [stability: number, kept: Tree[]] => {
    const below = tree.parts.map((part) => best(part, false));
    const sum = below.reduce((total, [stability]) => total + stability, 0);
    // Rounding apart, equal is equal: the whole is kept.
    return !isAll && tree.stability >= sum - 1e-9
      ? [tree.stability, [tree]]
      : [sum, below.flatMap(([, kept]) => kept)];
  };
  const [, kept] = best(grow([...points.keys()], 0), true);
  return byFirstPoint(points.map((_, i) => kept.findIndex((tree) => tree.points.includes(i))));
}
