import { describe, expect, it } from "vitest";
import { pauleMandel } from "../../lib/stats/paule-mandel";

const near = (found: number, wanted: number) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, wanted));

const seven = [0.12, 0.15, 0.11, 0.31, 0.2, 0.18, 0.05];
const variances = [0.001, 0.002, 0.0005, 0.001, 0.004, 0.0008, 0.0015];

describe("pauleMandel", () => {
  // R 4.2.2, metafor 3.8-1: f <- rma(yi=values, vi=variances, method="PM",
  // control=list(tol=1e-14, maxiter=10000)); f$tau2; f$b[1]; f$se^2
  it.each([
    [[0.1, 0.3, 0.9], [0.01, 0.02, 0.01], 0.16283814388065, 0.435809280596748, 0.058682559950271],
    [seven, variances, 0.00560766300997522, 0.158953421710391, 0.00100130773447048],
    [
      [0.2, 0.21, 0.19, 0.2, 0.205],
      [0.001, 0.002, 0.001, 0.003, 0.001],
      0,
      0.2,
      0.00026086956521739,
    ],
    [
      [0, 0, 0, 0.02, 0.4, 0.1],
      [1e-4, 2e-4, 1e-5, 3e-4, 1e-3, 2e-4],
      ...([0.0242551647449368, 0.0848781811744235, 0.00409210172313879] as const),
    ],
    [[0.5, 0.7], [0.004, 0.009], 0.0135, 0.5875, 0.00984375],
  ])("of %j with variances %j is metafor's", (values, own, tauSquared, mean, variance) => {
    const found = pauleMandel(values, own);
    near(found.tauSquared, tauSquared);
    near(found.mean, mean);
    near(found.variance, variance);
  });

  // scipy 1.10.1: brentq for the mean within brentq for tau squared, quad for the expected square
  it.each([
    [seven, 2, 0.006191817541324979, 0.1590083236549142],
    [seven, 1.5, 0.005287580203028634, 0.15316669995233956],
    [[...seven.slice(0, -1), 1.05], 2, 0.030168401025606216, 0.23730615050832224],
  ])("of %j clipped at %d solves Huber's equations", (values, clip, tauSquared, mean) => {
    const found = pauleMandel(values, variances, clip);
    near(found.tauSquared, tauSquared);
    near(found.mean, mean);
  });

  it("has no variance between fewer than two", () => {
    expect(pauleMandel([3], [1])).toEqual({ mean: 3, variance: 1, tauSquared: 0 });
    expect(pauleMandel([], [])).toEqual({ mean: NaN, variance: NaN, tauSquared: 0 });
    expect(pauleMandel([3, 3, 3], [1, 1, 1], 2)).toMatchObject({ mean: 3, tauSquared: 0 });
  });
});
