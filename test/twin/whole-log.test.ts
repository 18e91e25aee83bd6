import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { SampleRows } from "../../lib/twin/sample-rows";
import type { PlantedStory } from "../../lib/twin/truth";
import { COHORTS, wholeRows } from "../support/samples";

const FACTS = join(PROJECT_ROOT, "..", "shared", "reference", "curriculum-facts.json");
const published = existsSync(FACTS);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2018, 0, 26);
const STAFF = 28;

const dayOf = (iso: string) => (Date.parse(iso) - FIRST_DAY) / DAY;
const clock = (second: number) => new Date(second * 1000).toISOString().slice(11, 19);
const timeOf = ({ day, second }: SampleRows, i: number) =>
  FIRST_DAY + day[i]! * DAY + second[i]! * 1000;

describe.each([1, 2])("the whole log, seed %i", (seed) => {
  let log: SampleRows;
  let byKind: Map<string, PlantedStory[]>;

  beforeAll(() => {
    log = wholeRows(seed);
    byKind = new Map();
    for (const story of log.truth) {
      byKind.set(story.kind, [...(byKind.get(story.kind) ?? []), story]);
    }
  });

  const rowsWhere = (isMeant: (i: number) => boolean) => {
    const rows: number[] = [];
    for (let i = 0; i < log.day.length; i++) if (isMeant(i)) rows.push(i);
    return rows;
  };
  const stories = (kind: string) => byKind.get(kind) ?? [];

  it("numbers users in the order of their first rows, but for one whose time is published", () => {
    const first = new Map<number, number>();
    log.userId.forEach((user, i) => {
      if (!first.has(user)) first.set(user, i);
    });
    const inOrder = [...first.keys()].filter((user) => user !== 918);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
    expect(inOrder).toHaveLength(980);
    const row = first.get(918)!;
    expect([log.paths[log.path[row]!], clock(log.second[row]!)]).toEqual(["/", "16:59:56"]);
  });

  it("has as many newcomers on the first five days as published", () => {
    const first = new Map<number, number>();
    log.userId.forEach((user, i) => {
      if (!first.has(user)) first.set(user, log.day[i]!);
    });
    const newcomers = [0, 1, 2, 3, 4].map(
      (day) => [...first.values()].filter((d) => d === day).length,
    );
    // Published: users by the day on which they were first seen.
    expect(newcomers).toEqual([50, 2, 2, 12, 7]);
  });

  it("has the rows that document 000 prints without a cohort and document 002 of data science", () => {
    const row = (at: string, user: number, path: string) => {
      const [date, time] = at.split(" ");
      const rows = rowsWhere(
        (i) =>
          log.day[i] === dayOf(date!) &&
          clock(log.second[i]!) === time &&
          log.userId[i] === user &&
          log.paths[log.path[i]!] === path,
      );
      expect([at, rows.length]).toEqual([at, 1]);
    };
    row("2018-01-26 16:46:16", 48, "/");
    row("2018-01-26 16:46:24", 48, "spring/extra-features/form-validation");
    row("2018-01-26 18:32:17", 48, "mysql/relationships/joins");
    row("2021-04-21 12:49:00", 717, "javascript-ii");
    row("2021-04-21 12:52:37", 717, "javascript-ii/promises");
    row("2019-08-20 09:40:28", 470, "3-sql/1-mysql-overview");
    row("2019-08-20 09:40:30", 467, "2-storytelling/bad-charts");
  });

  it("has the first and last rows without a cohort when they are printed", () => {
    const none = rowsWhere((i) => log.cohortId[i] === 0);
    const stamp = (i: number) => new Date(timeOf(log, i)).toISOString().slice(0, 19);
    expect(stamp(none[0]!)).toBe("2018-01-26T16:46:16");
    expect(stamp(none[none.length - 1]!)).toBe("2021-04-21T12:56:26");
    const earlier = none.filter((i) => stamp(i) <= "2020-11-02T16:48:47");
    expect(stamp(earlier[earlier.length - 1]!)).toBe("2020-11-02T16:30:49");
  });

  it("ends its earlier version at the published second", () => {
    const end = Date.UTC(2020, 10, 2, 16, 48, 47);
    expect(timeOf(log, 719_458)).toBe(end);
    expect(timeOf(log, 719_459)).toBeGreaterThan(end);
  });

  it.skipIf(!published)(
    `has each cohort's first row and days as published${needsReference}`,
    () => {
      const facts = JSON.parse(readFileSync(FACTS, "utf8")).cohorts.by_name;
      const firsts = new Map<number, number>();
      const days = new Map<number, Set<number>>();
      log.cohortId.forEach((cohort, i) => {
        if (!firsts.has(cohort)) firsts.set(cohort, timeOf(log, i));
        if (!days.has(cohort)) days.set(cohort, new Set());
        days.get(cohort)!.add(log.day[i]!);
      });
      for (const [id, { name }] of COHORTS) {
        if (!facts[name].rows_900223) continue;
        const first = new Date(firsts.get(id)!).toISOString().slice(0, 19).replace("T", " ");
        expect([name, first]).toEqual([name, facts[name].first_access]);
        expect([name, days.get(id)!.size]).toEqual([name, facts[name].days_with_rows]);
      }
    },
  );

  it.skipIf(!published)(
    `has the published weeks of the data-science cohorts${needsReference}`,
    () => {
      const weeks = JSON.parse(readFileSync(FACTS, "utf8")).temporal.ds_hits_per_class_week;
      for (const [id, { name, start, end }] of COHORTS) {
        if (typeof weeks[name] !== "object" || Array.isArray(weeks[name])) continue;
        const found: Record<string, number> = {};
        log.cohortId.forEach((cohort, i) => {
          const since = log.day[i]! - start;
          if (cohort !== id || since < 0 || log.day[i]! > end) return;
          const week = String(Math.floor(since / 7));
          found[week] = (found[week] ?? 0) + 1;
        });
        for (const [week, rows] of Object.entries(weeks[name])) {
          expect([name, week, found[week]]).toEqual([name, week, rows]);
        }
      }
    },
  );

  it.skipIf(!published)(`has who hardly reads in class, with their rows${needsReference}`, () => {
    const list = JSON.parse(readFileSync(FACTS, "utf8")).anomalies.hardly_accessed;
    const rows = new Map<number, number>();
    log.userId.forEach((user, i) => {
      const cohort = COHORTS.get(log.cohortId[i]!);
      if (!cohort || log.cohortId[i] === STAFF) return;
      if (log.day[i]! < cohort.start || log.day[i]! > cohort.end) return;
      rows.set(user, (rows.get(user) ?? 0) + 1);
    });
    const few = [...rows].filter(([, count]) => count < 50).sort(([a], [b]) => a - b);
    const wanted = Object.entries(list.under_50_inclusive).map(([id, n]) => [Number(id), n]);
    expect(few).toEqual(wanted.sort(([a], [b]) => Number(a) - Number(b)));
  });

  it("has user 341's scrape: 180 rows in seven seconds from one address", () => {
    const [scrape] = stories("scraping").filter(({ userId }) => userId === 341);
    expect(scrape).toEqual({
      kind: "scraping",
      entity: "user 341",
      userId: 341,
      ip: "204.44.112.76",
      from: Date.UTC(2019, 2, 3, 22, 52, 5),
      to: Date.UTC(2019, 2, 3, 22, 52, 11),
      rows: 180,
    });
    const of341 = rowsWhere((i) => log.userId[i] === 341);
    expect(of341).toHaveLength(1_581);
    const on = (iso: string) => of341.filter((i) => log.day[i] === dayOf(iso));
    const different = (rows: number[]) => new Set(rows.map((i) => log.path[i])).size;
    // Rows and different pages of the three days, as published.
    expect([on("2019-03-03").length, different(on("2019-03-03"))]).toEqual([272, 170]);
    expect([on("2020-04-21").length, different(on("2020-04-21"))]).toEqual([109, 13]);
    expect([on("2020-07-13").length, different(on("2020-07-13"))]).toEqual([52, 37]);
    const perSecond = new Map<number, number>();
    for (const i of on("2019-03-03")) {
      perSecond.set(log.second[i]!, (perSecond.get(log.second[i]!) ?? 0) + 1);
    }
    const most = [...perSecond.values()].sort((a, b) => b - a).slice(0, 5);
    expect(most).toEqual([30, 30, 25, 25, 25]);
  });

  it("has no day of a user above the published ones that is not planted", () => {
    const perDay = new Map<number, number>();
    log.userId.forEach((user, i) => {
      const key = user * 2_000 + log.day[i]!;
      perDay.set(key, (perDay.get(key) ?? 0) + 1);
    });
    const most = [...perDay].sort((a, b) => b[1] - a[1]).slice(0, 4);
    // 272 (341), 225 (313), 198 (138), 192 (526)
    expect(most.map(([key, rows]) => [Math.floor(key / 2_000), rows])).toEqual([
      [341, 272],
      [313, 225],
      [138, 198],
      [526, 192],
    ]);
  });

  it("has data-science students on Java paths in 2019, and one row after", () => {
    const cross = stories("cross_program").filter(({ userId }) => userId !== null);
    expect(cross.map(({ userId }) => userId).sort()).toEqual([467, 472, 476, 590]);
    expect(cross.reduce((sum, { rows }) => sum + rows, 0)).toBe(33);
    const last = cross.filter(({ userId }) => userId !== 590).map(({ to }) => to!);
    expect(Math.max(...last)).toBe(Date.UTC(2019, 11, 14, 16, 46, 24));
  });

  it("has the published rows of students on the other program's lessons, ending in 2019", () => {
    const either = stories("cross_program").filter(({ userId }) => userId === null);
    // Published: 1,402 rows in either direction, the last on 2019-12-22.
    expect(either.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_402);
    for (const { to } of either) expect(to!).toBeLessThan(Date.UTC(2019, 11, 23));
  });

  it("has whom document 003 names", () => {
    const named = new Map(stories("named_suspect").map((story) => [story.entity, story]));
    expect(named.get("user 313")).toMatchObject({ ip: "173.173.121.126" });
    expect(named.get("address 204.44.112.76")!.rows).toBe(180);
    expect(named.get("user 354")!.rows).toBe(2_965);
    expect(named.get("user 111")!.rows).toBeGreaterThan(20);
  });

  it("lets drop-outs leave before the end and stay away", () => {
    const gone = stories("drop_out");
    for (const user of [268, 663, 707, 757]) {
      expect(gone.some(({ userId }) => userId === user)).toBe(true);
    }
    const ends = new Map([...COHORTS.values()].map(({ name, end }) => [name, end]));
    for (const { entity, to } of gone) {
      const end = FIRST_DAY + ends.get(entity.split(" in ")[1]!)! * DAY;
      expect([entity, to! < end]).toEqual([entity, true]);
    }
  });

  it("says in the truth what the rows say", () => {
    for (const { userId, ip, from, to, rows, kind, entity } of log.truth) {
      expect([entity, from <= to]).toEqual([entity, true]);
      if (kind !== "no_cohort") continue;
      const own = rowsWhere((i) => log.userId[i] === userId && log.cohortId[i] === 0);
      expect([userId, own.length, ip]).toEqual([userId, rows, null]);
    }
    expect(stories("no_cohort")).toHaveLength(78);
    expect(stories("hardly_reading").length).toBeGreaterThanOrEqual(37);
  });

  it("names everyone who probes for a way in", () => {
    // Paths of the log that no page of the site has: the traversals, and one of the others.
    const probes = /^examples\/css\/.*(%5c|%255c|%2f|%c0%af)|^wp-|^phpinfo$|^login.aspx$/;
    const users = new Set<number>();
    log.path.forEach((place, i) => {
      if (place >= 0 && probes.test(log.paths[place]!)) users.add(log.userId[i]!);
    });
    const named = new Set(stories("probing").map(({ userId }) => userId));
    expect([...users].filter((user) => !named.has(user))).toEqual([]);
    expect(users.size).toBeGreaterThan(2);
  });
});
