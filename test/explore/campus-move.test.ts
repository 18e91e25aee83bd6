import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, campusMove, campusShares, where } from "../../lib";
import { frameOf } from "../../lib/log/frame-of";
import { accessLog, rowsOf } from "../support/access-log";
import { randomIntegers } from "../support/random";

const [CAMPUS, HOME] = ["198.18.0.1", "198.18.0.2"];
const addresses = pl.DataFrame({ ip: [CAMPUS, HOME], address_kind: ["campus", "few"] });

// January 6, 2020 is a Monday.
const log = accessLog([
  { at: "2020-01-06 09:00:00", cohort_id: 7, ip: CAMPUS },
  { at: "2020-01-12 09:00:00", cohort_id: 7, ip: HOME },
  { at: "2020-01-12 09:00:01", cohort_id: 28, ip: CAMPUS }, // Staff
  { at: "2020-01-12 09:00:01", ip: CAMPUS }, // of no cohort
  { at: "2020-01-20 09:00:00", cohort_id: 7, ip: CAMPUS },
]);

it("campusShares counts students' requests by week from Monday, quiet weeks too", () => {
  expect(rowsOf(campusShares(log, addresses))).toEqual([
    ["2020-01-06", 2, 1, 0.5],
    ["2020-01-13", 0, 0, null],
    ["2020-01-20", 1, 1, 1],
  ]);
  // Without a campus shares are 0.
  expect(rowsOf(campusShares(log, addresses.head(0)))[0]).toEqual(["2020-01-06", 2, 0, 0]);
});

it("campusShares counts by day as well", () => {
  const daily = campusShares(log, addresses, { every: "day" });
  expect(daily.height).toBe(15);
  expect(rowsOf(where(daily, { requests: above(0) }))).toEqual([
    ["2020-01-06", 1, 1, 1],
    ["2020-01-12", 1, 0, 0],
    ["2020-01-20", 1, 1, 1],
  ]);
});

/** Ten requests a day from January 6, 2020 on, so many of them from campus; none where it is below 0. */
const daily = (campus: number[]) =>
  frameOf(
    campus.map((count, i) => ({
      period: Date.UTC(2020, 0, 6) / 86_400_000 + i,
      requests: count < 0 ? 0 : 10,
      campus_requests: Math.max(0, count),
    })),
    ...(["period", "requests", "campus_requests"] as const),
  );

const weeks = (n: number, count: number) => Array.from({ length: 7 * n }, () => count);

// Ten weeks, then a day without requests, then ten other weeks; and a move back to campus.
it.each([
  [
    [...weeks(10, 8), -1, ...weeks(10, 1)],
    ["2020-03-17", 0.8, 0.1, "2020-01-06", "2020-05-25", 700, 700],
  ],
  [
    [...weeks(10, 1), ...weeks(10, 8)],
    ["2020-03-16", 0.1, 0.8, "2020-01-06", "2020-05-24", 700, 700],
  ],
])("campusMove finds the day from which on students read elsewhere", (counts, move) => {
  const [row] = rowsOf(campusMove(daily(counts)));
  expect(row!.slice(0, 7)).toEqual(move);
  expect(row![7]).toBeNull(); // twenty weeks are too few to know what chance does
});

it("campusMove quotes the shares next to the move, and no p-value of one in steps", () => {
  // 8 to 9 of 10, then six weeks of 5 and a hundred of none.
  const random = randomIntegers(1);
  const early = weeks(100, 0).map(() => random(8, 9));
  const row = rowsOf(campusMove(daily([...early, ...weeks(6, 5), ...weeks(100, 0)])))[0]!;
  expect(row.slice(0, 5)).toEqual(["2022-01-17", 0.5, 0, "2021-12-06", "2023-12-17"]);
  expect(row[7]).toBeNull();
  expect(row[8]).toBeGreaterThan(0.3);
});

it("campusMove takes a little change for no move, however sure it is", () => {
  const row = rowsOf(campusMove(daily([...weeks(80, 8), ...weeks(80, 5)])))[0]!;
  expect(row.slice(0, 7)).toEqual(new Array(7).fill(null));
  expect(row[7]).toBeLessThan(0.02);
});

it("campusMove tells the last move where the first was taken back", () => {
  const counts = [...weeks(30, 8), ...weeks(30, 1), ...weeks(30, 8)];
  expect(rowsOf(campusMove(daily(counts)))[0]!.slice(0, 3)).toEqual(["2021-03-01", 0.1, 0.8]);
});

it("campusMove knows no move where the share never changes, or there is nothing", () => {
  for (const frame of [daily(weeks(4, 5)), daily([]), daily([3])]) {
    expect(rowsOf(campusMove(frame))).toEqual([new Array(10).fill(null)]);
  }
});

it("campusMove says which day is there twice", () => {
  const twice = pl.concat([daily([1]), daily([1])]);
  expect(() => campusMove(twice)).toThrow("2020-01-06 is there twice");
});
