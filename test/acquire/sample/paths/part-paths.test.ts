import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PATHS } from "../../../../lib/acquire/sample/calibration/paths";
import { wholeGroupDays } from "../../../../lib/acquire/sample/days/group-days";
import { isoDay } from "../../../../lib/acquire/sample/days/log-days";
import { DAY_ROWS } from "../../../../lib/acquire/sample/days/margins";
import { type Part, wholeParts } from "../../../../lib/acquire/sample/days/parts";
import { GROUPS } from "../../../../lib/acquire/sample/groups";
import { isDataScience } from "../../../../lib/acquire/sample/paths/cross-reading";
import {
  type PartPageChooser,
  partPageChooser,
} from "../../../../lib/acquire/sample/paths/part-page-chooser";
import { wholeEndDayPaths, wholePartPaths } from "../../../../lib/acquire/sample/paths/part-paths";
import { wholePathTable } from "../../../../lib/acquire/sample/paths/path-table";
import { TOPIC_OF } from "../../../../lib/acquire/sample/paths/reading-habits";
import { PROJECT_ROOT } from "../../../../lib/paths";

const FACTS = join(PROJECT_ROOT, "..", "shared", "reference", "curriculum-facts.json");
const published = existsSync(FACTS);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";

const [JAVA, DATA_SCIENCE] = [2, 3];
const STAFF = 28;
const NAMES = PATHS.map(({ path }) => path);
const SIZE = NAMES.length;
const DAYS = DAY_ROWS.length;
const parts = wholeParts();
const programOf = ({ group }: Part) => GROUPS[group]!.programId;
const isStaff = ({ group }: Part) => GROUPS[group]!.cohortId === STAFF;
const inYear2019 = ({ fromDay }: Part) =>
  fromDay >= isoDay("2019-01-01") && fromDay < isoDay("2020-01-01");
const isAfter = ({ when }: Part) => when === "after";

/** Rows by path of the parts that count, less those of end dates if `byDate`. */
function rowsOf(counts: (part: Part) => boolean, byDate = false): Map<string, number> {
  const rows = new Map<string, number>();
  parts.forEach((part, p) => {
    if (!counts(part)) return;
    for (let i = 0; i < SIZE; i++) {
      const cell = p * SIZE + i;
      const count = wholePartPaths()[cell]! - (byDate ? wholeEndDayPaths()[cell]! : 0);
      if (count > 0) rows.set(NAMES[i]!, (rows.get(NAMES[i]!) ?? 0) + count);
    }
  });
  return rows;
}

const javaAfter = (part: Part) => isAfter(part) && programOf(part) === JAVA;
const dataScienceAfter = (part: Part) => isAfter(part) && programOf(part) === DATA_SCIENCE;
const joinedAfter = (part: Part) => isAfter(part) && programOf(part) > 0;
const webWithoutStaffAfter = (part: Part) =>
  joinedAfter(part) && programOf(part) !== DATA_SCIENCE && !isStaff(part);
const isAside = (path: string) =>
  /^(\/|search\/search_index\.json|toc|appendix)$/.test(path) || /\.(jpe?g|svg|gif)$/.test(path);

/** The `n` paths with most rows, as the published lists have them. */
function top(rows: Map<string, number>, n: number): [string, number][] {
  return [...rows].sort((a, b) => b[1] - a[1]).slice(0, n);
}

const lessons = (rows: Map<string, number>) => new Map([...rows].filter(([p]) => !isAside(p)));

