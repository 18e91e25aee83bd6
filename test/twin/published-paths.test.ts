import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { SampleRows } from "../../lib/twin/sample-rows";
import { COHORTS, wholeRows } from "../support/samples";

const FACTS = join(PROJECT_ROOT, "..", "shared", "reference", "curriculum-facts.json");
const published = existsSync(FACTS);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";

const ID_OF = new Map([...COHORTS].map(([id, { name }]) => [name, id]));

/** Rows with a path by path: of all rows, of each program (0 for none), of each cohort. */
interface Counts {
  all: Map<string, number>;
  program: Map<string, number>[];
  cohort: Map<number, Map<string, number>>;
}

function countPaths({ paths, path, cohortId }: SampleRows): Counts {
  const counts: Counts = {
    all: new Map(),
    program: [0, 1, 2, 3, 4].map(() => new Map()),
    cohort: new Map(),
  };
  const add = (map: Map<string, number>, text: string) => map.set(text, (map.get(text) ?? 0) + 1);
  path.forEach((place, i) => {
    if (place < 0) return;
    const [text, cohort] = [paths[place]!, cohortId[i]!];
    add(counts.all, text);
    add(counts.program[COHORTS.get(cohort)?.program ?? 0]!, text);
    if (!counts.cohort.has(cohort)) counts.cohort.set(cohort, new Map());
    add(counts.cohort.get(cohort)!, text);
  });
  return counts;
}

/** Rows of all rows, by first part of the path. */
function firstParts({ all }: Counts): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [path, count] of all) {
    const part = path.split("/")[0]!;
    rows.set(part, (rows.get(part) ?? 0) + count);
  }
  return rows;
}

/** A quantile with linear interpolation, as pandas has it. */
function quantile(sorted: number[], at: number): number {
  const place = at * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * ((sorted[below + 1] ?? 0) - sorted[below]!);
}

const withoutHome = ({ all }: Counts) =>
  [...all].flatMap(([path, count]) => (path === "/" ? [] : [count])).sort((a, b) => a - b);

const joinedPaths = ({ program }: Counts) =>
  new Set(program.slice(1).flatMap((rows) => [...rows.keys()])).size;

/** Figure, where it is printed, what it is, how the sample is asked for it. */
const FIGURES: [string, string, number, (counts: Counts) => number][] = [
  ["different paths", "facts, versions", 2_313, ({ all }) => all.size],
  ["different paths with a cohort", "facts, versions", 2_224, joinedPaths],
  ["different paths of PHP", "facts, programs", 710, ({ program }) => program[1]!.size],
  ["different paths of Java", "facts, programs", 1_913, ({ program }) => program[2]!.size],
  ["different paths of data science", "document 002", 682, ({ program }) => program[3]!.size],
  ["different paths of front end", "facts, programs", 4, ({ program }) => program[4]!.size],
  ["/ of all rows", "facts, paths", 50_313, ({ all }) => all.get("/")!],
  ["/ of PHP", "document 002", 1_681, ({ program }) => program[1]!.get("/")!],
  ["/ of Java", "document 002", 35_814, ({ program }) => program[2]!.get("/")!],
  ["/ of data science", "document 002", 8_358, ({ program }) => program[3]!.get("/")!],
  [
    "content/html-css of front end",
    "document 002",
    2,
    ({ program }) => program[4]!.get("content/html-css")!,
  ],
  ["/ without a cohort", "facts, paths", 4_459, ({ program }) => program[0]!.get("/")!],
  [
    "classification/overview of Java",
    "facts, anomalies",
    852,
    ({ program }) => program[2]!.get("classification/overview")!,
  ],
  [
    "classification/overview of Staff",
    "facts, anomalies",
    851,
    ({ cohort }) => cohort.get(28)!.get("classification/overview")!,
  ],
  [
    "paths with one row",
    "facts, paths",
    457,
    ({ all }) => [...all.values()].filter((n) => n === 1).length,
  ],
  ["lower quartile without /", "facts, paths", 2, (counts) => quantile(withoutHome(counts), 0.25)],
  ["median without /", "facts, paths", 12, (counts) => quantile(withoutHome(counts), 0.5)],
  [
    "upper quartile without /",
    "facts, paths",
    130.25,
    (counts) => quantile(withoutHome(counts), 0.75),
  ],
  ["most rows without /", "facts, paths", 19_519, (counts) => quantile(withoutHome(counts), 1)],
  [
    "javascript-i and below",
    "facts, paths",
    118_723,
    (counts) => firstParts(counts).get("javascript-i")!,
  ],
  ["html-css and below", "facts, paths", 84_935, (counts) => firstParts(counts).get("html-css")!],
  ["mysql and below", "facts, paths", 82_320, (counts) => firstParts(counts).get("mysql")!],
  ["jquery and below", "facts, paths", 60_869, (counts) => firstParts(counts).get("jquery")!],
  ["spring and below", "facts, paths", 58_603, (counts) => firstParts(counts).get("spring")!],
  ["first parts", "facts, paths", 755, (counts) => firstParts(counts).size],
  [
    "pairs of cohort and path",
    "facts, paths",
    13_565,
    ({ cohort }) => [...cohort].reduce((sum, [id, rows]) => sum + (id === 0 ? 0 : rows.size), 0),
  ],
];

