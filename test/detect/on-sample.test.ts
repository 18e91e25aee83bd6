import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import * as lib from "../../lib";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { rowsOf } from "../support/access-log";

const { above, where } = lib;
const sample = lib.sampleLogs({ anomalies: 10 });
const log = lib.prepareLogs(sample);
const plain = lib.prepareLogs(lib.sampleLogs()); // stories change who has how many addresses
const curricula = lib.pageCurricula(log);
const curriculumOf = new Map(rowsOf(curricula.select("path", "curriculum")) as [string, string][]);

const flagged = (frame: pl.DataFrame) => where(frame, { score: above(1) });
/** Users and days, as in `341 2019-03-03`. */
const daysIn = (frame: pl.DataFrame) =>
  rowsOf(frame.select("user_id", "date")).map((row) => row.join(" "));
const day = (time: unknown) => String(time).slice(0, 10);
const planted = (...kinds: string[]) =>
  rowsOf(where(sample.truth, { kind: kinds }).select("user_id", "from", "to", "rows")).map(
    ([user, from, to, rows]) => ({ user, from: day(from), to: day(to), rows: rows as number }),
  );
type Stories = ReturnType<typeof planted>;

/** How many stories have a flagged day, and what share of flagged days lies in a story. */
function found(days: pl.DataFrame, stories: Stories) {
  const flags = rowsOf(flagged(days).select("user_id", "date")) as [number, string][];
  const hits = flags.filter(([user, on]) =>
    stories.some((story) => story.user === user && story.from <= on && on <= story.to),
  );
  return { stories: new Set(hits.map(([user]) => user)).size, share: hits.length / flags.length };
}

