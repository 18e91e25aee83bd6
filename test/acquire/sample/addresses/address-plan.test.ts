import { beforeAll, describe, expect, it } from "vitest";
import {
  assignAddresses,
  plainAddresses,
} from "../../../../lib/acquire/sample/addresses/address-plan";
import type { RowAddresses, Visits } from "../../../../lib/acquire/sample/addresses/address-visits";
import { clockSeconds, isoDay, isWeekend } from "../../../../lib/acquire/sample/days/log-days";
import { GROUPS } from "../../../../lib/acquire/sample/groups";
import type { SampleRows } from "../../../../lib/acquire/sample/log-rows";
import { sampleRows } from "../../../../lib/acquire/sample/sample-rows";
import { wholeRows } from "../../../support/samples";

const SECONDS_PER_DAY = 86_400;
const MOST_GAP = 25 * 60;
const SCRAPE = "204.44.112.76";
const CAMPUS = ["97.105.19.61", "97.105.19.58"];

/** Published users with many addresses (`ips.ips_per_user_joined.top`). */
const TOP_USERS: Record<number, number> = {
  228: 148,
  843: 126,
  533: 92,
  690: 88,
  530: 86,
  226: 83,
  460: 82,
  590: 75,
  127: 67,
  337: 57,
  570: 52,
  314: 49,
  580: 42,
  304: 42,
  315: 42,
};

/** Visits as a sample has them: a user's rows without long gaps, from one address. */
function visitsOf(rows: SampleRows): Visits {
  const count = rows.day.length;
  const groupOf = new Map(GROUPS.map(({ cohortId }, g) => [cohortId, g]));
  const without = GROUPS.flatMap(({ cohortId }, g) => (cohortId === 0 ? [g] : []));
  const userOf = readersOfMuch(rows);
  const group = rows.cohortId.map((cohortId, i) => {
    if (cohortId > 0) return groupOf.get(cohortId)!;
    const userId = rows.userId[i]!;
    return without[userId < 318 ? 0 : userId < 500 ? 1 : 2]!;
  });
  const order = Float64Array.from(group, (g, i) => {
    return (userOf[rows.userId[i]!]! * GROUPS.length + g) * count + i;
  })
    .sort()
    .map((key) => key % count);
  const time = (i: number) => rows.day[i]! * SECONDS_PER_DAY + rows.second[i]!;
  const starts: number[] = [];
  order.forEach((row, at) => {
    const before = order[at - 1]!;
    const same =
      at > 0 &&
      rows.userId[row] === rows.userId[before] &&
      group[row] === group[before] &&
      rows.day[row] === rows.day[before] &&
      rows.address[row] === rows.address[before] &&
      time(row) - time(before) <= MOST_GAP;
    if (!same) starts.push(at);
  });
  const at = (value: (row: number) => number) => {
    return Int32Array.from(starts, (start) => value(order[start]!));
  };
  return {
    count: starts.length,
    userId: at((row) => userOf[rows.userId[row]!]!),
    group: at((row) => group[row]!),
    day: at((row) => rows.day[row]!),
    second: at((row) => rows.second[row]!),
    lastSecond: Int32Array.from(starts, (_, v) => {
      return rows.second[order[(starts[v + 1] ?? count) - 1]!]!;
    }),
    firstRow: Int32Array.from([...starts, count]),
    known: starts.map((start) => knownAddress(rows, order[start]!)),
  };
}

/** The address of a published row, as far as it can be told from the sample. */
function knownAddress(rows: SampleRows, row: number): string | undefined {
  const address = rows.addresses[rows.address[row]!]!;
  const first = rows.day[row] === 0 && rows.second[row]! < clockSeconds("10:00:00");
  const last = rows.day[row] === 1_181 && rows.second[row]! > clockSeconds("16:41:00");
  const printed = ["71.150.217.33", "24.160.137.86"].includes(address);
  if (address === SCRAPE || rows.path[row] === -1 || first) return address;
  return last && printed ? address : undefined;
}

/** Users whose published addresses are many exchange ids with readers of enough rows. */
function readersOfMuch({ userId, cohortId }: SampleRows): number[] {
  const size = 1_000;
  const rows = new Int32Array(size);
  const cohorts = Array.from({ length: size }, () => new Set<number>());
  userId.forEach((id, i) => {
    rows[id]!++;
    cohorts[id]!.add(cohortId[i]!);
  });
  const readers = Array.from({ length: size }, (_, id) => id);
  const known = new Set([...Object.keys(TOP_USERS).map(Number), 341, 526, 138, 704, 586]);
  const without = (id: number) => cohorts[id]!.has(0);
  for (const [user, addresses] of [...Object.entries(TOP_USERS), ["111", 29] as const]) {
    const id = Number(user);
    if (rows[id]! >= 3 * addresses) continue;
    let best = 0;
    for (let other = Math.max(1, id - 60); other < id + 60; other++) {
      if (cohorts[other]!.size !== 1 || without(other) !== without(id)) continue;
      if (cohorts[other]!.has(28) || known.has(other)) continue;
      if (rows[other]! > rows[best]!) best = other;
    }
    known.add(best);
    [readers[id], readers[best]] = [best, id];
  }
  return readers;
}

