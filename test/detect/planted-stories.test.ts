import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { beforeAll, expect, it } from "vitest";
import { firstRow, prepareLogs, probingDays, sampleLogs, scrapingDays } from "../../lib";
import { accessViolations, violationsByUser } from "../../lib/detect/access/access-violations";
import { crossProgramDays } from "../../lib/detect/access/cross-program-days";
import { crossProgramShutOff } from "../../lib/detect/access/cross-program-shut-off";
import { pageCurricula } from "../../lib/detect/access/page-curricula";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { above, not, where } from "../../lib/log/where";
import { rowsOf } from "../support/access-log";

let log: pl.DataFrame;
let truth: pl.DataFrame;
let curricula: pl.DataFrame;
const curriculumOf = new Map<string, string>();

beforeAll(() => {
  const sample = sampleLogs({ anomalies: 10 });
  ({ truth } = sample);
  log = prepareLogs(sample);
  curricula = pageCurricula(log);
  for (const [path, curriculum] of rowsOf(curricula)) {
    curriculumOf.set(path as string, curriculum as string);
  }
}, 120_000);

it("learns the lessons that anybody would name", () => {
  const expected = {
    "web development": ["javascript-i", "java-iii", "spring", "html-css", "jquery", "mysql", "toc"],
    "data science": [
      ...["classification/overview", "6-regression/1-overview", "sql/mysql-overview"],
      ...["timeseries/overview", "3-sql/1-mysql-overview"],
      "1-fundamentals/modern-data-scientist.jpg",
    ],
    shared: ["/", "search/search_index.json", "appendix/documentation"],
  };
  for (const [curriculum, paths] of Object.entries(expected)) {
    for (const path of paths) expect(curriculumOf.get(path), path).toBe(curriculum);
  }
});

it("finds the shut-off in the last days of 2019", () => {
  const shutOff = crossProgramShutOff(log, curricula, { only: "either direction" });
  const either = firstRow(shutOff)!;
  expect(either.shut_off.toISOString().slice(0, 10)).toBe("2019-12-23");
  expect(either.last_before.toISOString().slice(0, 10)).toBe("2019-12-22"); // published
  // Published by root path: 1,402 rows to 2019-12-22. Pages are told apart in another way here.
  expect(Math.abs(either.pages_before - 1402)).toBeLessThan(70);
  // The ten planted readers read after it.
  expect(either.rate_before).toBeGreaterThan(3 * either.rate_after);
});

it("finds the published readers of 2019: 32 rows, the last on December 14 at 16:46:24", () => {
  const found = accessViolations(log, {
    curricula,
    shutOff: "2019-01-01",
    rules: ["other program"],
  });
  const rows = rowsOf(where(found, { cohort: "Bayes" }).select("timestamp", "path"));
  const java = (rows as [string, string][]).filter(([, path]) => path.startsWith("java"));
  const in2019 = java.filter(([at]) => at < "2020");
  expect(in2019).toHaveLength(32);
  expect(in2019.at(-1)?.[0]).toBe("2019-12-14 16:46:24");
  expect(in2019.map(([at]) => at.slice(5, 7)).filter((month) => month === "11")).toHaveLength(12);
});

it("flags every planted reader, and hardly anyone else", () => {
  const flagged = rowsOf(where(crossProgramDays(log, { curricula }), { score: above(1) }));
  const stories = where(truth, { kind: "cross_program", user_id: not(null) });
  const planted = rowsOf(stories.select("user_id", "from", "to", "rows")).filter(
    ([, from, , rows]) => (from as string) > "2020" && (rows as number) > 1,
  );
  expect(planted).toHaveLength(10);
  const isTrue = ([user, on]: unknown[]) =>
    planted.some(
      ([planted, from, to]) =>
        planted === user &&
        (on as string) >= (from as string).slice(0, 10) &&
        (on as string) <= (to as string),
    );
  expect(new Set(flagged.filter(isTrue).map(([user]) => user)).size).toBe(10);
  expect(flagged.filter(isTrue).length / flagged.length).toBeGreaterThanOrEqual(0.9);
});