it("pageCurricula learns the lessons that anybody would name", () => {
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

const REFERENCE = join(PROJECT_ROOT, "../shared/reference/curriculum-paths.csv");
const hasReference = existsSync(REFERENCE);
const note = hasReference ? "" : " (skipped: no reference data here)";
it.skipIf(!hasReference)(
  `pageCurricula agrees with the published rows of each program${note}`,
  () => {
    const lines = readFileSync(REFERENCE, "utf8").trim().split(/\r?\n/).slice(1);
    const rows = lines
      .map((line) => /^(.*),(\d+),(\d+),(\d+),\d+,\d+,\d*$/.exec(line))
      .filter((match) => match !== null)
      .map(([, path, java, php, data]) => ({
        path,
        web: Number(java) + Number(php),
        data: Number(data),
      }))
      .filter(({ web, data }) => web + data >= 100);
    expect(rows.length).toBeGreaterThan(300);
    const total = (of: "web" | "data") => rows.reduce((sum, row) => sum + row[of], 0);
    // Staff's rows are among the Java program's, so a data-science share is not near 1.
    const against = rows.filter(({ path, web, data }) => {
      const [webShare, dataShare] = [web / total("web"), data / total("data")];
      const other = dataShare > webShare ? "web development" : "data science";
      return dataShare !== webShare && curriculumOf.get(path!) === other;
    });
    expect(against).toEqual([]);
  },
);

it("crossProgramShutOff finds the shut-off in the last days of 2019", () => {
  const [either] = lib
    .crossProgramShutOff(log, curricula, { only: "either direction" })
    .toRecords() as lib.Row[];
  expect(either!.shut_off.toISOString().slice(0, 10)).toBe("2019-12-23");
  expect(either!.last_before.toISOString().slice(0, 10)).toBe("2019-12-22"); // published
  // Published by root path: 1,402 rows to 2019-12-22. Pages are told apart in another way here.
  expect(Math.abs(either!.pages_before - 1402)).toBeLessThan(70);
  // The ten planted readers read after it.
  expect(either!.rate_before).toBeGreaterThan(3 * either!.rate_after);
});

it("accessViolations finds the published readers of 2019: 32 rows, the last on December 14 at 16:46:24", () => {
  const options = { curricula, shutOff: "2019-01-01", rules: ["other program"] } as const;
  const bayes = where(lib.accessViolations(log, options), { cohort: "Bayes" });
  const rows = rowsOf(bayes.select("timestamp", "path")) as [string, string][];
  const in2019 = rows.filter(([at, path]) => path.startsWith("java") && at < "2020");
  expect(in2019).toHaveLength(32);
  expect(in2019.at(-1)?.[0]).toBe("2019-12-14 16:46:24");
  expect(in2019.filter(([at]) => at.slice(5, 7) === "11")).toHaveLength(12);
});

it("accessViolations finds the published counts of the other rules", () => {
  const rules = ["no cohort", "before start", "after end"] as const;
  const violations = lib.accessViolations(log, { rules });
  expect(rules.map((rule) => where(violations, { rule }).height)).toEqual([
    52_893,
    0, // 647,496 rows in class and 199,834 after it are all
    199_834 - 84_031, // Staff are exempt
  ]);
  expect(where(lib.violationsByUser(violations), { rule: "no cohort" }).height).toBe(78);
});

it("pagesByMonthsAfterEnd counts the published rows after class, Staff's taken off", () => {
  for (const by of [null, "program"]) {
    const pages = lib.pagesByMonthsAfterEnd(log, { by }).getColumn("pages");
    expect(pages.sum()).toBe(199_834 - 84_031);
  }
});

it("crossProgramDays flags every planted reader, and hardly anyone else", () => {
  const stories = planted("cross_program").filter(
    ({ user, from, rows }) => user !== null && from > "2020" && rows > 1,
  );
  expect(stories).toHaveLength(10);
  const { stories: readers, share } = found(lib.crossProgramDays(log, { curricula }), stories);
  expect(readers).toBe(10);
  expect(share).toBeGreaterThanOrEqual(0.9);
});

it("scrapingDays finds the published and all planted days, and hardly anything else", () => {
  const days = lib.scrapingDays(log);
  const copies = planted("scraping").map(({ user, from }) => `${user} ${from}`);
  expect(daysIn(flagged(days))).toEqual(expect.arrayContaining(copies));
  const others = planted("scraping", "one_day_peak", "probing");
  expect(
    found(
      days,
      others.map((one) => ({ ...one, to: one.from })),
    ).share,
  ).toBeGreaterThanOrEqual(0.9);
  expect(daysIn(days.sort("score", true))[0]).toBe("341 2019-03-03");
});

it("scrapingDays flags addresses of single users, not of the campus' crowd", () => {
  const addresses = flagged(lib.scrapingDays(log, { by: "ip" }));
  expect(addresses.getColumn("ip").toArray()).toContain("204.44.112.76");
  expect(addresses.height).toBeLessThan(40);
});

it("probingDays lists everyone who probes and nobody else, and flags who tries more than twice", () => {
  const days = lib.probingDays(log);
  const usersOf = (frame: pl.DataFrame) => new Set(frame.getColumn("user_id").toArray());
  const stories = planted("probing");
  expect(usersOf(days)).toEqual(new Set(stories.map(({ user }) => user)));
  const often = stories.filter(({ rows }) => rows > 2);
  expect(usersOf(flagged(days))).toEqual(new Set(often.map(({ user }) => user)));
});

it("manyAddressesDays finds every planted account and those published, and hardly anyone else", () => {
  const stories = planted("many_addresses");
  const { stories: accounts, share } = found(lib.manyAddressesDays(log), stories);
  expect(accounts).toBe(stories.length);
  expect(share).toBeGreaterThan(0.9);
});

// What published notebooks on the real log print, which the sample keeps whatever the seed.

it("staffCandidates ranks the 51 published Staff far above what rows alone would", () => {
  const users = lib.staffCandidates(log);
  const labelled = users.getColumn("labelled").toArray() as boolean[];
  expect(labelled.filter(Boolean).length).toBe(51);
  const precision = (column: string) =>
    averagePrecision(users.getColumn(column).cast(pl.Float64).toArray() as number[], labelled);
  expect(precision("rows")).toBeLessThan(0.3);
  expect(precision("score")).toBeGreaterThan(0.75);
  const [user1] = where(users, { user_id: 1 }).toRecords() as lib.Row[];
  expect(user1!.rows).toBe(7404);
  expect(user1!.score).toBeGreaterThan(1);
});

it("usersWithoutCohort gives the 78 published users, of whom 70 never have a cohort", () => {
  const users = lib.usersWithoutCohort(log);
  expect(users.height).toBe(78);
  expect(users.getColumn("rows").sum()).toBe(52_893);
  expect(where(users, { rows_with_cohort: 0 }).height).toBe(70);
  const suspects = flagged(users).getColumn("user_id").toArray();
  expect(suspects).toEqual(expect.arrayContaining([111, 354, 355, 369, 429]));
  expect(where(users, { user_id: 354 }).getColumn("rows").toArray()).toEqual([2965]);
});

it("manyAddresses gives the published quartiles and users", () => {
  const users = lib.manyAddresses(lib.splitByCohort(plain).withCohort);
  const addresses = users.getColumn("addresses");
  expect([addresses.quantile(0.25), addresses.quantile(0.75)]).toEqual([2, 9]);
  const most = rowsOf(users.sort("addresses", true).head(3).select("user_id", "addresses"));
  expect(most.flat()).toEqual([228, 148, 843, 126, 533, 92]);
});

it("sharedAddresses learns the campus' two addresses, and finds the one of 306 users", () => {
  const addresses = lib.sharedAddresses(plain);
  const campus = where(addresses, { address_kind: "campus" });
  const times = rowsOf(campus.select("ip", "first_access", "last_access"));
  expect(times.map(([ip, first, last]) => [ip, day(first), day(last)])).toEqual([
    ["97.105.19.58", "2018-07-16", "2020-03-23"],
    ["97.105.19.61", "2018-01-26", "2018-07-13"],
  ]);
  expect(flagged(addresses).sort("score", true).getColumn("users").toArray()[0]).toBe(306);
});

/** Precision at each labelled one of the ranking, averaged: scikit-learn's, where no two are equal. */
function averagePrecision(score: number[], labelled: boolean[]): number {
  const order = score.map((_, i) => i).sort((a, b) => score[b]! - score[a]!);
  const ranks = order.flatMap((i, rank) => (labelled[i] ? [rank + 1] : []));
  return ranks.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / ranks.length;
}