describe("wholePartPaths", () => {
  it("divides each group's rows by path, and gives each part its rows", () => {
    const byGroup = new Int32Array(GROUPS.length * SIZE);
    const table = wholePartPaths();
    parts.forEach(({ group, rows, when, fromDay }, p) => {
      let sum = 0;
      for (let i = 0; i < SIZE; i++) {
        const count = table[p * SIZE + i]!;
        byGroup[group * SIZE + i]! += count;
        sum += count;
      }
      // The only row without a path is Curie's, in class, on 2020-04-08.
      const without = GROUPS[group]!.name === "Curie" && when === "class" ? 1 : 0;
      expect([GROUPS[group]!.name, when, fromDay, sum]).toEqual([
        GROUPS[group]!.name,
        when,
        fromDay,
        rows - without,
      ]);
    });
    expect(differing(byGroup, wholePathTable())).toEqual([]);
    expect(table.every((count) => count >= 0)).toBe(true);
  });

  it("has 298 rows on end dates: 200,132 by timestamp less 199,834 by date (facts, windows)", () => {
    expect(wholeEndDayPaths().reduce((a, b) => a + b)).toBe(298);
    expect(wholeEndDayPaths().every((rows, cell) => rows <= wholePartPaths()[cell]!)).toBe(true);
  });

  it("has 2,153 paths up to 2020-11-02 (facts, versions)", () => {
    expect(rowsOf(({ fromDay }) => fromDay < isoDay("2020-11-03")).size).toBe(2_153);
  });

  it("has 1,865 paths of cohorts on days after graduation (facts, windows)", () => {
    expect(rowsOf(joinedAfter, true).size).toBe(1_865);
  });

  it.skipIf(!published)(`has the published tops after graduation${needsReference}`, () => {
    const lists = JSON.parse(readFileSync(FACTS, "utf8")).paths.post_graduation_top;
    expect(top(lessons(rowsOf(javaAfter)), 10)).toEqual(lists.java);
    expect(top(lessons(rowsOf(dataScienceAfter)), 10)).toEqual(lists.data_science);
    expect(top(rowsOf(joinedAfter, true), 12)).toEqual(lists.all_programs_date_rule);
    const web = rowsOf(webWithoutStaffAfter);
    // The list leaves out home, the search index and the root file of an older site.
    for (const path of ["/", "search/search_index.json"]) web.delete(path);
    expect(top(web, 10)).toEqual(lists.no_staff_webdev);
  });

  it("has the five Java paths and the one of data science that are published by date", () => {
    const java = rowsOf(javaAfter, true);
    const five = ["javascript-i", "spring", "html-css", "java-iii", "java-ii"];
    expect(five.map((path) => java.get(path))).toEqual([4_229, 3_760, 3_136, 3_058, 2_985]);
    expect(rowsOf(dataScienceAfter, true).get("classification/overview")).toBe(266);
  });

  it("has 8,074 rows of data science after graduation besides home, search and pictures", () => {
    const aside = /^(\/|search\/search_index\.json|index\.html)$|\.(jpg|jpeg|svg)$/;
    let rows = 0;
    for (const [path, count] of rowsOf(dataScienceAfter, true))
      if (!aside.test(path)) rows += count;
    expect(rows).toBe(8_074);
  });

  it.skipIf(!published)(`has the published tops of 2019${needsReference}`, () => {
    const lists = JSON.parse(readFileSync(FACTS, "utf8")).paths.top_2019;
    const of = (program: number) =>
      rowsOf((part) => inYear2019(part) && programOf(part) === program);
    expect(top(of(JAVA), 10)).toEqual(lists.java);
    expect(top(of(DATA_SCIENCE), 6)).toEqual(lists.data_science);
  });

  it("has 32 rows of data science on paths starting java in 2019, all of Bayes (facts)", () => {
    const found = parts.flatMap((part, p) => {
      if (programOf(part) !== DATA_SCIENCE) return [];
      let rows = 0;
      NAMES.forEach((path, i) => {
        if (path.startsWith("java")) rows += wholePartPaths()[p * SIZE + i]!;
      });
      return rows === 0 ? [] : [[GROUPS[part.group]!.name, inYear2019(part), part.when, rows]];
    });
    expect(found).toEqual([
      ["Bayes", true, "class", 32],
      // One more of May 2020.
      ["Curie", false, "class", 1],
    ]);
  });

  it("has 1,402 rows on the other program's lessons before 2020, and three later", () => {
    let before = 0;
    const later: [string, string, number][] = [];
    parts.forEach((part, p) => {
      const program = programOf(part);
      if (program === 0 || isStaff(part)) return;
      NAMES.forEach((path, i) => {
        const rows = wholePartPaths()[p * SIZE + i]!;
        const other = program === DATA_SCIENCE ? TOPIC_OF[i]!.course === "java" : isDataScience(i);
        if (rows === 0 || !other) return;
        if (part.fromDay < isoDay("2020-01-01")) before += rows;
        else later.push([GROUPS[part.group]!.name, path, rows]);
      });
    });
    expect(before).toBe(1_402);
    // Of program 2 on classification/overview 851 of 852 rows are Staff's; 4,262 rows of all
    // programs on spring are 3,760 of Java, 501 of PHP and one of data science.
    expect(later.map(([, path, rows]) => [path, rows]).sort()).toEqual([
      ["classification/overview", 1],
      ["javascript-i", 1],
      ["spring", 1],
    ]);
  });
});

