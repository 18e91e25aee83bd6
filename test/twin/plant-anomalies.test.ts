import { beforeAll, describe, expect, it } from "vitest";
import { frozenLog } from "../../lib/twin/frozen";
import { PROBES } from "../../lib/twin/plant-bursts";
import { sampleLogs } from "../../lib/twin/sample-logs";
import type { SampleRows } from "../../lib/twin/sample-rows";
import type { PlantedStory } from "../../lib/twin/truth";
import { COHORTS, rowsOfSample } from "../support/samples";

const KINDS = [
  "scraping",
  "one_day_peak",
  "cross_program",
  "probing",
  "many_addresses",
  "hardly_reading",
  "drop_out",
];
const FULL = 900_223;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2018, 0, 26);
const JAVA_CLOSED = Date.UTC(2020, 0, 1);
/** Published: days of one user with more rows are scrapes and peaks. */
const BUSY = 140;

const dayOf = (iso: string) => (Date.parse(iso) - FIRST_DAY) / DAY;
const timeOf = ({ day, second }: SampleRows, i: number) =>
  FIRST_DAY + day[i]! * DAY + second[i]! * 1_000;
const pathOf = ({ paths, path }: SampleRows, i: number) => paths[path[i]!] ?? "";
const ipOf = ({ addresses, address }: SampleRows, i: number) => addresses[address[i]!]!;

/** Rows by what `key` says, in order of time. */
function grouped<K>(log: SampleRows, key: (i: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (let i = 0; i < log.day.length; i++) {
    const k = key(i);
    const known = groups.get(k);
    if (known) known.push(i);
    else groups.set(k, [i]);
  }
  return groups;
}

/** How many rows more or fewer each key has, where the number differs. */
function changes<K>(before: Map<K, number[]>, after: Map<K, number[]>): Map<K, number> {
  const changed = new Map<K, number>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const more = (after.get(key)?.length ?? 0) - (before.get(key)?.length ?? 0);
    if (more !== 0) changed.set(key, more);
  }
  return changed;
}

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const positive = (values: Iterable<number>) => sum([...values].filter((value) => value > 0));