interface Row {
  userId: number;
  cohortId: number;
  programId: number;
  day: number;
  second: number;
  after: boolean;
  ip: string;
}

function forEachRow(visits: Visits, { addresses, address }: RowAddresses, see: (row: Row) => void) {
  for (let v = 0; v < visits.count; v++) {
    const { cohortId, programId, endDay } = GROUPS[visits.group[v]!]!;
    const [userId, day, second] = [visits.userId[v]!, visits.day[v]!, visits.second[v]!];
    const row = { userId, cohortId, programId, day, second, after: day >= endDay, ip: "" };
    for (let i = visits.firstRow[v]!; i < visits.firstRow[v + 1]!; i++) {
      row.ip = addresses[address[i]!]!;
      see(row);
    }
  }
}

/** Counts rows by a key. */
function tally<K>() {
  const counts = new Map<K, number>();
  return {
    counts,
    add: (key: K) => counts.set(key, (counts.get(key) ?? 0) + 1),
    of: (key: K) => counts.get(key) ?? 0,
  };
}

describe.each([1, 20_240_229])("assignAddresses, seed %i", (seed) => {
  let visits: Visits;
  let result: RowAddresses;
  const each = (see: (row: Row) => void) => forEachRow(visits, result, see);
  const distinct = (meant: (row: Row) => boolean) => {
    const seen = new Set<string>();
    each((row) => meant(row) && seen.add(row.ip));
    return seen.size;
  };
  const joinedByUser = () => {
    const seen = new Map<number, Set<string>>();
    each(({ userId, cohortId, ip }) => {
      if (cohortId === 0) return;
      if (!seen.has(userId)) seen.set(userId, new Set());
      seen.get(userId)!.add(ip);
    });
    return seen;
  };
  /** Rows by address. */
  const rowsOf = (meant: (row: Row) => boolean) => {
    const rows = tally<string>();
    each((row) => meant(row) && rows.add(row.ip));
    return [...rows.counts].sort((a, b) => b[1] - a[1]);
  };

  beforeAll(() => {
    visits = visitsOf(wholeRows(seed));
    result = assignAddresses(visits, seed);
  });

  it("gives every row an address, and each address of the list a row", () => {
    expect(result.address.length).toBe(900_223);
    const used = new Set(result.address);
    expect(used.size).toBe(result.addresses.length);
    expect(new Set(result.addresses).size).toBe(result.addresses.length);
    const made = result.addresses.filter((ip) => /^198\.1[89]\.\d+\.\d+$/.test(ip));
    const printed = result.addresses.filter((ip) => !made.includes(ip));
    expect(printed.length).toBeLessThanOrEqual(9);
  });

  it("has the published different addresses (versions.v2021_04, programs, users)", () => {
    expect(distinct(() => true)).toBe(5_531);
    expect(distinct(({ cohortId }) => cohortId > 0)).toBe(5_200);
    expect(distinct(({ cohortId }) => cohortId === 0)).toBe(413);
    expect(distinct(({ programId }) => programId === 3)).toBe(990);
    expect(distinct(({ cohortId }) => cohortId === 28)).toBe(318);
  });

  it("has those of the earlier version (versions.v2020_11) and at weekends (ips.weekend)", () => {
    expect(distinct(({ day }) => day <= isoDay("2020-11-02"))).toBe(4_339);
    expect(distinct(({ day }) => isWeekend(day))).toBe(2_181);
  });

  it("has the published addresses per user (ips.ips_per_user_joined)", () => {
    const users = joinedByUser();
    const sizes = [...users.values()].map((seen) => seen.size).sort((a, b) => a - b);
    expect(sizes.reduce((a, b) => a + b)).toBe(7_535);
    expect(sizes.length).toBe(911);
    // pandas: the quartiles lie half way between these.
    expect([sizes[227], sizes[228], sizes[682], sizes[683]]).toEqual([2, 2, 9, 9]);
    expect(sizes.filter((size) => size >= 30).length).toBe(29);
    expect(sizes.filter((size) => size > 23).length).toBe(55);
    expect(sizes.filter((size) => size > 20).length).toBe(75);
    for (const [userId, size] of Object.entries(TOP_USERS)) {
      expect([userId, users.get(Number(userId))!.size]).toEqual([userId, size]);
    }
    expect(sizes.slice(-15)).toEqual(Object.values(TOP_USERS).sort((a, b) => a - b));
    expect(users.get(64)!.size).toBeGreaterThanOrEqual(32);
    expect(users.get(64)!.size).toBeLessThanOrEqual(34);
  });

  it("has the published addresses of users without a cohort (suspicious_users_claims)", () => {
    const seen = (userId: number) => distinct((row) => row.userId === userId && row.cohortId === 0);
    expect([354, 111, 429].map(seen)).toEqual([12, 29, 16]);
    const [[main]] = rowsOf(({ userId }) => userId === 111) as [[string, number]];
    expect(main).toBe("67.11.134.242");
  });

  it("has the published rows of the campus (ips.top_900223, ips.top_joined)", () => {
    const rows = tally<string>();
    each(({ ip, cohortId, after }) => {
      if (!CAMPUS.includes(ip)) return;
      rows.add(ip);
      if (cohortId > 0) rows.add(`${ip} joined`);
      if (cohortId > 0 && after) rows.add("after");
    });
    expect(rows.of("97.105.19.61")).toBe(61_662);
    expect(rows.of("97.105.19.61 joined")).toBe(60_530);
    expect(rows.of("97.105.19.58")).toBe(284_579);
    expect(rows.of("97.105.19.58 joined")).toBe(268_648);
    // windows.after_graduation: 200,132 rows, 5 of program 4, 152,136 elsewhere.
    expect(rows.of("after")).toBe(200_132 - 5 - 152_136);
  });

  it("brings each cohort near its published rows on campus (ips.campus.*.rows_by_cohort)", () => {
    const published = [
      "23:20342 22:20191 24:10218 21:1812",
      "33:26953 29:24141 51:21503 32:20763 26:20418 52:17470 31:17423 25:17394 34:16975 24:16267 27:15868 53:11888 55:5189",
    ];
    const rows = tally<string>();
    each(({ ip, cohortId }) => CAMPUS.includes(ip) && rows.add(`${ip} ${cohortId}`));
    published.forEach((text, at) => {
      for (const pair of text.split(" ")) {
        const [cohortId, expected] = pair.split(":").map(Number);
        const found = rows.of(`${CAMPUS[at]} ${cohortId}`);
        expect([cohortId, Math.abs(found / expected! - 1) < 0.03]).toEqual([cohortId, true]);
      }
    });
  });

  it("uses the campus' addresses in their time (ips.campus), from the first day to the last", () => {
    const seen = CAMPUS.map(() => ({ first: Infinity, last: -Infinity }));
    let night = 0;
    let weekend = 0;
    each(({ ip, day, second }) => {
      const at = CAMPUS.indexOf(ip);
      if (at < 0) return;
      const time = day * SECONDS_PER_DAY + second;
      seen[at]!.first = Math.min(seen[at]!.first, time);
      seen[at]!.last = Math.max(seen[at]!.last, time);
      if (second < 6 * 3600 || second > 23 * 3600) night++;
      if (isWeekend(day)) weekend++;
    });
    const time = (date: string, clock: string) =>
      isoDay(date) * SECONDS_PER_DAY + clockSeconds(clock);
    expect(seen[0]!.first).toBe(time("2018-01-26", "09:55:03"));
    expect(seen[0]!.last).toBeLessThanOrEqual(time("2018-07-13", "16:44:26"));
    expect(seen[0]!.last).toBeGreaterThanOrEqual(time("2018-07-13", "07:00:00"));
    expect(seen[1]!.first).toBeGreaterThanOrEqual(time("2018-07-16", "07:51:57"));
    expect(seen[1]!.first).toBeLessThanOrEqual(time("2018-07-16", "23:00:00"));
    expect(seen[1]!.last).toBeLessThanOrEqual(time("2020-03-23", "15:10:07"));
    expect(seen[1]!.last).toBeGreaterThanOrEqual(time("2020-03-23", "07:00:00"));
    expect(night).toBe(0);
    expect(weekend / 346_241).toBeLessThan(0.02);
  });

  it("has the published rows of the offices (ips.suspicious, ips.weekend)", () => {
    const [office] = rowsOf(({ ip }) => !CAMPUS.includes(ip))[0]!;
    const users = new Set<number>();
    const cohorts = new Set<number>();
    const rows = tally<string>();
    each(({ ip, userId, cohortId, day }) => {
      if (ip !== office) return;
      users.add(userId);
      cohorts.add(cohortId);
      rows.add("all");
      if (cohortId > 0) rows.add("joined");
      if (isWeekend(day)) rows.add("weekend");
      if (userId === 341) rows.add("341");
    });
    expect(Object.fromEntries(rows.counts)).toEqual({
      all: 9_515,
      joined: 9_124,
      weekend: 2_496,
      341: 3,
    });
    expect([users.size, cohorts.size]).toEqual([306, 32]);
    const joined = rowsOf(({ cohortId }) => cohortId > 0).map(([, count]) => count);
    expect(joined).toContain(4_343);
  });

  it("has the published rows of the most used addresses (ips.top_900223)", () => {
    const rows = rowsOf(() => true).map(([, count]) => count);
    expect(rows.slice(0, 20)).toEqual([
      284_579, 61_662, 9_515, 6_791, 4_754, 4_360, 4_181, 4_117, 3_843, 3_511, 3_491, 3_232, 3_115,
      2_939, 2_711, 2_655, 2_645, 2_612, 2_599, 2_570,
    ]);
    expect(rows[20]).toBeLessThan(2_570);
    let own = 0;
    let others = 0;
    each(({ ip, userId, cohortId }) => {
      if (ip !== "71.150.217.33") return;
      if (userId === 64 && cohortId > 0) own++;
      else others++;
    });
    expect([own, others]).toEqual([6_791, 0]);
    const homeOf11 = rowsOf(({ userId, ip }) => userId === 11 && !CAMPUS.includes(ip));
    expect(homeOf11[0]![1]).toBe(4_754);
  });

  it("has the rows of user 341 by address, but for seven repeated ones (anomalies.scrapers)", () => {
    const rows = rowsOf(({ userId }) => userId === 341).map(([, count]) => count);
    const published = [677, 457, 232, 180, 25, 3];
    expect(rows.length).toBe(published.length);
    published.forEach((count, i) => {
      expect(rows[i]).toBeGreaterThanOrEqual(count);
      expect(rows[i]).toBeLessThanOrEqual(count + 3);
    });
  });

  it("keeps a visit at one address, but for a few that change it", () => {
    const { address } = result;
    let changed = 0;
    for (let v = 0; v < visits.count; v++) {
      const [from, to] = [visits.firstRow[v]!, visits.firstRow[v + 1]!];
      for (let i = from + 1; i < to; i++) {
        if (address[i] !== address[i - 1]) {
          changed++;
          break;
        }
      }
    }
    expect(changed / visits.count).toBeLessThan(0.01);
  });

  it("keeps known addresses", () => {
    visits.known.forEach((ip, v) => {
      if (ip === undefined) return;
      expect(result.addresses[result.address[visits.firstRow[v]!]!]).toBe(ip);
    });
  });

  it("lets two users of data science and another program hardly ever share an address", () => {
    const roles = new Map<string, Set<boolean>>();
    each(({ ip, cohortId, programId }) => {
      if (cohortId === 0) return;
      if (!roles.has(ip)) roles.set(ip, new Set());
      roles.get(ip)!.add(programId === 3);
    });
    const both = [...roles.values()].filter((seen) => seen.size === 2).length;
    expect(both).toBeLessThan(20);
  });

  it("is the same for a seed and other for another", () => {
    const again = assignAddresses(visits, seed);
    expect(again.addresses).toEqual(result.addresses);
    expect(Buffer.from(again.address.buffer).equals(Buffer.from(result.address.buffer))).toBe(true);
    const other = assignAddresses(visits, seed + 1);
    const same = other.addresses.filter((ip, i) => ip === result.addresses[i]).length;
    expect(same).toBeLessThan(20);
  });
});

