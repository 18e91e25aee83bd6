import { describe, expect, it } from "vitest";
import { knee } from "../../lib/stats/knee";

describe("knee", () => {
  it("is where the curve lies farthest below the line from end to end", () => {
    // scaled: places 0, 0.25, 0.5, 0.75, 1 less values 0, 0.1, 0.2, 0.3, 1
    expect(knee([0, 1, 2, 3, 10])).toBe(3);
    // Satopaa et al. 2011: y = -1 / x + 5 has its knee at 1 / sqrt(10) of the way, by calculus; turned over here
    const curve = Array.from({ length: 1001 }, (_, i) => 1 / (0.1 + (0.9 * (1000 - i)) / 1000));
    const atX = 0.1 + (0.9 * (1000 - knee(curve)!)) / 1000;
    expect(atX).toBeCloseTo(Math.sqrt(0.1), 3);
  });

  it("is nowhere on a straight line, a flat one, or one that only flattens", () => {
    expect(knee([0, 1, 2, 3, 4])).toBeUndefined();
    expect(knee([0, 1, 2, 2.9, 4])).toBeUndefined(); // by less than a step
    expect(knee([2, 2, 2, 2])).toBeUndefined();
    expect(knee([0, 7, 8, 9, 10])).toBeUndefined();
    expect(knee([0, 10])).toBeUndefined();
  });
});
