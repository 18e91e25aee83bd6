import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { above, campusMove, campusShares, where } from "../../lib";
import { frameOf } from "../../lib/log/frame-of";
import { accessLog, rowsOf } from "../support/access-log";

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
    ["2020-03-17", 0.8, 0.1, 700, 700, 0.001],
  ],
  [
    [...weeks(10, 1), ...weeks(10, 8)],
    ["2020-03-16", 0.1, 0.8, 700, 700, 0.001],
  ],
])("campusMove finds the day from which on students read elsewhere", (counts, move) => {
  expect(rowsOf(campusMove(daily(counts)))).toEqual([move]);
});

it("campusMove takes a little change for no move, however sure it is", () => {
  const row = rowsOf(campusMove(daily([...weeks(30, 8), ...weeks(30, 5)])))[0]!;
  expect(row.slice(0, 3)).toEqual([null, 0.8, 0.5]);
  expect(row[5]).toBeLessThan(0.01);
});

it("campusMove knows no move where the share never changes, or there is nothing", () => {
  for (const frame of [daily(weeks(4, 5)), daily([]), daily([3])]) {
    expect(rowsOf(campusMove(frame))).toEqual([[null, null, null, null, null, null]]);
  }
});

it("campusMove says which day is there twice", () => {
  const twice = pl.concat([daily([1]), daily([1])]);
  expect(() => campusMove(twice)).toThrow("2020-01-06 is there twice");
});
