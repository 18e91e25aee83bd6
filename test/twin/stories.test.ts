import { beforeAll, describe, expect, it } from "vitest";
import type { SampleRows } from "../../lib/twin/sample-rows";
import type { PlantedStory } from "../../lib/twin/truth";
import { COHORTS, wholeRows } from "../support/samples";

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2018, 0, 26);
const dayOf = (iso: string) => (Date.parse(iso) - FIRST_DAY) / DAY;

describe.each([1, 2])("the published stories of the whole log, seed %i", (seed) => {
  let log: SampleRows;
  const stories = (kind: string) => log.truth.filter((story) => story.kind === kind);
  const rowsWhere = (isMeant: (i: number) => boolean) => [...log.day.keys()].filter(isMeant);
  const rowsOf = (some: PlantedStory[]) => some.reduce((sum, { rows }) => sum + rows, 0);

  beforeAll(() => {
    log = wholeRows(seed);
  });

  it("have user 341's scrape: 180 rows in seven seconds from one address", () => {
    expect(stories("scraping").find(({ userId }) => userId === 341)).toEqual({
      ...{
        origin: "published",
        kind: "scraping",
        entity: "user 341",
        userId: 341,
        ip: "204.44.112.76",
        rows: 180,
      },
      from: Date.UTC(2019, 2, 3, 22, 52, 5),
      to: Date.UTC(2019, 2, 3, 22, 52, 11),
    });
    const of341 = rowsWhere((i) => log.userId[i] === 341);
    const on = (iso: string) => of341.filter((i) => log.day[i] === dayOf(iso));
    const counts = ["2019-03-03", "2020-04-21", "2020-07-13"].map((iso) => [
      on(iso).length,
      new Set(on(iso).map((i) => log.path[i])).size,
    ]);
    // Rows, and rows and different pages of three days, as published.
    expect(of341.length).toBe(1_581);
    expect(counts.flat()).toEqual([272, 170, 109, 13, 52, 37]);
    const perSecond = new Map<number, number>();
    for (const i of on("2019-03-03")) {
      perSecond.set(log.second[i]!, (perSecond.get(log.second[i]!) ?? 0) + 1);
    }
    const most = [...perSecond.values()].sort((a, b) => b - a).slice(0, 5);
    expect(most).toEqual([30, 30, 25, 25, 25]);
  });

  it("are the busiest days of users", () => {
    const perDay = new Map<number, number>();
    log.userId.forEach((user, i) => {
      const key = user * 2_000 + log.day[i]!;
      perDay.set(key, (perDay.get(key) ?? 0) + 1);
    });
    const most = [...perDay].sort((a, b) => b[1] - a[1]).slice(0, 4);
    const found = most.flatMap(([key, rows]) => [Math.floor(key / 2_000), rows]);
    expect(found).toEqual([341, 272, 313, 225, 138, 198, 526, 192]);
  });

  it("have students on the other program's lessons, ending in 2019 but for one row", () => {
    const cross = stories("cross_program").filter(({ userId }) => userId !== null);
    expect(cross.map(({ userId }) => userId).sort()).toEqual([467, 472, 476, 590]);
    expect(rowsOf(cross)).toBe(33);
    const last = cross.filter(({ userId }) => userId !== 590).map(({ to }) => to);
    expect(Math.max(...last)).toBe(Date.UTC(2019, 11, 14, 16, 46, 24));
    // Published: 1,402 rows in either direction, the last on 2019-12-22.
    const either = stories("cross_program").filter(({ userId }) => userId === null);
    expect(rowsOf(either)).toBe(1_402);
    for (const { to } of either) expect(to).toBeLessThan(Date.UTC(2019, 11, 23));
  });

  it("have whom document 003 names", () => {
    const named = new Map(stories("named_suspect").map((story) => [story.entity, story]));
    expect(named.get("user 313")).toMatchObject({ ip: "173.173.121.126" });
    expect(named.get("address 204.44.112.76")!.rows).toBe(180);
    expect(named.get("user 354")!.rows).toBe(2_965);
    expect(named.get("user 111")!.rows).toBeGreaterThan(20);
  });

  it("let drop-outs leave before the end and stay away", () => {
    const gone = stories("drop_out");
    expect(gone.map(({ userId }) => userId)).toEqual(expect.arrayContaining([268, 663, 707, 757]));
    const ends = new Map([...COHORTS.values()].map(({ name, end }) => [name, end]));
    for (const { entity, to } of gone) {
      const end = FIRST_DAY + ends.get(entity.split(" in ")[1]!)! * DAY;
      expect([entity, to < end]).toEqual([entity, true]);
    }
  });

  it("say in the truth what the rows say", () => {
    for (const { userId, ip, from, to, rows, kind, entity } of log.truth) {
      expect([entity, from <= to]).toEqual([entity, true]);
      if (kind !== "no_cohort") continue;
      const own = rowsWhere((i) => log.userId[i] === userId && log.cohortId[i] === 0);
      expect([userId, own.length, ip]).toEqual([userId, rows, null]);
    }
    expect(stories("no_cohort")).toHaveLength(78);
    expect(stories("hardly_reading").length).toBeGreaterThanOrEqual(37);
  });

  it("name everyone who probes for a way in", () => {
    // Paths of the log that no page of the site has: the traversals, and one of the others.
    const probes = /^examples\/css\/.*(%5c|%255c|%2f|%c0%af)|^wp-|^phpinfo$|^login.aspx$/;
    const isProbe = log.paths.map((path) => probes.test(path));
    const users = new Set(
      rowsWhere((i) => isProbe[log.path[i]!] ?? false).map((i) => log.userId[i]!),
    );
    const named = new Set(stories("probing").map(({ userId }) => userId));
    expect([...users].filter((user) => !named.has(user))).toEqual([]);
    expect(users.size).toBeGreaterThan(2);
  });
});
