import { beforeAll, describe, expect, it } from "vitest";
import { CAMPUS, KNOWN_HOMES } from "../../../lib/acquire/sample/calibration/addresses";
import { COHORTS } from "../../../lib/acquire/sample/calibration/cohorts";
import { PATHS } from "../../../lib/acquire/sample/calibration/paths";
import { PUBLISHED_ROWS } from "../../../lib/acquire/sample/calibration/published-rows";
import { GROUPS } from "../../../lib/acquire/sample/groups";
import type { SampleRows } from "../../../lib/acquire/sample/log-rows";
import { sampleRows } from "../../../lib/acquire/sample/sample-rows";

const FULL = 900_223;
const HOUR = 3_600;
const FIRST_DAY = Date.UTC(2018, 0, 26);
const dayOf = (iso: string) => (Date.parse(iso) - FIRST_DAY) / 86_400_000;
const programOf = new Map(COHORTS.map(({ id, programId }) => [id, programId]));

/** Published totals of the most active users, all of one cohort. */
const MOST_ACTIVE = new Map([
  [11, 17_913],
  [64, 16_347],
  [53, 12_329],
  [314, 7_783],
  [1, 7_404],
]);
/** Addresses printed with a row of the documents; the made-up one is of the row without a path. */
const PRINTED = new Set([...CAMPUS.map(({ ip }) => ip), ...KNOWN_HOMES.values()]);

describe.each([1, 20_240_229])("a scaled log, seed %i", (seed) => {
  describe.each([1, 10, 500, 10_000, 100_000, 899_999])("of %i rows", (rows) => {
    const share = rows / FULL;
    let log: SampleRows;
    beforeAll(() => {
      log = sampleRows(rows, seed);
    });
    const count = (isMeant: (i: number) => boolean) => {
      let found = 0;
      for (let i = 0; i < rows; i++) if (isMeant(i)) found++;
      return found;
    };

    it("has the rows, in time order, and nothing planted", () => {
      expect(log.day.length).toBe(rows);
      const time = (i: number) => log.day[i]! * 86_400 + log.second[i]!;
      expect(count((i) => i > 0 && time(i) < time(i - 1))).toBe(0);
      expect(log.truth).toEqual([]);
    });

    it("has users of the log only, the most active in proportion", () => {
      expect(count((i) => log.userId[i]! < 1 || log.userId[i]! > 981)).toBe(0);
      // 981 users; with few rows, those of whom no whole row is left are missing.
      const users = new Set(log.userId).size;
      expect(users).toBeLessThanOrEqual(Math.min(rows, 981));
      if (rows >= 10_000) expect(users).toBeGreaterThan(850);
      for (const [user, total] of MOST_ACTIVE) {
        const off = count((i) => log.userId[i] === user) - total * share;
        // Rounded, and a printed row may be taken from whoever has most of the cohort.
        expect([user, Math.abs(off) < 2]).toEqual([user, true]);
      }
    });

    it("has each user in cohorts of theirs, on no day before the cohort came", () => {
      const firstDay = new Map<number, number>();
      for (const group of GROUPS) {
        const known = firstDay.get(group.cohortId) ?? group.firstDay;
        firstDay.set(group.cohortId, Math.min(known, group.firstDay));
      }
      expect(count((i) => log.day[i]! < firstDay.get(log.cohortId[i]!)!)).toBe(0);
      const pairs = new Set(Array.from(log.userId, (user, i) => `${user} ${log.cohortId[i]}`));
      // Published: 952 pairs with a cohort, and 78 users without one.
      expect(pairs.size).toBeLessThanOrEqual(952 + 78);
    });

    it("has each cohort's rows in proportion, rounded", () => {
      const perCohort = new Map<number, number>();
      for (const cohort of log.cohortId) perCohort.set(cohort, (perCohort.get(cohort) ?? 0) + 1);
      const off = GROUPS.filter(({ cohortId }) => cohortId > 0).map((group) =>
        Math.abs((perCohort.get(group.cohortId) ?? 0) - group.rows * share),
      );
      expect(off.filter((o) => o >= 1)).toEqual([]);
    });

    it("has each path's rows in proportion within programs", () => {
      const perPath = PATHS.map(() => [0, 0, 0, 0, 0]);
      const programs = [0, 0, 0, 0, 0];
      let others = 0;
      log.path.forEach((place, i) => {
        const program = programOf.get(log.cohortId[i]!) ?? 0;
        programs[program]!++;
        if (place >= PATHS.length) others++;
        else if (place >= 0) perPath[place]![program]!++;
      });
      expect(others).toBe(0);
      const totals = programs.map((_, p) => PATHS.reduce((sum, path) => sum + path.rows[p]!, 0));
      const printed = new Set(PUBLISHED_ROWS.map(({ path }) => path));
      const off = PATHS.flatMap(({ path, rows: known }, place) => {
        if (printed.has(path)) return [];
        const found = perPath[place]!;
        return programs.map((sum, p) => Math.abs(found[p]! - known[p]! * (sum / totals[p]!)));
      });
      // A printed row takes the place of one on another path where its own has none.
      const givers = off.filter((o) => o >= 1).length;
      expect(givers).toBeLessThanOrEqual(rows < 10_000 ? PUBLISHED_ROWS.length : 3);
      expect(Math.max(...off)).toBeLessThan(5);
    });

    it("comes from the campus in its time, from printed addresses or such as are made up", () => {
      const ips = [...new Set(log.address)].map((place) => log.addresses[place]!);
      expect(ips.filter((ip) => !PRINTED.has(ip) && !/^198\.1[89]\.\d+\.\d+$/.test(ip))).toEqual(
        [],
      );
      for (const { ip, from, to } of CAMPUS) {
        const place = log.addresses.indexOf(ip);
        const isOutside = (i: number) => log.day[i]! < dayOf(from) || log.day[i]! > dayOf(to);
        expect(count((i) => log.address[i] === place && isOutside(i))).toBe(0);
      }
      // 346,241 rows of the whole log come from there, nearly all of them on weekdays.
      const campus = new Set(CAMPUS.map(({ ip }) => log.addresses.indexOf(ip)));
      const there = count((i) => campus.has(log.address[i]!));
      if (rows >= 10_000) expect(Math.abs(there / rows - 346_241 / FULL)).toBeLessThan(0.05);
      const isWeekend = (i: number) => (log.day[i]! + 4) % 7 >= 5;
      const atWeekends = count((i) => campus.has(log.address[i]!) && isWeekend(i));
      if (rows >= 10_000) expect(atWeekends / there).toBeLessThan(0.02);
    });

    it("is read in class hours on weekdays, and hardly at night", () => {
      const isWeekday = (i: number) => (log.day[i]! + 4) % 7 < 5;
      const inHours = (i: number) => log.second[i]! >= 8 * HOUR && log.second[i]! < 18 * HOUR;
      const weekdays = count(isWeekday);
      // The whole log has 89 %: published are the hours' shape and the dip at noon alone.
      const least = rows < 10_000 ? 0.5 : 0.8;
      expect(count((i) => isWeekday(i) && inHours(i)) / weekdays).toBeGreaterThan(least);
      expect(count((i) => log.second[i]! < 6 * HOUR) / rows).toBeLessThan(
        rows < 10_000 ? 0.1 : 0.03,
      );
    });
  });
});
