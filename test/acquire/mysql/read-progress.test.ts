import { expect, it } from "vitest";
import { readProgress } from "../../../lib/acquire/mysql/read-progress";

/** What is said where so many rows are there at these milliseconds. */
function said(total: number, moments: [number, number][], options = {}): string[] {
  let time = 0;
  const lines: string[] = [];
  const say = (text: string) => lines.push(text);
  const onRows = readProgress("Reading", total, "X", say, { now: () => time, step: 1, ...options });
  for (const [now, rows] of moments) {
    time = now;
    onRows(rows);
  }
  return lines;
}

it("says rows, rate and time left, four times a second at most", () => {
  const moments: [number, number][] = [
    [100, 10],
    [300, 90_000],
    [500, 140_000],
    [600, 200_000],
    [2000, 900_223],
  ];
  // 200,000 rows in 0.6 s are 333,333 a second; the other 700,223 take 2.1 s
  expect(said(900_223, moments)).toEqual([
    "Reading 900,223 rows, waiting for the first (X)",
    "Reading 90,000 of 900,223 rows (X)",
    "Reading 200,000 of 900,223 rows, about 3 s left, 333,333 a second (X)",
    "Reading 900,223 of 900,223 rows, about 0 s left, 450,112 a second (X)",
  ]);
});

it("judges the speed of what goes on after a break by what has come since", () => {
  expect(said(1000, [[1000, 700]], { from: 600 })).toEqual([
    "Reading 1,000 rows, waiting for the next after 600 (X)",
    "Reading 700 of 1,000 rows, about 3 s left, 100 a second (X)",
  ]);
});

it("looks at the clock now and then only, where rows come one by one", () => {
  let looks = 0;
  const onRows = readProgress("Reading", 10, "X", () => {}, { now: () => looks++ });
  for (let row = 1; row <= 8192; row++) onRows(row);
  expect(looks).toBe(3);
});
