import { expect, it } from "vitest";
import { manyAddresses, manyAddressesDays } from "../../../lib";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const at = (day: number, time: string, ip: number, user_id = 1): Request => ({
  at: `${new Date(Date.UTC(2020, 0, day)).toISOString().slice(0, 10)} ${time}`,
  user_id,
  ip: `198.18.0.${ip}`,
});

// User 1 in three days; user 2 once.
const few = accessLog([
  at(1, "09:00:00", 1),
  at(1, "09:29:59", 2), // 30 minutes less a second: a change on the way
  at(1, "09:59:59", 1), // 30 minutes: another visit
  at(3, "09:00:00", 3),
  at(4, "09:00:00", 3),
  at(4, "09:00:10", 1),
  at(4, "10:00:00", 9, 2),
]);

it("manyAddressesDays counts addresses, visits and changes of address in the days up to each", () => {
  const found = manyAddressesDays(few, { window: 3 });
  expect(rowsOf(found.drop("score", "finding"))).toEqual([
    // addresses, new ones, visits, switches, usual
    [1, "2020-01-01", 2, 2, 2, 1, 3],
    [1, "2020-01-03", 3, 1, 3, 1, 3],
    [1, "2020-01-04", 2, 0, 2, 1, 3], // the first day is out of the window
    [2, "2020-01-04", 1, 1, 1, 0, 3],
  ]);
});

it("manyAddressesDays scores addresses over the most that are let pass, on days that bring a new one", () => {
  const found = manyAddressesDays(few, { window: 3, times: 0.5, least: 1 });
  // Nine in ten of four days have 3 or fewer; half of that are let pass.
  expect(found.getColumn("score").toArray()).toEqual([2 / 1.5, 3 / 1.5, 0, 1 / 1.5]);
  expect(found.getColumn("finding").toArray()).toEqual([
    "User 1 came from 2 addresses in the 3 days to January 1, 2020, in 2 visits with 1 change of address on the way; nine in ten days of all users come with 3 or fewer.",
    "User 1 came from 3 addresses in the 3 days to January 3, 2020, in 3 visits with 1 change of address on the way; nine in ten days of all users come with 3 or fewer.",
    null,
    null,
  ]);
});

it("manyAddressesDays finds the account that comes from everywhere for two weeks, and only then", () => {
  const log = accessLog([
    ...Array.from({ length: 60 }, (_, d) =>
      Array.from({ length: 9 }, (_, u) => at(d + 1, "10:00:00", u + 1, u + 1)),
    ).flat(),
    // User 1 from eight more on each of days 30 to 43.
    ...Array.from({ length: 14 * 8 }, (_, i) => at(30 + (i % 14), `1${i % 8}:30:00`, 100 + i)),
  ]);
  const flagged = rowsOf(manyAddressesDays(log)).filter((row) => (row[7] as number) > 1);
  expect(flagged.map((row) => row.slice(0, 2))).toEqual(
    Array.from({ length: 14 }, (_, i) => [1, at(30 + i, "", 1).at.trim()]),
  );
});

it("manyAddresses counts each user's addresses over all their time", () => {
  const found = manyAddresses(few, { window: 3 });
  expect(rowsOf(found)).toEqual([
    // addresses, days, most in a window, switches, networks
    [1, 3, 3, 3, 2, 1],
    [2, 1, 1, 1, 0, 1],
  ]);
});

it("manyAddresses takes the first half of an address for its network", () => {
  const ips = [
    "198.18.0.1",
    "198.18.9.1",
    "198.19.0.1",
    "2001:db8:1::1",
    "2001:db8:2::1",
    "x",
    "y",
  ];
  const log = accessLog(ips.map((ip) => ({ at: "2020-01-01 10:00:00", ip })));
  expect(manyAddresses(log).getColumn("networks").toArray()).toEqual([5]);
});
