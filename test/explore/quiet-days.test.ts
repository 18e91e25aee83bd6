import { expect, it } from "vitest";
import { breaks, quietDays } from "../../lib";
import { usHolidays } from "../../lib/explore/us-holidays";
import { accessLog, rowsOf } from "../support/access-log";

const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const MONDAY = Date.UTC(2019, 10, 4) / 86_400_000; // November 4, 2019

/** Ten weeks from a Monday on with 30 pages a day, but for days that are given. */
function tenWeeks(others: Record<string, number>) {
  return accessLog(
    Array.from({ length: 70 }, (_, i) => iso(MONDAY + i)).flatMap((day) =>
      Array.from({ length: others[day] ?? 30 }, (_, n) => ({
        at: `${day} 09:00:${String(n).padStart(2, "0")}`,
      })),
    ),
  );
}

const log = tenWeeks({
  "2019-11-28": 3, // Thanksgiving, a Thursday
  "2019-11-29": 5,
  "2019-12-02": 6,
  "2019-12-07": 0, // a Saturday
  "2019-12-11": 12, // exactly four tenths
  "2019-12-12": 0,
});

it("quietDays finds weekdays far below the same weekday in the weeks around", () => {
  expect(rowsOf(quietDays(log))).toEqual([
    ["2019-11-28", 4, 3, 30, 0.1],
    ["2019-11-29", 5, 5, 30, 5 / 30],
    ["2019-12-02", 1, 6, 30, 0.2],
    ["2019-12-12", 4, 0, 30, 0],
  ]);
});

it("quietDays does not let a break of two weeks become usual", () => {
  const long = tenWeeks(
    Object.fromEntries(Array.from({ length: 14 }, (_, i) => [iso(MONDAY + 28 + i), 1])),
  );
  expect(quietDays(long).height).toBe(10);
});

it("quietDays is as strict as it is told to be", () => {
  expect(quietDays(log, { below: 0.41 }).height).toBe(5);
  expect(quietDays(log, { least: 31 }).height).toBe(0);
});

it("quietDays judges nothing in a log of too few weeks", () => {
  expect(quietDays(accessLog([{ at: "2020-01-06 09:00:00" }])).height).toBe(0);
  expect(quietDays(log, { weeks: 2 ** 31 }).height).toBe(0);
  expect(quietDays(log.head(600)).height).toBe(0);
});

it("breaks puts quiet days together over a weekend, and names the holiday", () => {
  expect(rowsOf(breaks(quietDays(log)))).toEqual([
    ["2019-11-28", "2019-12-02", 3, 14, 90, 14 / 90, "Thanksgiving"],
    ["2019-12-12", "2019-12-12", 1, 0, 30, 0, null],
  ]);
});

it("usHolidays knows the days on which they are observed", () => {
  // As the U.S. Office of Personnel Management lists them; Easter fell on April 12, 2020 and April
  // 4, 2021. January 1, 2022 was a Saturday.
  const listed = {
    2020: "01-01 01-20 02-17 04-10 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 04-02 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24",
  };
  for (const [year, days] of Object.entries(listed)) {
    const found = usHolidays(Number(year)).map(({ day }) => iso(day));
    expect(found).toEqual(days.split(" ").map((day) => `${year}-${day}`));
  }
  expect(iso(usHolidays(2022)[0]!.day)).toBe("2021-12-31");
});
