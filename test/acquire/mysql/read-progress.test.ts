import { expect, it } from "vitest";
import { readProgress } from "../../../lib/acquire/mysql/read-progress";

it("says rows, rate and time left, four times a second at most", () => {
  let time = 0;
  const said: string[] = [];
  const onRows = readProgress("Reading", 900_223, "MySQL X", (text) => said.push(text), {
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
    "Reading 900,223 rows, waiting for the first (MySQL X)",
    "Reading 90,000 of 900,223 rows (MySQL X)",
    "Reading 200,000 of 900,223 rows, about 3 s left, 333,333 a second (MySQL X)",
    "Reading 900,223 of 900,223 rows, about 0 s left, 450,112 a second (MySQL X)",
  ]);
});

it("judges the speed of what goes on after a break by what has come since", () => {
  let time = 0;
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const now = () => time;
  const onRows = readProgress("Reading", 1000, "X", say, { now, from: 600, step: 1 });
  time = 1000;
  onRows(700);
  expect(said).toEqual([
    "Reading 1,000 rows, waiting for the next after 600 (X)",
    "Reading 700 of 1,000 rows, about 3 s left, 100 a second (X)",
  ]);
});

it("looks at the clock now and then only, where rows come one by one", () => {
  let looks = 0;
  const onRows = readProgress("Reading", 10, "MySQL X", () => {}, { now: () => looks++ });
  for (let row = 1; row <= 8192; row++) onRows(row);
  expect(looks).toBe(3);
});
