import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { epsSweep } from "../../lib/group/eps-sweep";
import { stablePlateau } from "../../lib/group/stable-plateau";
import { USAGE_FEATURES } from "../../lib/group/usage-feature-columns";
import { usageFeatures } from "../../lib/group/usage-features";
import { frameOf } from "../../lib/log/frame-of";
import { dbscan } from "../../lib/stats/dbscan";
import { rowsOf } from "../support/access-log";
import {
  blobs,
  byFirstPoint,
  featureFrame,
  featuresOf,
  uniformPoints,
} from "../support/feature-frame";
import { hasRealUsage, REAL_USAGE, realUsageNote } from "../support/usage";

/** A sweep written as a map: rows are `eps`, columns `min_samples`, a number of clusters each. */
function sweepOf(map: string[], change: (row: number, column: number) => object = () => ({})) {
  const rows = map.flatMap((line, r) =>
    [...line].map((clusters, c) => ({
      type: "a",
      eps: r + 1,
      min_samples: c + 1,
      clusters: Number(clusters),
      noise: 1,
      noise_share: 0.1,
      silhouette: 0.5,
      silhouette_without_noise: 0.5,
      neighbor_agreement: 0.95,
      ...change(r, c),
    })),
  );
  return frameOf(
    rows,
    "type",
    "eps",
    "min_samples",
    "clusters",
    "noise",
    "noise_share",
    "silhouette",
    "silhouette_without_noise",
    "neighbor_agreement",
  );
}
const only = (frame: pl.DataFrame) => frame.toRecords()[0] as Record<string, unknown>;

