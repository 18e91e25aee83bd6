import { describe, expect, it } from "vitest";
import { manyAddresses } from "../../../lib/detect/access/many-addresses";
import { manyAddressesDays } from "../../../lib/detect/access/many-addresses-days";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import { randomIntegers } from "../../support/random";

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

describe("manyAddressesDays", () => {
  it("counts addresses, visits and changes of address in the days up to each", () => {
    const found = manyAddressesDays(few, { window: 3 });
    expect(rowsOf(found.drop("score", "finding"))).toEqual([
      // addresses, new ones, visits, switches, usual
      [1, "2020-01-01", 2, 2, 2, 1, 3],
      [1, "2020-01-03", 3, 1, 3, 1, 3],
      [1, "2020-01-04", 2, 0, 2, 1, 3], // the first day is out of the window
      [2, "2020-01-04", 1, 1, 1, 0, 3],
    ]);
  });

  it("scores addresses over the most that are let pass, on days that bring a new one", () => {
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

  it("finds the account that comes from everywhere for two weeks, and only then", () => {
    const log = accessLog([
      ...Array.from({ length: 60 }, (_, d) =>
        Array.from({ length: 9 }, (_, u) => at(d + 1, "10:00:00", u + 1, u + 1)),
      ).flat(),
      // User 1 from eight more on each of days 30 to 43.
      ...Array.from({ length: 14 * 8 }, (_, i) => at(30 + (i % 14), `1${i % 8}:30:00`, 100 + i)),
    ]);
    const flagged = rowsOf(manyAddressesDays(log)).filter((row) => (row[7] as number) > 1);
    expect(flagged.map((row) => row.slice(0, 2))).toEqual(
      Array.from({ length: 14 }, (_, i) => [1, i < 2 ? `2020-01-${30 + i}` : dayOfFebruary(i - 1)]),
    );
  });

  it.each([1, 2])(
    "agrees with a slow and obvious version in any order of rows, seed %i",
    (seed) => {
      const random = randomIntegers(seed);
      const requests = Array.from({ length: 300 }, () =>
        at(
          random(1, 40),
          `${10 + random(0, 9)}:${10 + random(0, 49)}:00`,
          random(1, 9),
          random(1, 3),
        ),
      );
      const window = random(1, 9);
      const found = rowsOf(manyAddressesDays(accessLog(requests), { window }));
      expect(found.map((row) => row.slice(0, 6))).toEqual(obvious(requests, window));
      expect(rowsOf(manyAddressesDays(accessLog(requests.reverse()), { window }))).toEqual(found);
    },
  );

  it("says what it needs", () => {
    expect(() => manyAddressesDays(few, { window: 1.5 })).toThrow(
      "manyAddressesDays needs window to be an integer of at least 1, got 1.5",
    );
    for (const name of ["times", "least", "pause"]) {
      expect(() => manyAddressesDays(few, { [name]: 0 })).toThrow(`${name} to be above 0, got 0`);
    }
    expect(() => manyAddressesDays(few.drop("ip"))).toThrow("manyAddressesDays needs column ip");
  });
});

function dayOfFebruary(n: number): string {
  return `2020-02-${String(n).padStart(2, "0")}`;
}

/** The definitions, from scratch for every user and day. */
function obvious(requests: Request[], window: number): unknown[][] {
  const sorted = [...requests].sort((a, b) => (a.at + a.ip! < b.at + b.ip! ? -1 : 1));
  const dayOf = ({ at: text }: Request) => Date.parse(text.slice(0, 10)) / 86_400_000;
  const secondOf = ({ at: text }: Request) => Date.parse(`${text.replace(" ", "T")}Z`) / 1000;
  return [...new Set(sorted.map((request) => request.user_id!))]
    .sort((a, b) => a - b)
    .flatMap((user) => {
      const own = sorted.filter((request) => request.user_id === user);
      return [...new Set(own.map(dayOf))].map((day) => {
        const isWithin = (request: Request) =>
          dayOf(request) <= day && dayOf(request) > day - window;
        const goesOn = (i: number) => i > 0 && secondOf(own[i]!) - secondOf(own[i - 1]!) < 1800;
        const before = new Set(own.filter((request) => dayOf(request) < day).map(({ ip }) => ip));
        const today = own.filter((request) => dayOf(request) === day).map(({ ip }) => ip);
        return [
          user,
          new Date(86_400_000 * day).toISOString().slice(0, 10),
          new Set(own.filter(isWithin).map(({ ip }) => ip)).size,
          new Set(today.filter((ip) => !before.has(ip))).size,
          own.filter((request, i) => isWithin(request) && !goesOn(i)).length,
          own.filter((r, i) => isWithin(r) && goesOn(i) && r.ip !== own[i - 1]!.ip).length,
        ];
      });
    });
}

describe("manyAddresses", () => {
  it("counts each user's addresses over all their time", () => {
    const found = manyAddresses(few, { window: 3 });
    expect(rowsOf(found.drop("finding"))).toEqual([
      // addresses, days, most in a window, switches, networks; the fence is 2.5 + 3 * 1 = 5.5
      [1, 3, 3, 3, 2, 1, 3 / 5.5],
      [2, 1, 1, 1, 0, 1, 1 / 5.5],
    ]);
  });

  it("flags who lies beyond the outer fence, and more than 5", () => {
    const log = accessLog([
      ...Array.from({ length: 9 }, (_, u) => at(1, "10:00:00", 1, u + 2)),
      ...Array.from({ length: 6 }, (_, i) => at(i + 1, "10:00:00", i + 1)),
    ]);
    expect(rowsOf(manyAddresses(log).select("user_id", "score", "finding"))[0]).toEqual([
      1,
      6 / 5,
      "User 1 came from 6 addresses of 1 network on 6 days, from up to 6 within 14 days; by what others have, 5 are the most to be expected.",
    ]);
    expect(manyAddresses(log).getColumn("score").sum()).toBeCloseTo(6 / 5 + 9 / 5, 12);
  });

  it("takes the first half of an address for its network", () => {
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

  it("counts nobody in an empty log", () => {
    expect(manyAddresses(accessLog([])).height).toBe(0);
    expect(manyAddressesDays(accessLog([])).height).toBe(0);
  });
});
