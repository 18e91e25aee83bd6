import { describe, expect, it } from "vitest";
import { theilSenSlope } from "../../lib/stats/theil-sen-slope";

describe("theilSenSlope", () => {
  it("is the median of the slopes of all pairs", () => {
    // scipy 1.10: stats.theilslopes([1, 3, 2, 8, 5, 13, 4, 4], range(8))[0]
    expect(theilSenSlope([1, 3, 2, 8, 5, 13, 4, 4])).toBeCloseTo(0.5, 12);
    expect(theilSenSlope([5])).toBe(0);
  });
});