describe("stablePlateau", () => {
  const map = [
    "4411111", //
    "4333331",
    "1333331",
    "1333331",
    "1122221",
    "1122221",
  ];

  it("takes the middle of the largest plateau, not the setting that scores best", () => {
    const lucky = (row: number, column: number) =>
      row === 0 && column === 0
        ? { silhouette: 0.99, silhouette_without_noise: 0.99, neighbor_agreement: 1 }
        : {};
    expect(only(stablePlateau(sweepOf(map, lucky)))).toMatchObject({
      holds: true,
      clusters: 3,
      eps: 3,
      min_samples: 3,
      settings: 15,
      eps_from: 2,
      eps_to: 4,
      min_samples_from: 2,
      min_samples_to: 6,
      reason: "3 groups hold over 15 of 42 settings",
    });
    // Of settings as deep inside, the one that agrees best.
    const agrees = (row: number, column: number) =>
      row === 2 && column === 4 ? { neighbor_agreement: 0.97 } : {};
    expect(only(stablePlateau(sweepOf(map, agrees)))).toMatchObject({ eps: 3, min_samples: 5 });
  });

  it.each([
    ["noise_share", 0.3, {}],
    ["neighbor_agreement", 0.85, {}],
    ["silhouette_without_noise", 0.2, {}],
    ["noise_share", 0.2, { maxNoiseShare: 0.15 }],
    ["neighbor_agreement", 0.955, { minAgreement: 0.96 }],
  ])("passes by settings whose %s is %d", (name, value, options) => {
    const elsewhere = name === "neighbor_agreement" ? { [name]: 0.99 } : {};
    const spoiled = sweepOf(map, (row, column) =>
      map[row]![column] === "3" ? { [name]: value } : elsewhere,
    );
    expect(only(stablePlateau(spoiled, options))).toMatchObject({ clusters: 2, settings: 8 });
  });

  it("says in words why nothing holds", () => {
    const reason = (map: string[], cell = {}) =>
      only(
        stablePlateau(
          sweepOf(map, () => cell),
          { minShare: 0.2 },
        ),
      );
    expect(reason(["111", "100"])).toMatchObject({
      holds: false,
      reason: "no setting forms two groups",
      eps: null,
      settings: null,
    });
    expect(reason(["222", "222"], { noise_share: 0.4 }).reason).toBe(
      "every setting with two groups or more leaves over 25% of users without one",
    );
    expect(reason(["222", "222"], { neighbor_agreement: 0.5 }).reason).toBe(
      "groups change from each setting to the next: agreement stays below 0.9",
    );
    expect(reason(["222", "222"], { silhouette_without_noise: 0.1 }).reason).toBe(
      "groups that are stable do not lie apart: their silhouette stays below 0.25",
    );
    // a line of settings, and a plateau too small
    expect(reason(["222", "111"]).reason).toContain("less than 20% of the settings, or along one");
    expect(reason(["221111", "221111", "111111", "111111"]).holds).toBe(false);
  });

  it("finds planted groups", () => {
    const points = blobs(
      4,
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
      30,
      0.4,
    );
    const plateau = only(
      stablePlateau(epsSweep(featureFrame(points), { features: featuresOf(2) })),
    );
    expect(plateau).toMatchObject({ holds: true, clusters: 3, noise: 0 });
    const labels = dbscan(points, {
      eps: plateau.eps as number,
      minSamples: plateau.min_samples as number,
    });
    expect(byFirstPoint(labels)).toEqual(points.map((_, i) => Math.floor(i / 30)));
  });

  it("says that nothing holds where there are no groups", () => {
    const plain = [1, 2, 3].flatMap((seed) => [
      epsSweep(featureFrame(uniformPoints(seed, 100, 2)), { features: featuresOf(2) }),
      epsSweep(featureFrame(uniformPoints(seed, 60, 5)), { features: featuresOf(5) }),
    ]);
    expect(plain.map((sweep) => only(stablePlateau(sweep)).holds)).toEqual(plain.map(() => false));
  });

  it("takes grids of one setting in a direction, of one setting, and none", () => {
    const line = { eps: [0.3], minSamples: [1, 2, 3, 4], features: featuresOf(1) };
    const sweep = epsSweep(featureFrame([0, 0.1, 0.2, 5, 5.1, 5.2].map((x) => [x])), line);
    expect(only(stablePlateau(sweep))).toMatchObject({ clusters: 2, min_samples: 1, settings: 2 });
    const one = sweep.head(1).withColumns(pl.lit(1).alias("neighbor_agreement"));
    expect(only(stablePlateau(one))).toMatchObject({ holds: true, settings: 1 });
    expect(rowsOf(stablePlateau(sweep.head(0)))).toEqual([]);
  });

  it.skipIf(!hasRealUsage)(
    `finds two groups that hold in the case study's file, which two features make alone${realUsageNote}`,
    () => {
      const features = usageFeatures(pl.readCSV(REAL_USAGE));
      const plateaus = stablePlateau(epsSweep(features));
      expect(plateaus.getColumn("clusters").toArray()).toEqual([2, 2, 2, 2, 2]);
      // Users whose calls never change are given 1 and 0 by definition: one group; all others: the other.
      for (const { type, eps, min_samples } of plateaus.toRecords()) {
        const own = features.filter(pl.col("type").eq(pl.lit(String(type))));
        const labels = dbscan(own.select(...USAGE_FEATURES).rows() as number[][], {
          eps: Number(eps),
          minSamples: Number(min_samples),
        });
        const groupOf = new Map<boolean, Set<number>>([
          [true, new Set()],
          [false, new Set()],
        ]);
        own
          .getColumn("sd_usage_scaled")
          .toArray()
          .forEach((sd, i) => {
            if (labels[i] !== -1) groupOf.get(sd === 0)!.add(labels[i]!);
          });
        expect([...groupOf.values()].map((groups) => groups.size)).toEqual([1, 1]);
        expect(groupOf.get(true)).not.toEqual(groupOf.get(false));
      }
      const others = stablePlateau(epsSweep(features, { features: USAGE_FEATURES.slice(0, 5) }));
      expect(others.getColumn("holds").toArray()).toEqual([false, false, false, false, false]);
    },
  );

  it("does not depend on the order of rows", () => {
    const sweep = sweepOf(map);
    expect(only(stablePlateau(sweep.sort("clusters")))).toEqual(only(stablePlateau(sweep)));
  });

  it("says what it needs", () => {
    expect(() => stablePlateau(sweepOf(map), { maxNoiseShare: 1.1 })).toThrow(RangeError);
    expect(() => stablePlateau(sweepOf(map), { minShare: Number.NaN })).toThrow("got NaN");
    expect(() => stablePlateau(sweepOf(map).drop("eps"))).toThrow("needs column eps");
  });
});