describe.each([1, 20_240_229])("plainAddresses, seed %i", (seed) => {
  it.each([1, 7, 10_000])("has the same habits in %i rows", (rows) => {
    const sample = sampleRows(rows, seed);
    const visits = visitsOf(sample);
    const result = plainAddresses(visits, seed);
    expect(result.address.length).toBe(rows);
    expect(new Set(result.address).size).toBe(result.addresses.length);
    const onCampus = [0, 0];
    forEachRow(visits, result, ({ ip, day }) => {
      const at = CAMPUS.indexOf(ip);
      if (at < 0) return;
      onCampus[at]!++;
      const [from, to] = [
        ["2018-01-26", "2018-07-13"],
        ["2018-07-16", "2020-03-23"],
      ][at] as [string, string];
      expect(day).toBeGreaterThanOrEqual(isoDay(from));
      expect(day).toBeLessThanOrEqual(isoDay(to));
    });
    if (rows < 10_000) return;
    // Published shares: 61,662 and 284,579 of 900,223 rows.
    expect(Math.abs(onCampus[0]! / rows - 0.068)).toBeLessThan(0.04);
    expect(Math.abs(onCampus[1]! / rows - 0.316)).toBeLessThan(0.1);
    expect(result.addresses.length).toBeGreaterThan(500);
  });
});
