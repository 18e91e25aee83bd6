import { beforeAll, describe, expect, it } from "vitest";
import { frozenLog } from "../../lib/twin/frozen";
import { PROBES } from "../../lib/twin/plant-bursts";
import type { SampleRows } from "../../lib/twin/sample-rows";
import type { PlantedStory } from "../../lib/twin/truth";
import { COHORTS, rowsOfSample } from "../support/samples";

const KINDS = [
  ...["scraping", "one_day_peak", "cross_program", "probing", "many_addresses"],
  ...["hardly_reading", "drop_out"],
];
const FULL = 900_223;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2018, 0, 26);
const JAVA_CLOSED = Date.UTC(2020, 0, 1);
/** Published: days of one user with more rows are scrapes and peaks. */
const BUSY = 140;

const timeOf = ({ day, second }: SampleRows, i: number) =>
  FIRST_DAY + day[i]! * DAY + second[i]! * 1_000;
const dayAt = (time: number) => Math.floor((time - FIRST_DAY) / DAY);
const pathOf = ({ paths, path }: SampleRows, i: number) => paths[path[i]!] ?? "";
const ipOf = ({ addresses, address }: SampleRows, i: number) => addresses[address[i]!]!;
const cohortAt = (log: SampleRows, i: number) => COHORTS.get(log.cohortId[i]!);

