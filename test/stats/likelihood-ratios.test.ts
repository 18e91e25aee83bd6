import { expect, it } from "vitest";
import { likelihoodRatios } from "../../lib/stats/likelihood-ratios";

// What it gives is tested with its user: test/detect/access/staff-candidates.test.ts.
it("refuses NaN", () => {
  const measures = [Float64Array.of(1, 2, 8, 9), Float64Array.of(1, 2, Number.NaN, 9)];
  expect(() => likelihoodRatios(measures, [false, false, true, true], 2)).toThrow(
    "likelihoodRatios needs numbers, got NaN at 2",
  );
});
