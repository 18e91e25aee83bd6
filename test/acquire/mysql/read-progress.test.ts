import { expect, it } from "vitest";
import { readProgress } from "../../../lib/acquire/mysql/read-progress";

it("says rows, rate and time left, four times a second at most", () => {
  let time = 0;
  const said: string[] = [];
  const onRows = readProgress("Reading X", 900_223, (text) => said.push(text), {
    now: () => time,
    step: 1,
  });
  for (const [now, rows] of [
    [100, 10],
    [300, 90_000],
    [500, 140_000],
    [600, 200_000],
    [2000, 900_223],
  ] as const) {
    time = now;
    onRows(rows);
  }
  // 200,000 rows in 0.6 s are 333,333 a second; the other 700,223 take 2.1 s
  expect(said).toEqual([
    "Reading X: 900,223 rows, waiting for the first",
    "Reading X: 90,000 of 900,223 rows",
    "Reading X: 200,000 of 900,223 rows, 333,333 a second, about 3 s left",
    "Reading X: 900,223 of 900,223 rows, 450,112 a second, about 0 s left",
  ]);
});

it("looks at the clock now and then only, where rows come one by one", () => {
  let looks = 0;
  const onRows = readProgress("Reading X", 10, () => {}, { now: () => looks++ });
  for (let row = 1; row <= 8192; row++) onRows(row);
  expect(looks).toBe(3);
});