describe.each([1, 20_240_229])("partPageChooser, seed %i", (seed) => {
  /** Rows by part and path as they were handed out, and what was asked on the way. */
  let used: Int32Array;
  let onEndDays: Int32Array;
  let lastCrossing: number;
  let chooser: PartPageChooser;
  let partDays: Int32Array;

  beforeAll(() => {
    partDays = daysOfParts(seed);
    chooser = partPageChooser(parts, partDays, paths(), seed, wholeEndDayPaths());
    used = new Int32Array(parts.length * SIZE);
    onEndDays = new Int32Array(parts.length * SIZE);
    lastCrossing = 0;
    parts.forEach((part, p) => {
      const { group, when, fromDay, toDay } = part;
      for (let day = fromDay; day < toDay; day++) {
        let previous = -1;
        for (let left = partDays[p * DAYS + day]!; left > 0; left--) {
          chooser.open(p, day);
          previous = chooser.next(left % 9 === 0 ? -1 : previous);
          used[p * SIZE + previous]!++;
          // Sets without a cohort have no end date.
          const { endDay, cohortId } = GROUPS[group]!;
          if (cohortId > 0 && when === "after" && day === endDay) onEndDays[p * SIZE + previous]!++;
          if (day < isoDay("2020-01-01") && isPasserBy(part, previous)) {
            lastCrossing = Math.max(lastCrossing, day);
          }
        }
      }
    });
  });

  it("hands out every row of every part", () => {
    expect(differing(used, paths())).toEqual([]);
  });

  it("hands out on end dates what is theirs", () => {
    expect(differing(onEndDays, wholeEndDayPaths())).toEqual([]);
  });

  it("ends cross-program reading by 2019-12-22 (facts, anomalies)", () => {
    expect(lastCrossing).toBeLessThanOrEqual(isoDay("2019-12-22"));
    expect(lastCrossing).toBeGreaterThan(isoDay("2019-12-01"));
  });

  it("is the same again for the same seed", () => {
    const [a, b] = [0, 1].map(() => {
      const pages = partPageChooser(parts, partDays, paths(), seed);
      // The first part with enough rows on one day.
      const cell = partDays.findIndex((rows) => rows >= 50);
      pages.open(Math.floor(cell / DAYS), cell % DAYS);
      return Array.from({ length: 50 }, () => pages.next(-1));
    });
    expect(a).toEqual(b);
  });

  it("scrapes different pages in the site's order, and hands each out once", () => {
    const day = isoDay("2019-03-03");
    const p = parts.findIndex(
      ({ group, fromDay, toDay }) =>
        GROUPS[group]!.name === "Zion" && fromDay <= day && day < toDay,
    );
    const table = paths();
    const pages = partPageChooser(parts, partDays, table, seed);
    pages.open(p, day);
    const first = pages.scrape(170);
    expect(first.length).toBe(170);
    const second = pages.scrape(5_000);
    const all = [...first, ...second];
    expect(new Set(all).size).toBe(all.length);
    const places = first.map((page) => TOPIC_OF[page]!.place).filter((place) => place >= 0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(all.length).toBe(
      table.subarray(p * SIZE, (p + 1) * SIZE).reduce((n, rows) => n + Number(rows > 0), 0),
    );
    const seldom = all.find((page) => table[p * SIZE + page] === 1)!;
    const often = all.find((page) => table[p * SIZE + page] === 2)!;
    expect(pages.repeat(seldom)).toBe(false);
    expect([pages.repeat(often), pages.repeat(often)]).toEqual([true, false]);
  });
});

function isPasserBy(part: Part, place: number): boolean {
  const program = programOf(part);
  if (program === 0 || isStaff(part)) return false;
  return program === DATA_SCIENCE ? TOPIC_OF[place]!.course === "java" : isDataScience(place);
}

/** Cells that differ. */
function differing(a: Int32Array, b: Int32Array): number[] {
  return Array.from(a.keys()).filter((cell) => a[cell] !== b[cell]);
}

const paths = () => Int32Array.from(wholePartPaths());

/** Rows with a path by part and day. */
function daysOfParts(seed: number): Int32Array {
  const table = wholeGroupDays(
    new Int32Array(GROUPS.length * DAYS),
    new Float64Array(GROUPS.length * DAYS).fill(1),
    seed,
  );
  const curie = GROUPS.findIndex(({ name }) => name === "Curie");
  table[curie * DAYS + isoDay("2020-04-08")]!--;
  const rows = new Int32Array(parts.length * DAYS);
  parts.forEach(({ group, fromDay, toDay }, p) => {
    for (let day = fromDay; day < toDay; day++) rows[p * DAYS + day] = table[group * DAYS + day]!;
  });
  return rows;
}
