import { createHash } from "node:crypto";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { dbscan, groupUsers, silhouetteScore, usageFeatures } from "../../lib";
import { hasRealUsage, REAL_USAGE, realUsageNote } from "../support/usage";
// What scikit-learn 1.2.1 and pandas 1.5.3 make of the same: see parity.py
import recorded from "./parity.json";

/** The sets that parity.py makes, by their names. */
const SETS: Record<string, number[][]> = {
  blobs: blobs(1, 300, 2, 4, 0.1),
  "blobs in 7 dimensions, more than are compared pair by pair": blobs(2, 2500, 7, 6, 0.2),
  "blobs in 10 dimensions": blobs(3, 1500, 10, 3, 0.2),
  moons: moons(4, 400),
  "moons of many points": moons(5, 3000),
  duplicates: grid(6, 400, 2, 12),
  "duplicates, more than are compared pair by pair": grid(7, 2000, 3, 9),
  "all coincide": Array.from({ length: 1200 }, () => [0.3, 0.3]),
  "one point": [[1, 2, 3]],
  "one point, noise": [[1, 2, 3]],
  "all noise": scattered(8, 1500, 7),
  "one cluster": scattered(9, 1500, 2),
  collinear: Array.from({ length: 1200 }, (_, i) => [3 * i, i]),
  "every point a cluster": Array.from({ length: 1200 }, (_, i) => [3 * i, i]),
};

describe("dbscan and silhouetteScore equal scikit-learn's on", () => {
  it.each(recorded.sets)("$name", ({ name, eps, min_samples, ...expected }) => {
    const points = SETS[name]!;
    const labels = dbscan(points, { eps, minSamples: min_samples });
    const { silhouette } = expected;
    expect({ ...inShort(labels), silhouette }).toEqual(expected);
    if (silhouette === null) expect(() => silhouetteScore(points, labels)).toThrow(RangeError);
    else expect(Math.abs(silhouetteScore(points, labels) - silhouette)).toBeLessThan(1e-10);
  });
});

describe.skipIf(!hasRealUsage)(`on the case study's own file${realUsageNote}`, () => {
  const usage = hasRealUsage ? pl.readCSV(REAL_USAGE) : pl.DataFrame();
  const features = hasRealUsage ? usageFeatures(usage) : pl.DataFrame();
  const rows = features.rows() as [number, string, ...number[]][];

  it("features have scikit-learn's weighted means", () => {
    expect(rows.length).toBe(recorded.features.pairs);
    const weights = (rows.length * (rows.length + 1)) / 2;
    recorded.features.weighted.forEach((expected, feature) => {
      const sum = rows.reduce((all, row, i) => all + (i + 1) * (row[feature + 2] as number), 0);
      expect(Math.abs(sum / weights - expected)).toBeLessThan(1e-12);
    });
  });

  it("all 110 settings have scikit-learn's labels and silhouettes", () => {
    const { sweep } = groupUsers(usage);
    const found = sweep.rows() as [string, number, number, number, number | null][];
    expect(found.length).toBe(110);
    recorded.settings.forEach(({ type, min_samples, silhouette, ...expected }, i) => {
      const points = rows.filter((row) => row[1] === type).map((row) => row.slice(2) as number[]);
      const where = `${type} ${min_samples}`;
      const labels = dbscan(points, { eps: 0.15, minSamples: min_samples });
      expect(inShort(labels), where).toEqual(expected);
      const { clusters, noise } = expected;
      const score = silhouette === null ? null : expect.closeTo(silhouette, 10);
      expect(found[i], where).toEqual([type, min_samples, clusters, noise, score]);
    });
  });
});

function inShort(labels: Int32Array): { clusters: number; noise: number; sha256: string } {
  return {
    clusters: labels.reduce((most, label) => Math.max(most, label + 1), 0),
    noise: labels.filter((label) => label === -1).length,
    sha256: createHash("sha256").update(labels.join(",")).digest("hex"),
  };
}

/** Numbers from 0 to 1: Knuth and Lewis's linear congruential generator. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function blobs(seed: number, count: number, dimensions: number, centers: number, spread: number) {
  const random = numbers(seed);
  const middles = times(centers, () => times(dimensions, random));
  return times(count, (i) =>
    middles[i % centers]!.map((middle) => middle + spread * (random() + random() - 1)),
  );
}

function moons(seed: number, count: number) {
  const random = numbers(seed);
  return times(count, (i) => {
    const x = 2 * random() - 1;
    const y = 1 - x * x + 0.1 * random();
    return i % 2 === 0 ? [x, y] : [x + 1, 0.5 - y];
  });
}

function scattered(seed: number, count: number, dimensions: number) {
  const random = numbers(seed);
  return times(count, () => times(dimensions, random));
}

function grid(seed: number, count: number, dimensions: number, steps: number) {
  return scattered(seed, count, dimensions).map((point) => point.map((x) => Math.floor(steps * x)));
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