/** Rows by what `key` says, in order of time. */
function groupedRows<K>(rows: Iterable<number>, key: (i: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (const i of rows) {
    const k = key(i);
    if (!groups.has(k)) groups.set(k, []);
    groups.get(k)!.push(i);
  }
  return groups;
}

const grouped = <K>({ day }: SampleRows, key: (i: number) => K) => groupedRows(day.keys(), key);

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe.each([
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
  const expectRows = ({ userId, kind, from, to, rows: count }: PlantedStory, own: number[]) => {
    const found = [own.length, timeOf(log, own[0]!), timeOf(log, own.at(-1)!)];
    expect([kind, userId, ...found]).toEqual([kind, userId, count, from, to]);
  };
  /** How many rows more or fewer each key has than without the stories, where the number differs. */
  const changes = <K>(key: (of: SampleRows, i: number) => K): Map<K, number> => {
    const [before, after] = [plain, log].map((of) => grouped(of, (i) => key(of, i)));
    const changed = new Map<K, number>();
    for (const one of new Set([...before!.keys(), ...after!.keys()])) {
      const more = (after!.get(one)?.length ?? 0) - (before!.get(one)?.length ?? 0);
      if (more !== 0) changed.set(one, more);
    }
    return changed;
  };
  const growing = <K>(changed: Map<K, number>) => [...changed].filter(([, more]) => more > 0);

  it("has 20 of each kind, each with a user who has no other story", () => {
    expect(KINDS.map((kind) => stories(kind).length)).toEqual(KINDS.map(() => 20));
    const users = further.map(({ userId }) => userId);
    expect([users.length, new Set(users).size]).toEqual([140, 140]);
    expect(plain.truth.filter(({ userId }) => users.includes(userId) && userId !== null)).toEqual(
      [],
    );
  });

  it("has scrapes: different pages within seconds, from an address that nobody else has", () => {
    for (const story of stories("scraping")) {
      const own = ofUser(story).filter((i) => ipOf(log, i) === story.ip);
      expectRows(story, own);
      // 240 rows at 4 a second are the longest.
      expect(story.to - story.from).toBeLessThan(60_000);
      expect(new Set(own.map((i) => log.path[i])).size).toBe(own.length);
      expect(own.length).toBeGreaterThanOrEqual(rows === FULL ? 40 : 8);
      const address = log.addresses.indexOf(story.ip!);
      expect(log.address.filter((place) => place === address).length).toBe(own.length);
    }
  });

  it("has peaks: all rows of that day, more than twice any other day's", () => {
    for (const story of stories("one_day_peak")) {
      const days = groupedRows(ofUser(story), (i) => log.day[i]!);
      expectRows(story, days.get(dayAt(story.from))!);
      days.delete(dayAt(story.from));
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
      expect(own.map((i) => cohortAt(log, i)!.program)).toEqual(own.map(() => 3));
    }
  });

  it("has probing: paths that nobody else asks for, within seconds", () => {
    const isProbe = (i: number) => PROBES.includes(pathOf(log, i));
    for (const story of stories("probing")) {
      const own = ofUser(story).filter(isProbe);
      expectRows(story, own);
      expect(new Set(own.map((i) => ipOf(log, i)))).toEqual(new Set([story.ip]));
      expect(story.to - story.from).toBeLessThan(60_000);
      expect(new Set(own.map((i) => log.path[i])).size).toBe(own.length);
    }
    const users = new Set([...byUser].filter(([, own]) => own.some(isProbe)).map(([user]) => user));
    expect(users).toEqual(new Set(stories("probing").map(({ userId }) => userId)));
  });

  it("has two weeks in which each visit comes from an address of its own", () => {
    for (const story of stories("many_addresses")) {
      const from = dayAt(story.from);
      const isMeant = (i: number) => log.day[i]! >= from && log.day[i]! < from + 14;
      const own = ofUser(story).filter(isMeant);
      expectRows(story, own);
      const others = ofUser(story).filter((i) => !isMeant(i));
      const elsewhere = new Set(others.map((i) => ipOf(log, i)));
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

  it("has students with nearly no rows in class, and students who leave class and stay away", () => {
    for (const story of stories("hardly_reading")) {
      const { start, end } = cohortAt(log, ofUser(story)[0]!)!;
      const own = ofUser(story).filter((i) => log.day[i]! >= start && log.day[i]! <= end);
      expectRows(story, own);
      expect(own.length).toBeLessThanOrEqual(9);
      const before = plain.userId.filter((user) => user === story.userId).length;
      expect(before).toBeGreaterThanOrEqual(4 * own.length);
    }
    for (const story of stories("drop_out")) {
      const { start, end, name } = cohortAt(log, ofUser(story)[0]!)!;
      expectRows(story, ofUser(story));
      const begin = Math.max(0, start);
      expect(dayAt(story.to)).toBeLessThan(begin + 0.66 * (Math.min(end, 1_182) - begin));
      expect(story.entity).toBe(`user ${story.userId} in ${name}`);
    }
  });

  it("leaves published stories as they are", () => {
    // What students in all read of the other program's lessons loses a row to a probe or two.
    const single = (truth: PlantedStory[]) =>
      truth.filter(({ kind, userId }) => kind !== "cross_program" || userId !== null);
    expect(single(log.truth.slice(0, plain.truth.length))).toEqual(single(plain.truth));
  });

  it("makes no busy day that is not planted", () => {
    const busy = (of: SampleRows) =>
      [...grouped(of, (i) => `${of.userId[i]} ${of.day[i]}`)].flatMap(([key, own]) =>
        own.length > BUSY ? [key] : [],
      );
    const planted = ["scraping", "one_day_peak"]
      .flatMap(stories)
      .map(({ userId, from }) => `${userId} ${dayAt(from)}`);
    const known = new Set([...busy(plain), ...planted]);
    expect(busy(log).filter((key) => !known.has(key))).toEqual([]);
  });

  it("keeps rows, their order and ends, each user's first day, and all addresses but made-up ones", () => {
    expect(log.day.length).toBe(rows);
    expect(log.day.some((_, i) => i > 0 && timeOf(log, i) < timeOf(log, i - 1))).toBe(false);
    expect([0, rows - 1].map((i) => timeOf(log, i) - timeOf(plain, i))).toEqual([0, 0]);
    const firsts = (of: SampleRows) =>
      [...grouped(of, (i) => of.userId[i]!)].map(([user, own]) => `${user} ${of.day[own[0]!]}`);
    expect(firsts(log).sort()).toEqual(firsts(plain).sort());
    const added = log.addresses.slice(frozenLog().addresses.length);
    expect(added.filter((ip) => !/^198\.1[89]\.\d+\.\d+$/.test(ip))).toEqual([]);
    expect([added.length > 40, new Set(log.addresses).size]).toEqual([true, log.addresses.length]);
  });

  it("changes users' rows by what is given away only, within the cohort and its phase", () => {
    const phase = (of: SampleRows, i: number) => of.day[i]! < (cohortAt(of, i)?.end ?? 0);
    expect([...changes((of, i) => `${of.cohortId[i]} ${phase(of, i)}`)]).toEqual([]);
    const changed = changes((of, i) => of.userId[i]!);
    const givers = [...stories("hardly_reading"), ...stories("drop_out")];
    const giving = new Set(givers.map(({ userId }) => userId));
    const less = [...changed].filter(([, more]) => more < 0).map(([user]) => user);
    expect(less.filter((user) => !giving.has(user))).toEqual([]);
    // Whoever was given rows before may come to have a story, and give away more.
    expect(less.length).toBeGreaterThan(30);
    const cohortOf = (user: number) => log.cohortId[byUser.get(user)![0]!]!;
    const cohorts = new Set(givers.map(({ userId }) => cohortOf(userId!)));
    expect(growing(changed).filter(([user]) => !cohorts.has(cohortOf(user)))).toEqual([]);
  });

  it("changes rows per path by probing only, and per day by what is gathered on one day", () => {
    const paths = growing(changes(pathOf));
    expect(paths.filter(([path]) => !PROBES.includes(path))).toEqual([]);
    const probed = sum(stories("probing").map((story) => story.rows));
    expect(sum(paths.map(([, more]) => more))).toBe(probed);
    const changed = changes((of, i) => of.day[i]!);
    const gathered = ["scraping", "one_day_peak", "probing"].flatMap(stories);
    const moved = sum(gathered.map((story) => story.rows));
    expect(sum(growing(changed).map(([, more]) => more))).toBeLessThanOrEqual(moved);
    const days = new Set(gathered.map(({ from }) => dayAt(from)));
    expect(growing(changed).filter(([day]) => !days.has(day))).toEqual([]);
    // The first and the last day, and the one on which the earlier version ends, 2020-11-02.
    for (const day of [0, 1_011, 1_181]) expect(changed.has(day)).toBe(false);
  });
});

describe("plantAnomalies", () => {
  it("plants as many of each kind as asked for, and what it can in a sample of any size", () => {
    const { truth } = rowsOfSample(20_000, 2, 3);
    const counts = KINDS.map((kind) => truth.filter((story) => story.kind === kind).length);
    expect(counts).toEqual(KINDS.map(() => 3));
    for (const rows of [1, 2, 3, 10, 100, 500, 5_000]) {
      const { day, truth: some } = rowsOfSample(rows, 1, 20);
      expect(day.length).toBe(rows);
      expect(new Set(some.map(({ userId }) => userId)).size).toBe(some.length);
    }
  });

  it("probes with paths that the site has not, some of them hostile, without blanks", () => {
    const site = new Set(frozenLog().paths);
    expect(PROBES.filter((path) => site.has(path) || /\s/.test(path))).toEqual([]);
    expect(new Set(PROBES).size).toBe(PROBES.length);
    expect(PROBES.some((path) => path.includes("<script>") && /["']/.test(path))).toBe(true);
  });
});