/** Cohort, its path with most rows besides `/`, and these rows. Source: document 002. */
const DATA_SCIENCE_TOPS: [string, string, number][] = [
  ["Bayes", "1-fundamentals/modern-data-scientist.jpg", 650],
  ["Curie", "6-regression/1-overview", 595],
  ["Darden", "classification/overview", 1_109],
  ["Easley", "classification/scale_features_or_not.svg", 463],
  ["Florence", "fundamentals/modern-data-scientist.jpg", 627],
];

/** Cohort, path, rows. Source: the pairs that document 002 prints. */
const PRINTED_PAIRS: [string, string, number][] = [
  ["Staff", "/", 6_340],
  ["Darden", "/", 2_980],
  ["Voyageurs", "/", 2_101],
  ["Fortuna", "/", 2_038],
  ["Bayes", "/", 1_967],
  ["Bayes", "1-fundamentals/1.1-intro-to-data-science", 640],
  ["Bayes", "1-fundamentals/1.2-data-science-pipeline", 221],
  ["Bayes", "1-fundamentals/1.3-pipeline-demo", 130],
  ["Bayes", "1-fundamentals/2.1-excel-overview", 86],
  ["Florence", "subqueries", 2],
  ["Florence", "timeseries/modeling-lesson2", 1],
  ["Florence", "timeseries/overview", 5],
  ["Florence", "vocabulary", 2],
  ["Teddy", "content/php_ii/control-structures-i/if.html", 1],
  ["Pinnacles", "content/php_ii/control-structures-i/if.html", 1],
  ["Olympic", "content/php_ii/control-structures-i/if.html", 1],
  ["Joshua", "content/php_ii/control-structures-i/if.html", 1],
];

/** Rows of a cohort's path with most rows besides `/`, and all paths that have as many. */
function top(rows: Map<string, number>): { most: number; paths: string[] } {
  const others = [...rows].filter(([path]) => path !== "/");
  const most = others.reduce((max, [, count]) => Math.max(max, count), 0);
  return { most, paths: others.filter(([, count]) => count === most).map(([path]) => path) };
}

