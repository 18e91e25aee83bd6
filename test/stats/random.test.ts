import { describe, expect, it } from "vitest";
import { randomStream } from "../../lib/stats/random";

const draw = (seed: number, stage: string) => {
  const stream = randomStream(seed, stage);
  return Array.from({ length: 5 }, () => stream.below(1_000_000));
};

describe("randomStream", () => {
  it("repeats itself, and differs by seed and by stage", () => {
    expect(draw(1, "times")).toEqual(draw(1, "times"));
    const streams = [draw(1, "times"), draw(2, "times"), draw(-1, "times"), draw(1, "pages")];
    expect(new Set(streams.map(String)).size).toBe(4);
  });

  it("spreads evenly over its range", () => {
    const stream = randomStream(7, "spread");
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[stream.below(10)]++;
    // Ten thousand each; five standard deviations are 474.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(474);
  });
});
