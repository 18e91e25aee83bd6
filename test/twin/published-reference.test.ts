import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { SampleRows } from "../../lib/twin/sample-rows";
import { COHORTS } from "../support/samples";
import { tally, WholeSample } from "./whole-sample";

const REFERENCE = join(PROJECT_ROOT, "..", "shared", "reference");
const published = existsSync(REFERENCE);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";
// biome-ignore lint/suspicious/noExplicitAny: a file of facts, without a type
const readFacts = (): any =>
  JSON.parse(readFileSync(join(REFERENCE, "curriculum-facts.json"), "utf8"));

const STAFF = 28;

describe.skipIf(!published).each([1, 2])(`the whole log, seed %i${needsReference}`, (seed) => {
  let whole: WholeSample;
  let log: SampleRows;
  const stamp = (i: number) => whole.stamp(i);
  const rowsWhere = (isMeant: (i: number) => boolean) => whole.rowsWhere(isMeant);

  beforeAll(() => {
    whole = new WholeSample(seed);
    log = whole.log;
  });

  it("has the published pages of each of 1,182 days", () => {
    const csv = readFileSync(join(REFERENCE, "curriculum-daily.csv"), "utf8").trim().split("\n");
    const pages = rowsWhere((i) => log.path[i]! >= 0);
    const days = tally(pages.length, (i) => stamp(pages[i]!).slice(0, 10));
    const expected = csv.slice(1).map((line) => line.split(",").slice(0, 2));
    expect([...days].map(([day, count]) => [day, String(count)])).toEqual(expected.sort());
  });

  it("has every published top of paths, and uneven lessons", () => {
    const { paths: facts } = readFacts();
    const check = (list: [string, number][], found: (path: string) => number | undefined) =>
      expect(list.map(([path]) => [path, found(path)])).toEqual(list);
    check(facts.top_900223, (path) => whole.rowsOn("all", path));
    check(facts.javascript_900223, (path) => whole.rowsOn("all", path));
    check(
      facts.top_joined_847330,
      (path) => whole.rowsOn("all", path)! - whole.rowsOn(null, path)!,
    );
    const programs = Object.entries<[string, number][]>(facts.top_by_program_900223);
    for (const [program, list] of programs) {
      check(list, (path) => whole.rowsOn(program === "null" ? null : Number(program), path));
    }
    for (const [name, path, count] of facts.top_cohort_path_pairs) {
      expect([name, path, whole.rowsOn(name, path)]).toEqual([name, path, count]);
    }
    const { _rule, ...uneven } = facts.cohorts_that_overused_or_glossed;
    for (const [path, cohorts] of Object.entries<Record<string, number>>(uneven)) {
      const found = Object.keys(cohorts).map((name) => [name, whole.rowsOn(name, path) ?? 0]);
      expect([path, Object.fromEntries(found)]).toEqual([path, cohorts]);
    }
  });

  it("has each cohort's users, days, first row, paths and most read paths", () => {
    // biome-ignore lint/suspicious/noExplicitAny: see above
    for (const [name, facts] of Object.entries<any>(readFacts().cohorts.by_name)) {
      if (!facts.rows_900223) continue;
      const own = rowsWhere((i) => log.cohortId[i] === facts.id);
      const found = whole.paths.get(name)!;
      const different = (of: Int32Array) => new Set(own.map((i) => of[i])).size;
      expect([name, different(log.userId), different(log.day), stamp(own[0]!)]).toEqual([
        ...[name, facts.users, facts.days_with_rows, facts.first_access],
      ]);
      expect([name, found.get("/"), found.size]).toEqual([
        ...[name, facts.home_rows, facts.distinct_paths],
      ]);
      if (facts.search_index_rows) {
        expect(found.get("search/search_index.json")).toBe(facts.search_index_rows);
      }
      if (!facts.top_path) continue;
      const others = [...found].filter(([path]) => path !== "/");
      const most = Math.max(...others.map(([, count]) => count));
      const top = others.filter(([, count]) => count === most).map(([path]) => path);
      expect([name, most]).toEqual([name, facts.top_path[1]]);
      // The four rows of one cohort are on four paths.
      expect(top).toContain(facts.top_path[0]);
      if (most > 1) expect([name, top.length]).toEqual([name, 1]);
    }
  });

  it("has the weeks of the data-science cohorts", () => {
    const weeks = readFacts().temporal.ds_hits_per_class_week;
    for (const [id, { name, start, end }] of COHORTS) {
      if (typeof weeks[name] !== "object" || Array.isArray(weeks[name])) continue;
      const own = rowsWhere((i) => log.cohortId[i] === id);
      const inClass = own.map((i) => log.day[i]!).filter((day) => day >= start && day <= end);
      const found = tally(inClass.length, (i) => String(Math.floor((inClass[i]! - start) / 7)));
      for (const [week, rows] of Object.entries(weeks[name])) {
        expect([name, week, found.get(week)]).toEqual([name, week, rows]);
      }
    }
  });

  it("has who hardly reads in class, with their rows", () => {
    const inClass = rowsWhere((i) => {
      const cohort = COHORTS.get(log.cohortId[i]!);
      if (!cohort || log.cohortId[i] === STAFF) return false;
      return log.day[i]! >= cohort.start && log.day[i]! <= cohort.end;
    });
    const rows = tally(inClass.length, (i) => String(log.userId[inClass[i]!]));
    const few = Object.fromEntries([...rows].filter(([, count]) => count < 50));
    expect(few).toEqual(readFacts().anomalies.hardly_accessed.under_50_inclusive);
  });
});
