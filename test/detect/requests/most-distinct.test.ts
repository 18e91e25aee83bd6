import { describe, expect, it } from "vitest";
import { clockSeconds, mostDistinct } from "../../../lib/detect/requests/most-distinct";
import { randomIntegers } from "../../support/random";

describe("mostDistinct", () => {
  it("counts what follows less than a stretch later, and pages once", () => {
    const log = { time: Float64Array.of(0, 30, 59, 60), page: Int32Array.of(0, 1, 1, 2) };
    const starts = Int32Array.of(0, 4);
    // 0 to 59 has pages 0 and 1; 30 to 60 has 1 and 2; 60 is a minute after 0.
    expect([...mostDistinct(log, { starts, pageCount: 3, stretch: 60 })]).toEqual([2]);
    expect([...mostDistinct(log, { starts, pageCount: 3, stretch: 61 })]).toEqual([3]);
  });

  it("agrees with a slow and obvious version on random logs", () => {
    const random = randomIntegers(7);
    for (let log = 0; log < 200; log++) {
      const lengths = Array.from({ length: random(1, 4) }, () => random(1, 30));
      const starts = Int32Array.from([0, ...lengths], (_, i) =>
        lengths.slice(0, i).reduce((sum, length) => sum + length, 0),
      );
      const spans = lengths.map((length) =>
        Array.from({ length }, () => ({ time: random(0, 40), page: random(0, 6) })).sort(
          (a, b) => a.time - b.time,
        ),
      );
      const rows = spans.flat();
      const stretch = random(1, 20);
      const most = mostDistinct(
        {
          time: Float64Array.from(rows, ({ time }) => time),
          page: Int32Array.from(rows, ({ page }) => page),
        },
        { starts, pageCount: 7, stretch },
      );
      const obvious = spans.map((span) =>
        Math.max(
          ...span.map(
            (first) =>
              new Set(
                span
                  .filter(({ time }) => time >= first.time && time < first.time + stretch)
                  .map(({ page }) => page),
              ).size,
          ),
        ),
      );
      expect([...most]).toEqual(obvious);
    }
  });

  it("takes a second of the clock as it is, before 1970 too", () => {
    expect([...clockSeconds(Float64Array.of(999, 1000, 1999, -1))]).toEqual([0, 1, 1, -1]);
  });
});