it("finds the published counts of the other rules", () => {
  const violations = accessViolations(log, { rules: ["no cohort", "before start", "after end"] });
  const count = (rule: string) => where(violations, { rule }).height;
  expect(count("no cohort")).toBe(52_893);
  expect(count("before start")).toBe(0); // 647,496 rows in class and 199,834 after it are all
  expect(count("after end")).toBe(199_834 - 84_031); // Staff are exempt
  const byUser = where(violationsByUser(violations), { rule: "no cohort" });
  expect(byUser.height).toBe(78);
});

const REFERENCE = join(PROJECT_ROOT, "../shared/reference/curriculum-paths.csv");
const hasReference = existsSync(REFERENCE);
it.skipIf(!hasReference)(
  `agrees with the published rows of each program${hasReference ? "" : " (skipped: no reference data here)"}`,
  () => {
    const rows = readFileSync(REFERENCE, "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => /^(.*),(\d+),(\d+),(\d+),\d+,\d+,\d*$/.exec(line))
      .filter((match) => match !== null)
      .map(
        ([, path, java, php, data]) => [path!, Number(java) + Number(php), Number(data)] as const,
      )
      .filter(([, web, data]) => web + data >= 100);
    const total = (at: 1 | 2) => rows.reduce((sum, row) => sum + row[at], 0);
    const [allWeb, allData] = [total(1), total(2)];
    // Staff's rows are among the Java program's, so a data-science share is not near 1.
    const against = rows.filter(([path, web, data]) => {
      const share = data / allData / (data / allData + web / allWeb);
      const curriculum = curriculumOf.get(path);
      return (
        (curriculum === "web development" && share > 0.5) ||
        (curriculum === "data science" && share < 0.5)
      );
    });
    expect(rows.length).toBeGreaterThan(300);
    expect(against.map(([path]) => path)).toEqual([]);
  },
);

/** Users and days of planted stories. */
const plantedDays = (...kinds: string[]) =>
  rowsOf(where(truth, { kind: kinds }).select("user_id", "from")).map(
    ([user, from]) => `${user} ${(from as string).slice(0, 10)}`,
  );
const flagged = (days: pl.DataFrame) =>
  rowsOf(where(days, { score: above(1) }).select("user_id", "date")).map((row) => row.join(" "));
const users = (days: string[]) => new Set(days.map((day) => day.split(" ")[0]));

it("scrapingDays finds the published and all planted days, and hardly anything else", () => {
  const days = scrapingDays(log);
  const found = flagged(days);
  expect(found).toEqual(expect.arrayContaining(plantedDays("scraping")));
  const stories = plantedDays("scraping", "one_day_peak", "probing");
  const right = found.filter((day) => stories.includes(day)).length;
  expect(right).toBeGreaterThanOrEqual(0.9 * found.length);
  const [worst] = rowsOf(days.sort("score", true).select("user_id", "date"));
  expect(worst).toEqual([341, "2019-03-03"]);
});

it("scrapingDays flags addresses of single users, not of the campus' crowd", () => {
  const found = where(scrapingDays(log, { by: "ip" }), { score: above(1) });
  expect(found.getColumn("ip").toArray()).toContain("204.44.112.76");
  expect(found.height).toBeLessThan(40);
});

it("probingDays lists everyone who probes and nobody else, and flags who tries more than twice", () => {
  const days = probingDays(log);
  const listed = new Set(days.getColumn("user_id").toArray().map(String));
  expect(listed).toEqual(users(plantedDays("probing")));
  const often = where(truth, { kind: "probing", rows: above(2) });
  expect(users(flagged(days))).toEqual(new Set(often.getColumn("user_id").toArray().map(String)));
});
