import { expect, it } from "vitest";
import { kMeans } from "../../lib/stats/k-means";
import { byFirstPoint, uniformPoints } from "../support/feature-frame";
// scikit-learn 1.2.1: see validity.py
import { k_means as recorded } from "./validity.json";

it.each(recorded)("is no worse than scikit-learn's best of ten: $name", (set) => {
  const { inertia } = kMeans(set.points, { k: set.k });
  expect(inertia).toBeLessThan(set.inertia * (1 + 1e-6));
});

it("divides a line by hand, into as many clusters as there are different points but no more", () => {
  // centers 1 and 11: 1 + 0 + 1 on either side
  expect(kMeans([[10], [0], [1], [12], [11], [2]], { k: 2 })).toEqual({
    ...{ labels: Int32Array.of(0, 1, 1, 0, 0, 1), centers: [[11], [1]], inertia: 4 },
  });
  const points = [[1], [1], [2], [3], [3]];
  const labels = Int32Array.of(0, 0, 1, 2, 2);
  expect(kMeans(points, { k: 3 })).toMatchObject({ labels, inertia: 0 });
  expect(() => kMeans(points, { k: 4 })).toThrow("from 1 to 3, the number of different points");
});

it("has centers that are means, nearest to their points, and the inertia that follows", () => {
  const points = uniformPoints(2, 60, 3);
  const { labels, centers, inertia } = kMeans(points, { k: 5 });
  const squared = (a: number[], b: number[]) => a.reduce((sum, x, d) => sum + (x - b[d]!) ** 2, 0);
  const nearest = points.map((point, i) => {
    const distances = centers.map((center) => squared(point, center));
    expect(distances[labels[i]!]).toBeCloseTo(Math.min(...distances), 12);
    return Math.min(...distances);
  });
  expect(inertia).toBeCloseTo(
    nearest.reduce((sum, x) => sum + x, 0),
    10,
  );
  centers.forEach((center, label) => {
    const own = points.filter((_, i) => labels[i] === label);
    center.forEach((x, d) => {
      expect(x).toBeCloseTo(own.reduce((total, point) => total + point[d]!, 0) / own.length, 12);
    });
  });
});

it("is the same for the same seed, and whatever the order of points", () => {
  const points = uniformPoints(3, 50, 2);
  const of = (seed: number, some = points) => kMeans(some, { k: 4, seed, starts: 1 });
  expect(of(8)).toEqual(of(8));
  const turned = of(8, points.slice().reverse());
  expect(turned.inertia).toBe(of(8).inertia);
  expect(byFirstPoint(turned.labels.reverse())).toEqual(byFirstPoint(of(8).labels));
  expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => of(seed).inertia)).size).toBeGreaterThan(1);
});