describe.each([
  [FULL, 1],
  [FULL, 2],
  [100_000, 3],
  [10_000, 1],
])("20 further stories of each kind in %i rows, seed %i", (rows, seed) => {
  let plain: SampleRows;
  let log: SampleRows;
  let further: PlantedStory[];
  let byUser: Map<number, number[]>;

  beforeAll(() => {
    plain = rowsOfSample(rows, seed);
    log = rowsOfSample(rows, seed, 20);
    further = log.truth.slice(plain.truth.length);
    byUser = grouped(log, (i) => log.userId[i]!);
  });

  const stories = (kind: string) => further.filter((story) => story.kind === kind);
  const ofUser = ({ userId }: PlantedStory) => byUser.get(userId!)!;
  const dayAt = (time: number) => Math.floor((time - FIRST_DAY) / DAY);
  /** The story's rows as the truth counts and dates them. */
  const expectRows = (story: PlantedStory, own: number[]) => {
    const { userId, kind, from, to, rows: count } = story;
    const found = [own.length, timeOf(log, own[0]!), timeOf(log, own[own.length - 1]!)];
    expect([kind, userId, ...found]).toEqual([kind, userId, count, from, to]);
  };

  it("has 20 of each kind, each with a user who has no other story", () => {
    expect(KINDS.map((kind) => [kind, stories(kind).length])).toEqual(
      KINDS.map((kind) => [kind, 20]),
    );
    expect(further).toHaveLength(140);
    const published = new Set(plain.truth.map(({ userId }) => userId));
    const users = further.map(({ userId }) => userId);
    expect(new Set(users).size).toBe(140);
    expect(users.filter((user) => published.has(user))).toEqual([]);
  });

  it("has scrapes: different pages within seconds, from an address that nobody else has", () => {
    for (const story of stories("scraping")) {
      const own = ofUser(story).filter((i) => ipOf(log, i) === story.ip);
      expectRows(story, own);
      // 240 rows at 4 a second are the longest.
      expect(story.to! - story.from!).toBeLessThan(60_000);
      const pages = new Set(own.map((i) => log.path[i])).size;
      expect(pages).toBe(own.length);
      expect(own.length).toBeGreaterThanOrEqual(rows === FULL ? 40 : 8);
      const address = log.addresses.indexOf(story.ip!);
      expect(log.address.filter((place) => place === address).length).toBe(own.length);
    }
  });

  it("has peaks: all rows of that day, more than twice any other day's", () => {
    for (const story of stories("one_day_peak")) {
      const day = dayAt(story.from!);
      const days = new Map<number, number[]>();
      for (const i of ofUser(story)) days.set(log.day[i]!, [...(days.get(log.day[i]!) ?? []), i]);
      expectRows(story, days.get(day)!);
      days.delete(day);
      const most = Math.max(0, ...[...days.values()].map((others) => others.length));
      expect(story.rows).toBeGreaterThan(2 * most);
      expect(story.rows).toBeGreaterThanOrEqual(rows === FULL ? 90 : 8);
    }
  });

  it("has data-science students on Java lessons from 2020 on", () => {
    for (const story of stories("cross_program")) {
      const own = ofUser(story).filter(
        (i) => timeOf(log, i) >= JAVA_CLOSED && pathOf(log, i).startsWith("java"),
      );
      expectRows(story, own);
      expect(own.map((i) => COHORTS.get(log.cohortId[i]!)!.program)).toEqual(own.map(() => 3));
    }
  });

  it("has probing: paths that nobody else asks for, within seconds", () => {
    const probes = new Set(PROBES);
    for (const story of stories("probing")) {
      const own = ofUser(story).filter((i) => probes.has(pathOf(log, i)));
      expectRows(story, own);
      expect(new Set(own.map((i) => ipOf(log, i)))).toEqual(new Set([story.ip]));
      expect(story.to! - story.from!).toBeLessThan(60_000);
      expect(new Set(own.map((i) => log.path[i])).size).toBe(own.length);
    }
    const planted = new Set(stories("probing").map(({ userId }) => userId));
    const others = [...byUser].filter(([user]) => !planted.has(user));
    const found = others.filter(([, own]) => own.some((i) => probes.has(pathOf(log, i))));
    expect(found).toEqual([]);
  });

  it("has two weeks in which each visit comes from an address of its own", () => {
    for (const story of stories("many_addresses")) {
      const [from, to] = [dayAt(story.from!), dayAt(story.to!)];
      expect(to - from).toBeLessThan(14);
      const isMeant = (i: number) => log.day[i]! >= from && log.day[i]! < from + 14;
      const own = ofUser(story).filter(isMeant);
      expectRows(story, own);
      const elsewhere = new Set(
        ofUser(story)
          .filter((i) => !isMeant(i))
          .map((i) => ipOf(log, i)),
      );
      const ips = own.map((i) => ipOf(log, i));
      expect(ips.filter((ip) => elsewhere.has(ip))).toEqual([]);
      // At most four rows from one address.
      expect(new Set(ips).size).toBeGreaterThanOrEqual(own.length / 4);
      own.forEach((i, at) => {
        if (at === 0 || timeOf(log, i) - timeOf(log, own[at - 1]!) < 2 * 3_600_000) return;
        expect(ips[at]).not.toBe(ips[at - 1]);
      });
    }
  });

  it("has students with nearly no rows in class", () => {
    for (const story of stories("hardly_reading")) {
      const cohort = COHORTS.get(log.cohortId[ofUser(story)[0]!]!)!;
      const own = ofUser(story).filter(
        (i) => log.day[i]! >= cohort.start && log.day[i]! <= cohort.end,
      );
      expectRows(story, own);
      expect(own.length).toBeLessThanOrEqual(9);
      const before = plain.userId.filter((user) => user === story.userId).length;
      expect(before).toBeGreaterThanOrEqual(4 * own.length);
    }
  });

  it("has students who leave class and stay away", () => {
    for (const story of stories("drop_out")) {
      const { start, end } = COHORTS.get(log.cohortId[ofUser(story)[0]!]!)!;
      expectRows(story, ofUser(story));
      const begin = Math.max(0, start);
      expect(dayAt(story.to!)).toBeLessThan(begin + 0.66 * (Math.min(end, 1_182) - begin));
      const { name } = COHORTS.get(log.cohortId[ofUser(story)[0]!]!)!;
      expect(story.entity).toBe(`user ${story.userId} in ${name}`);
    }
  });

  it("leaves published stories as they are", () => {
    // What students in all read of the other program's lessons loses a row to a probe or two.
    const single = (truth: PlantedStory[]) =>
      truth.filter(({ kind, userId }) => kind !== "cross_program" || userId !== null);
    expect(single(log.truth.slice(0, plain.truth.length))).toEqual(single(plain.truth));
    expect(plain.truth.length > 0).toBe(rows === FULL);
  });

  it("makes no busy day that is not planted", () => {
    const busy = (of: SampleRows) =>
      [...grouped(of, (i) => `${of.userId[i]} ${of.day[i]}`)]
        .filter(([, own]) => own.length > BUSY)
        .map(([key]) => key);
    const known = new Set(busy(plain));
    for (const { kind, userId, from } of further) {
      if (kind === "scraping" || kind === "one_day_peak") known.add(`${userId} ${dayAt(from!)}`);
    }
    expect(busy(log).filter((key) => !known.has(key))).toEqual([]);
  });

  it("keeps the rows, in time order, with their ends", () => {
    expect(log.day.length).toBe(rows);
    let outOfOrder = 0;
    for (let i = 1; i < rows; i++) if (timeOf(log, i) < timeOf(log, i - 1)) outOfOrder++;
    expect(outOfOrder).toBe(0);
    expect(timeOf(log, 0)).toBe(timeOf(plain, 0));
    expect(timeOf(log, rows - 1)).toBe(timeOf(plain, rows - 1));
  });

  it("keeps each user's first day, and cohorts' rows in class and after it", () => {
    const firsts = (of: SampleRows) => {
      const first = new Map<number, number>();
      of.userId.forEach((user, i) => {
        if (!first.has(user)) first.set(user, of.day[i]!);
      });
      return [...first].sort(([a], [b]) => a - b);
    };
    expect(firsts(log)).toEqual(firsts(plain));
    const phases = (of: SampleRows) =>
      grouped(
        of,
        (i) => `${of.cohortId[i]} ${of.day[i]! < (COHORTS.get(of.cohortId[i]!)?.end ?? 0)}`,
      );
    expect([...changes(phases(plain), phases(log))]).toEqual([]);
  });

  it("changes users' rows by what is given away only, within the cohort", () => {
    const perUser = (of: SampleRows) => grouped(of, (i) => of.userId[i]!);
    const changed = changes(perUser(plain), perUser(log));
    const givers = [...stories("hardly_reading"), ...stories("drop_out")];
    const giving = new Set(givers.map(({ userId }) => userId));
    const less = [...changed].filter(([, more]) => more < 0).map(([user]) => user);
    expect(less.filter((user) => !giving.has(user))).toEqual([]);
    // Whoever was given rows before may come to have a story, and give away more.
    expect(less.length).toBeGreaterThan(30);
    const cohortOf = (user: number) => log.cohortId[byUser.get(user)![0]!]!;
    const cohorts = new Set(givers.map(({ userId }) => cohortOf(userId!)));
    const more = [...changed].filter(([, by]) => by > 0).map(([user]) => cohortOf(user));
    expect(more.filter((cohort) => !cohorts.has(cohort))).toEqual([]);
  });

  it("changes rows per path by probing only", () => {
    const perPath = (of: SampleRows) => grouped(of, (i) => pathOf(of, i));
    const changed = changes(perPath(plain), perPath(log));
    const added = [...changed].filter(([, more]) => more > 0).map(([path]) => path);
    expect(added.filter((path) => !PROBES.includes(path))).toEqual([]);
    expect(positive(changed.values())).toBe(sum(stories("probing").map((story) => story.rows)));
  });

  it("changes rows per day by what is gathered on one day only", () => {
    const perDay = (of: SampleRows) => grouped(of, (i) => of.day[i]!);
    const changed = changes(perDay(plain), perDay(log));
    const gathered = ["scraping", "one_day_peak", "probing"].flatMap(stories);
    const moved = sum(gathered.map((story) => story.rows));
    expect(positive(changed.values())).toBeLessThanOrEqual(moved);
    const days = new Set(gathered.map(({ from }) => dayAt(from!)));
    const more = [...changed].filter(([day, by]) => by > 0 && !days.has(day));
    expect(more).toEqual([]);
    // The first and the last day, and the one on which the earlier version ends.
    for (const day of [0, dayOf("2020-11-02"), 1_181]) expect(changed.has(day)).toBe(false);
  });

  it("adds addresses of 198.18.0.0/15 only", () => {
    const known = new Set(plain.addresses);
    const added = log.addresses.filter((ip) => !known.has(ip));
    expect(added.filter((ip) => !/^198\.1[89]\.\d+\.\d+$/.test(ip))).toEqual([]);
    expect(added.length).toBeGreaterThan(40);
    expect(new Set(log.addresses).size).toBe(log.addresses.length);
  });
});

