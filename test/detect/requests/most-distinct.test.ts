import { expect, it } from "vitest";
import { mostDistinct } from "../../../lib/detect/requests/most-distinct";
import { randomIntegers } from "../../support/random";

const paths = Array<string>(7).fill("");

it("counts what follows less than a stretch later, and pages once", () => {
  const log = { time: Float64Array.of(0, 30, 59, 60), page: Int32Array.of(0, 1, 1, 2), paths };
  // 0 to 59 has pages 0 and 1; 30 to 60 has 1 and 2; 60 is a minute after 0.
  expect([...mostDistinct(log, Int32Array.of(0, 4), 60)]).toEqual([2]);
  expect([...mostDistinct(log, Int32Array.of(0, 4), 61)]).toEqual([3]);
});

it("agrees with a slow and obvious version on random logs", () => {
  const random = randomIntegers(7);
  for (let log = 0; log < 200; log++) {
    const spans = Array.from({ length: random(1, 4) }, () =>
      Array.from({ length: random(1, 30) }, () => ({ time: random(0, 40), page: random(0, 6) })),
    );
    for (const span of spans) span.sort((a, b) => a.time - b.time);
    const rows = spans.flat();
    const starts = [0];
    for (const span of spans) starts.push(starts.at(-1)! + span.length);
    const stretch = random(1, 20);
    const time = Float64Array.from(rows, (row) => row.time);
    const page = Int32Array.from(rows, (row) => row.page);
    const obvious = spans.map((span) => {
      const after = (first: number) =>
        span.filter(({ time }) => time >= first && time < first + stretch);
      return Math.max(...span.map(({ time }) => new Set(after(time).map((row) => row.page)).size));
    });
    const most = mostDistinct({ time, page, paths }, Int32Array.from(starts), stretch);
    expect([...most]).toEqual(obvious);
  }
});
