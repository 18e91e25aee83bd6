import { expect, it } from "vitest";
import { autocorrelation, blockLength } from "../../lib/stats/block-length";

const series = (phi: number, length: number) => {
  const values = [0];
  for (let i = 1; i < length; i++) values.push(phi * values[i - 1]! + Math.sin(i * i));
  return values;
};

// Python 3.11.2, arch 8.0.0: optimal_block_length(series)["circular"]. It divides an autocovariance
// by both parts' own variances before it asks whether it is small, the paper by the whole's: so they
// differ where one lies at the limit, as at phi 0.7 and length 170 (10.29 there, 9.49 here).
it.each([
  [0, 60, 2.778044311025113],
  [0, 170, 1.3011452030530815],
  [0.3, 170, 4.792380430094307],
  [0.5, 170, 6.914004847484754],
  [0.7, 1000, 20.695538393546215],
  [0.9, 170, 18.09731865631313],
  [0.9, 1000, 21.8562086175336],
  [-0.5, 170, 8.366190738884658],
])("blockLength at phi %d and length %i is arch's", (phi, length, expected) => {
  expect(blockLength(series(phi, length))).toBeCloseTo(expected, 10);
});

it("blockLength is limited, and 0 where nothing can be alike", () => {
  const trend = Array.from({ length: 30 }, (_, i) => i);
  expect(blockLength(trend)).toBeCloseTo(7.627039768198105, 10); // arch
  const steps = Array.from({ length: 200 }, (_, i) => Math.floor(i / 100));
  expect(blockLength(steps)).toBeLessThanOrEqual(43); // 3 * sqrt(200)
  expect([[], [3], [3, 3, 3]].map(blockLength)).toEqual([0, 0, 0]);
});

it("autocorrelation is that of neighbors", () => {
  // Mean 0: (1 * -1) * 3 by 4; and (-1.5 * -0.5 - 0.5 * 0.5 + 0.5 * 1.5) by 5.
  expect(autocorrelation([1, -1, 1, -1])).toBe(-0.75);
  expect(autocorrelation([0, 1, 2, 3])).toBe(0.25);
  expect(autocorrelation([2, 2, 2])).toBe(0);
});
