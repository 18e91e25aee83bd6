import { expect, it } from "vitest";
import { sharedAddresses } from "../../../lib/detect/access/shared-addresses";
import { accessLog, rowsOf } from "../../support/access-log";

const users = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
/** A day of January 2020, of which the 6th is a Monday. */
const day = (n: number) => `2020-01-${String(n).padStart(2, "0")}`;

const CAMPUS = "198.18.0.1";
const PROXY = "198.18.0.2";
const HOME = "198.18.0.3";
const log = accessLog([
  // Twelve at once on Monday and Tuesday; one alone on Saturday.
  ...[6, 7].flatMap((n) =>
    users(12).map((user_id) => ({ at: `${day(n)} 09:00:00`, user_id, ip: CAMPUS, cohort_id: 7 })),
  ),
  { at: `${day(11)} 09:00:00`, user_id: 1, ip: CAMPUS, cohort_id: 7 },
  // As many, one by one.
  ...users(13).map((user_id) => ({ at: `${day(user_id + 5)} 09:00:00`, user_id, ip: PROXY })),
  { at: `${day(6)} 21:00:00`, user_id: 2, ip: HOME, cohort_id: 7 },
  { at: `${day(6)} 22:00:00`, user_id: 3, ip: HOME, cohort_id: 8 },
  { at: `${day(6)} 22:00:00`, user_id: 99, ip: "198.18.0.4" },
]);

it("tells a campus from an address that as many use one by one, a home and a single reader", () => {
  const found = sharedAddresses(log);
  expect(rowsOf(found.select("ip", "users", "cohorts", "rows", "days", "address_kind"))).toEqual([
    [CAMPUS, 12, 1, 25, 3, "campus"],
    [PROXY, 13, 0, 13, 13, "shared"],
    [HOME, 2, 2, 2, 1, "few"],
    ["198.18.0.4", 1, 0, 1, 1, "single"],
  ]);
});

it("shows who was there at the same time, and when", () => {
  const times = ["first_access", "last_access", "most_users_on_a_day", "users_on_a_middle_day"];
  const shares = ["weekday_share", "class_hours_share"];
  const [campus, proxy] = rowsOf(sharedAddresses(log).select(...times, ...shares));
  expect(campus).toEqual(["2020-01-06 09:00:00", "2020-01-11 09:00:00", 12, 12, 24 / 25, 24 / 25]);
  // Of January 6 to 18, the 11th, 12th and 18th are at a weekend.
  expect(proxy!.slice(2)).toEqual([1, 1, 10 / 13, 10 / 13]);
});

it("holds accounts against what a class has, or against a number given", () => {
  // Cohort 7 has 12 users and cohort 8 one: 6.5 is the median.
  expect(sharedAddresses(log).getColumn("score").toArray()).toEqual([0, 2, 2 / 6.5, 1 / 6.5]);
  expect(sharedAddresses(log, { accounts: 1 }).getColumn("score").toArray()).toEqual([0, 13, 2, 1]);
  expect(sharedAddresses(log).getColumn("finding").toArray()).toEqual([
    null,
    "13 accounts of 0 cohorts made 13 requests from 198.18.0.2 on 13 days, 1 at once on a median day and 1 at most, 77% in class hours: unlike a campus, and more than the 6.5 of a class.",
    null,
    null,
  ]);
});

it("does not take a crowd at night for a campus, and writes out what its address hides", () => {
  const crowd = users(12).map((user_id) => ({ at: `${day(6)} 23:00:00`, user_id, ip: "a\u202eb" }));
  const [night] = sharedAddresses(accessLog(crowd)).toRecords();
  expect(night?.address_kind).toBe("shared");
  expect(night?.finding).toContain("from a\\u202eb on");
});
