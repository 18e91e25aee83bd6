import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { dbscan, stablePlateau, where } from "../../lib";
import { epsSweep, SWEEP_COLUMNS } from "../../lib/group/eps-sweep";
import { USAGE_FEATURES, usageFeatures } from "../../lib/group/usage-features";
import { frameOf } from "../../lib/log/frame-of";
import { blobs, CORNERS, featureFrame, featuresOf, uniformPoints } from "../support/feature-frame";
import { hasRealUsage, REAL_USAGE, realUsageNote } from "../support/usage";

const TWO = ["222", "222"];
const MAP = [
  "4411111", //
  "4333331",
  "1333331",
  "1333331",
  "1122221",
  "1122221",
];

/** A sweep written as a map: rows are `eps`, columns `min_samples`, a number of clusters each. */
function sweepOf(map: string[], change: (row: number, column: number) => object = () => ({})) {
  const rows = map.flatMap((line, r) =>
    [...line].map((clusters, c) => ({
      ...{ type: "a", eps: r + 1, min_samples: c + 1, clusters: Number(clusters) },
      ...{ noise: 1, noise_share: 0.1, silhouette: 0.5, silhouette_without_noise: 0.5 },
      ...{ neighbor_agreement: 0.95, ...change(r, c) },
    })),
  );
  return frameOf(rows, "type", ...SWEEP_COLUMNS);
}
const plateauOf = (...given: Parameters<typeof stablePlateau>) =>
  stablePlateau(...given).toRecords()[0] as Record<string, unknown>;

it("takes the middle of the largest plateau, not the setting that scores best", () => {
  const best = { silhouette: 0.99, silhouette_without_noise: 0.99, neighbor_agreement: 1 };
  const lucky = sweepOf(MAP, (row, column) => (row === 0 && column === 0 ? best : {}));
  expect(plateauOf(lucky.sort("clusters"))).toMatchObject({
    ...{ holds: true, clusters: 3, eps: 3, min_samples: 3, settings: 15 },
    ...{ eps_from: 2, eps_to: 4, min_samples_from: 2, min_samples_to: 6 },
    reason: "3 groups hold over 15 of 42 settings",
  });
  // Of settings as deep inside, the one that agrees best.
  const agrees = sweepOf(MAP, (row, column) =>
    row === 2 && column === 4 ? { neighbor_agreement: 0.97 } : {},
  );
  expect(plateauOf(agrees)).toMatchObject({ eps: 3, min_samples: 5 });
});

it.each([
  ["noise_share", 0.3, {}],
  ["neighbor_agreement", 0.85, {}],
  ["silhouette_without_noise", 0.2, {}],
  ["noise_share", 0.2, { maxNoiseShare: 0.15 }],
  ["neighbor_agreement", 0.955, { minAgreement: 0.96 }],
])("passes by settings whose %s is %d", (name, value, options) => {
  const elsewhere = name === "neighbor_agreement" ? { [name]: 0.99 } : {};
  const spoiled = sweepOf(MAP, (row, column) =>
    MAP[row]![column] === "3" ? { [name]: value } : elsewhere,
  );
  expect(plateauOf(spoiled, options)).toMatchObject({ clusters: 2, settings: 8 });
});

it.each([
  [["111", "100"], {}, "no setting forms two groups"],
  [TWO, { noise_share: 0.4 }, /^every setting with two groups or more leaves over 25% of users/],
  [TWO, { neighbor_agreement: 0.5 }, /^groups change from .*: agreement stays below 0.9$/],
  [TWO, { silhouette_without_noise: 0.1 }, /do not lie apart: their silhouette stays below 0.25$/],
  // a line of settings, and a plateau too small
  [["222", "111"], {}, /less than 20% of the settings, or along one line of them$/],
  [["221111", "221111", "111111", "111111"], {}, /^groups hold over less than 20%/],
])("says in words why nothing holds in %j", (map, cell, reason) => {
  const found = plateauOf(
    sweepOf(map, () => cell),
    { minShare: 0.2 },
  );
  expect(found).toMatchObject({ holds: false, eps: null, settings: null });
  expect(found.reason).toMatch(reason);
});

it("finds planted groups, and says that nothing holds where there are none", () => {
  const planted = epsSweep(featureFrame(blobs(4, CORNERS, 30, 0.4)), { features: featuresOf(2) });
  expect(plateauOf(planted)).toMatchObject({ holds: true, clusters: 3, noise: 0 });
  for (const points of [uniformPoints(1, 100, 2), uniformPoints(2, 60, 5)]) {
    const features = featuresOf(points[0]!.length);
    expect(plateauOf(epsSweep(featureFrame(points), { features })).holds).toBe(false);
  }
});

it("takes grids of one setting in a direction, and of one setting", () => {
  const line = { eps: [0.3], minSamples: [1, 2, 3, 4], features: featuresOf(1) };
  const sweep = epsSweep(featureFrame([0, 0.1, 0.2, 5, 5.1, 5.2].map((x) => [x])), line);
  expect(plateauOf(sweep)).toMatchObject({ clusters: 2, min_samples: 1, settings: 2 });
  const one = sweep.head(1).withColumns(pl.lit(1).alias("neighbor_agreement"));
  expect(plateauOf(one)).toMatchObject({ holds: true, settings: 1 });
});

it.skipIf(!hasRealUsage)(
  `finds two groups that hold in the case study's file, which two features make alone${realUsageNote}`,
  () => {
    const features = usageFeatures(pl.readCSV(REAL_USAGE));
    const plateaus = stablePlateau(epsSweep(features));
    expect(plateaus.getColumn("clusters").toArray()).toEqual([2, 2, 2, 2, 2]);
    // Users whose calls never change are given 1 and 0 by definition: one group; all others: the other.
    for (const { type, eps, min_samples } of plateaus.toRecords()) {
      const own = where(features, { type: String(type) });
      const points = own.select(...USAGE_FEATURES).rows() as number[][];
      const labels = dbscan(points, { eps: Number(eps), minSamples: Number(min_samples) });
      const steady = own.getColumn("sd_usage_scaled").toArray();
      const kinds = Array.from(labels, (label, i) => `${label} ${label === -1 || steady[i] === 0}`);
      expect(new Set(kinds.filter((kind) => kind !== "-1 true")).size).toBe(2);
    }
    const others = stablePlateau(epsSweep(features, { features: USAGE_FEATURES.slice(0, 5) }));
    expect(others.getColumn("holds").toArray()).toEqual([false, false, false, false, false]);
  },
);
