import { describe, expect, it } from "vitest";
import { dbcv } from "../../lib/stats/dbcv";
import { uniformPoints } from "../support/feature-frame";
import { randomIntegers } from "../support/random";

describe("dbcv", () => {
  it("is 8/9 for two pairs nine apart, less for noise beside them", () => {
    // Core distances 1, longest edges 1, separation 9: (9 - 1) / 9 each.
    const pairs = [[0], [1], [10], [11]];
    expect(dbcv(pairs, [0, 0, 1, 1])).toBeCloseTo(8 / 9, 12);
    expect(dbcv([...pairs, [50]], [0, 0, 1, 1, -1])).toBeCloseTo((4 / 5) * (8 / 9), 12);
    // a cluster of one point is noise as well
    expect(dbcv([...pairs, [50]], [7, 7, 3, 3, 5])).toBeCloseTo((4 / 5) * (8 / 9), 12);
  });

  it("agrees with a slow and obvious version on random sets", () => {
    const random = randomIntegers(5);
    for (let set = 0; set < 200; set++) {
      const points = uniformPoints(set, random(6, 20), random(1, 4));
      const labels = points.map((_, i) => (i < 4 ? i % 2 : random(-1, 2)));
      expect(dbcv(points, labels)).toBeCloseTo(obvious(points, labels), 10);
    }
  });

  it("does not depend on the order of points, nor fail where they coincide or are tiny", () => {
    const points = [...uniformPoints(4, 30, 2), ...uniformPoints(4, 10, 2)];
    const labels = points.map((point) => (point[0]! < 0.5 ? 0 : 1));
    const turned = dbcv(points.slice().reverse(), labels.slice().reverse());
    expect(turned).toBe(dbcv(points, labels));
    expect(dbcv([[0], [0], [3], [3]], [0, 0, 1, 1])).toBe(1);
    expect(dbcv([[0], [0], [0], [0]], [0, 0, 1, 1])).toBe(0);
    const tiny = [0, 1, 10, 11].map((x) => Array.from({ length: 40 }, () => x * 1e-12));
    expect(dbcv(tiny, [0, 0, 1, 1])).toBeCloseTo(8 / 9, 10);
  });

  it("says what it needs", () => {
    expect(() => dbcv([[0], [1]], [0])).toThrow("got 1 labels for 2 points");
    expect(() => dbcv([[0], [1], [2]], [0, 0, -1])).toThrow(RangeError);
    expect(() => dbcv([], [])).toThrow("at least 2 clusters");
  });
});

/** The paper's formulas one by one; ties between edges go to the point that comes first in space. */
function obvious(allPoints: number[][], allLabels: number[]): number {
  const order = [...allPoints.keys()].sort((a, b) => allPoints[a]![0]! - allPoints[b]![0]!);
  const points = order.map((i) => allPoints[i]!);
  const labels = order.map((i) => allLabels[i]!);
  const distance = (i: number, j: number) =>
    Math.hypot(...points[i]!.map((x, d) => x - points[j]![d]!));
  const clusters = [...new Set(labels)]
    .filter((label) => label >= 0)
    .map((label) => [...labels.keys()].filter((i) => labels[i] === label))
    .filter((rows) => rows.length > 1);
  const core = new Map(
    clusters.flatMap((rows) =>
      rows.map((i) => {
        const d = points[i]!.length;
        const others = rows.filter((j) => j !== i);
        const sum = others.reduce((total, j) => total + (1 / distance(i, j)) ** d, 0);
        return [i, (sum / others.length) ** (-1 / d)] as const;
      }),
    ),
  );
  const mutual = (i: number, j: number) => Math.max(core.get(i)!, core.get(j)!, distance(i, j));
  const described = clusters.map((rows) => {
    const tree: [number, number][] = [];
    const inside = [rows[0]!];
    while (inside.length < rows.length) {
      let best: [number, number] | undefined;
      for (const j of rows.filter((row) => !inside.includes(row))) {
        for (const i of inside) if (!best || mutual(i, j) < mutual(...best)) best = [i, j];
      }
      tree.push(best!);
      inside.push(best![1]);
    }
    const isInner = (i: number) => tree.filter((edge) => edge.includes(i)).length > 1;
    const inner = tree.filter(([i, j]) => isInner(i) && isInner(j));
    const longest = Math.max(...(inner.length > 0 ? inner : tree).map((edge) => mutual(...edge)));
    return { rows, inner: rows.some(isInner) ? rows.filter(isInner) : rows, longest };
  });
  return described.reduce((total, own) => {
    const separation = Math.min(
      ...described
        .filter((other) => other !== own)
        .flatMap((other) => own.inner.flatMap((i) => other.inner.map((j) => mutual(i, j)))),
    );
    const worth = (separation - own.longest) / Math.max(separation, own.longest);
    return total + (own.rows.length / points.length) * worth;
  }, 0);
}