describe("plantAnomalies", () => {
  it("plants as many of each kind as asked for", () => {
    const counts = (n: number) => {
      const { truth } = rowsOfSample(20_000, 2, n);
      return KINDS.map((kind) => truth.filter((story) => story.kind === kind).length);
    };
    expect(counts(0)).toEqual(KINDS.map(() => 0));
    expect(counts(3)).toEqual(KINDS.map(() => 3));
  });

  it("gives the same for the same seed, and other users for another", () => {
    const sample = (seed: number) => rowsOfSample(10_000, seed, 5);
    const [once, again, other] = [sample(3), sample(3), sample(4)];
    expect(once).toEqual(again);
    const users = ({ truth }: SampleRows) => truth.map(({ userId }) => userId);
    expect(users(once)).not.toEqual(users(other));
  });

  it("plants what it can in a sample of any size", () => {
    const sizes = [1, 2, 3, 10, 40, 100, 500, 2_000, 5_000];
    for (const rows of sizes) {
      const { day, truth } = rowsOfSample(rows, 1, 20);
      expect(day.length).toBe(rows);
      expect(truth.length).toBeLessThanOrEqual(140);
      expect(new Set(truth.map(({ userId }) => userId)).size).toBe(truth.length);
    }
  });

  it("probes with paths that the site has not, some of them hostile, without blanks", () => {
    const site = new Set(frozenLog().paths);
    expect(PROBES.filter((path) => site.has(path) || /\s/.test(path))).toEqual([]);
    expect(new Set(PROBES).size).toBe(PROBES.length);
    const hostile = PROBES.filter((path) => path.includes("<script>") && /["']/.test(path));
    expect(hostile.length).toBeGreaterThan(0);
    const { logs } = sampleLogs({ rows: 10_000, seed: 1, anomalies: 20 });
    expect(logs.getColumn("path").toArray()).toEqual(expect.arrayContaining(hostile));
  });
});