describe.each([1, 2])("paths of the sample at full size, seed %i", (seed) => {
  let rows: SampleRows;
  let counts: Counts;

  beforeAll(() => {
    rows = wholeRows(seed);
    counts = countPaths(rows);
  });

  it.each(FIGURES)("has the published %s (%s): %d", (_, __, expected, figure) => {
    expect(figure(counts)).toBe(expected);
  });

  it.each(DATA_SCIENCE_TOPS)(
    "has %s's top path as document 002: %s, %d",
    (name, path, expected) => {
      expect(top(counts.cohort.get(ID_OF.get(name)!)!)).toEqual({ most: expected, paths: [path] });
    },
  );

  it.each(PRINTED_PAIRS)("has %s on %s as document 002 prints: %d", (name, path, expected) => {
    expect(counts.cohort.get(ID_OF.get(name)!)!.get(path)).toBe(expected);
  });

  it("has 673 different second parts of paths", () => {
    const seconds = [...counts.all.keys()].filter((path) => path !== "/" && path.includes("/"));
    expect(new Set(seconds.map((path) => path.split("/")[1])).size).toBe(673);
  });

  it("has the published mean and standard deviation of rows per path", () => {
    const values = withoutHome(counts);
    const mean = values.reduce((a, b) => a + b) / values.length;
    expect(mean).toBeCloseTo(367.607699, 6);
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(Math.sqrt(squares / (values.length - 1))).toBeCloseTo(1_383.726479, 6);
  });

  it.skipIf(!published)(`has every published top of paths${needsReference}`, () => {
    const { paths } = JSON.parse(readFileSync(FACTS, "utf8"));
    const check = (list: [string, number][], found: (path: string) => number | undefined) =>
      expect(list.map(([path]) => [path, found(path)])).toEqual(list);
    check(paths.top_900223, (path) => counts.all.get(path));
    check(paths.javascript_900223, (path) => counts.all.get(path));
    check(paths.top_joined_847330, (path) => counts.all.get(path)! - counts.program[0]!.get(path)!);
    for (const [program, list] of Object.entries<[string, number][]>(paths.top_by_program_900223)) {
      check(list, (path) => counts.program[program === "null" ? 0 : Number(program)]!.get(path));
    }
    for (const [name, path, count] of paths.top_cohort_path_pairs) {
      expect([name, path, counts.cohort.get(ID_OF.get(name)!)!.get(path)]).toEqual([
        name,
        path,
        count,
      ]);
    }
    const { _rule, ...uneven } = paths.cohorts_that_overused_or_glossed;
    for (const [path, cohorts] of Object.entries<Record<string, number>>(uneven)) {
      for (const [name, count] of Object.entries(cohorts)) {
        const found = counts.cohort.get(ID_OF.get(name)!)!.get(path) ?? 0;
        expect([path, name, found]).toEqual([path, name, count]);
      }
    }
  });

  it.skipIf(!published)(
    `has each cohort's /, search index, top and number of paths as published${needsReference}`,
    () => {
      const facts = JSON.parse(readFileSync(FACTS, "utf8"));
      // biome-ignore lint/suspicious/noExplicitAny: a file of facts, without a type
      for (const [name, cohort] of Object.entries<any>(facts.cohorts.by_name)) {
        if (!cohort.rows_900223) continue;
        const found = counts.cohort.get(cohort.id)!;
        expect([name, found.get("/")]).toEqual([name, cohort.home_rows]);
        expect([name, found.size]).toEqual([name, cohort.distinct_paths]);
        if (cohort.search_index_rows) {
          expect([name, found.get("search/search_index.json")]).toEqual([
            name,
            cohort.search_index_rows,
          ]);
        }
        if (!cohort.top_path) continue;
        const { most, paths } = top(found);
        expect([name, most]).toEqual([name, cohort.top_path[1]]);
        // The four rows of one cohort are on four paths.
        expect(paths).toContain(cohort.top_path[0]);
        if (most > 1) expect([name, paths.length]).toEqual([name, 1]);
      }
    },
  );

  it("reads each layout in its time", () => {
    const year = (day: number) => 2018 + Math.floor((day + 25) / 365);
    const share = (pattern: RegExp, from: number, to: number) => {
      const fits = rows.paths.map((path) => pattern.test(path));
      let within = 0;
      let all = 0;
      rows.path.forEach((place, i) => {
        if (place < 0 || !fits[place]) return;
        all++;
        if (year(rows.day[i]!) >= from && year(rows.day[i]!) <= to) within++;
      });
      return within / all;
    };
    // Graduates of that time read on in the tree that they knew.
    expect(share(/^content\//, 2018, 2018)).toBeGreaterThan(0.85);
    expect(share(/^\d+-\w+\//, 2019, 2020)).toBeGreaterThan(0.9);
    expect(share(/^(fundamentals|sql|python|stats|classification)\//, 2020, 2021)).toBeGreaterThan(
      0.99,
    );
  });
});
