import { expect, it } from "vitest";
import {
  type SlowScrapingDaysOptions,
  slowScrapingDays,
} from "../../../lib/detect/requests/slow-scraping-days";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

/** New pages of a user on days of March 2020. */
const reads = (user_id: number, days: Record<number, number>, more: Partial<Request> = {}) =>
  Object.entries(days).flatMap(([day, count]) =>
    Array.from({ length: count }, (_, i): Request => {
      const time = `${String(Math.floor(i / 60) + 9).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}`;
      const at = `2020-03-${day.padStart(2, "0")} ${time}:00`;
      return { at, path: `${day}/${i}`, user_id, cohort_id: 29, cohort: "Zion", ...more };
    }),
  );
const days = (requests: Request[], options?: SlowScrapingDaysOptions) =>
  rowsOf(slowScrapingDays(accessLog(requests), { leastDays: 1, usualShare: 1, ...options }));

it("sums up new pages beyond the usual, falls on quiet days, and starts anew after a flag", () => {
  const peer = reads(2, { 2: 3, 3: 1, 5: 2 }); // the second's first, second and third day
  const found = days([...reads(1, { 2: 5, 3: 4, 5: 9, 6: 3, 7: 1 }), ...peer], { limit: 10 });
  const [first, , third] = found.slice(5);
  // By hand: 5 - 3; 2 + 4 - 1; 5 - 2 on the day between, + 9 - 2; 10 + 3 - 2; 1 - 2, from 0.
  expect(found.slice(0, 5)).toEqual([
    [1, "2020-03-02", 5, 5, 3, 2, 0.2, null],
    [1, "2020-03-03", 4, 4, 1, 5, 0.5, null],
    [1, "2020-03-05", 9, 9, 2, 10, 1, null],
    [
      ...[1, "2020-03-06", 3, 3, 2, 11, 1.1],
      "User 1 opened 21 pages for the first time from 2020-03-02 to 2020-03-06 (3 on the last day); " +
        "other readers of Zion open at most 2 new ones on 100% of such days (a user's days 3 to 5).",
    ],
    [1, "2020-03-07", 1, 1, 2, 0, 0, null],
  ]);
  // What the first user opens new on such days, at most: 5, and 9.
  expect([first?.slice(4, 6), third?.slice(4, 6)]).toEqual([
    [5, 0],
    [9, 0],
  ]);
});

it("counts a page once, however often it is opened, on whichever day", () => {
  const twice = reads(1, { 2: 60 }).flatMap((one) => [
    one,
    { ...one, at: one.at.replace("03-02", "03-04") },
  ]);
  const found = days([...twice, ...reads(2, { 2: 1, 4: 1 })]);
  expect(found.slice(0, 2).map((row) => row.slice(2, 7))).toEqual([
    [60, 60, 1, 59, 59 / 40],
    [60, 0, 1, 0, 0], // after a flag, from 0
  ]);
});

it("compares users without a cohort with each other, and says so", () => {
  const none = { cohort_id: null, cohort: null };
  const requests = [
    ...reads(1, { 2: 50 }, none),
    ...reads(2, { 2: 4 }, none),
    ...reads(3, { 2: 30 }),
    ...reads(4, { 2: 20 }),
  ];
  expect(days(requests)[0]?.slice(4)).toEqual([
    4,
    46,
    46 / 40,
    "User 1 opened 50 pages for the first time on 2020-03-02; other readers without a cohort open " +
      "at most 4 new ones on 100% of such days (a user's day 1).",
  ]);
  // With too few days of such users, all others are the measure.
  expect(days(requests, { leastDays: 2 })[0]?.slice(4)).toEqual([30, 20, 0.5, null]);
});

it("says nothing of a single reader", () => {
  expect(days(reads(1, { 2: 400 }))).toEqual([[1, "2020-03-02", 400, 400, null, 0, 0, null]]);
});
