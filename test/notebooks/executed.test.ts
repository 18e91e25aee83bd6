import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkClaims, requiresClaims } from "../../lib/notebook/claims/check-claims";
import type { Notebook } from "../../lib/notebook/nbformat";
import {
  type Executed,
  executedNotebooks,
  proseOf,
  readNotebookFile,
  tablesOf,
} from "../support/executed";
import { ROWS_PER_COHORT } from "../support/published";

/** Days above the upper band, whole site, span 30, K 2: published by two of the course's classes. */
const PUBLISHED_DAYS = `2018-02-27 2018-03-20 2018-05-30 2018-07-23 2018-08-17 2018-11-08
  2019-01-28 2019-07-08 2019-10-07 2020-07-16 2020-09-08 2021-03-19`.split(/\s+/);

const notebooks: Record<string, Notebook> = {};
let executed: Executed;

beforeAll(() => {
  executed = executedNotebooks();
  for (const file of readdirSync(executed.out).filter((name) => name.endsWith(".ipynb"))) {
    notebooks[file.slice(0, 2)] = readNotebookFile(join(executed.out, file));
  }
}, 900_000);

const tables = (number: string) => tablesOf(notebooks[number] as Notebook);
const rowsOf = (number: string, title: string) => tables(number).get(title) ?? [];
/** Some columns of a table, a line for each row; null is empty. */
const asLines = (rows: Record<string, unknown>[], ...columns: string[]) =>
  rows.map((row) => columns.map((name) => row[name]).join(" "));
const prose = (number: string) => proseOf(notebooks[number] as Notebook);

describe("the six notebooks on the sample", () => {
  it("all run, and leave a notebook and a page each, and an index", () => {
    const { run, out } = executed;
    if (run) {
      expect(run.printed).toContain("6 of 6 notebooks ran");
      expect(run.status).toBe(0);
    }
    const index = readFileSync(join(out, "index.html"), "utf8");
    expect(index.match(/<a class="entry"/g)).toHaveLength(6);
    expect(index).not.toContain("stopped at an error");
    const names = `01-acquire 02-prepare 03-explore 04-detect-anomalies 05-group-users
      06-final-report`.split(/\s+/);
    const pages = names.flatMap((name) => [`${name}.html`, `${name}.ipynb`]);
    const groups = ["ip_cluster_labeled_input_features.csv", "ip_cluster_labeled_raw_data.csv"];
    const others = ["06-final-report.slides.html", "index.html", ...groups];
    expect(readdirSync(executed.out).sort()).toEqual([...pages, ...others].sort());
  });

  it("run every code cell, without an error or a word on stderr", () => {
    for (const notebook of Object.values(notebooks)) {
      const code = notebook.cells.flatMap((cell) => (cell.cell_type === "code" ? [cell] : []));
      code.forEach((cell, index) => {
        expect(cell.execution_count).toBe(index + 1);
        for (const output of cell.outputs) {
          expect(output.output_type).not.toBe("error");
          expect(output).not.toMatchObject({ name: "stderr" });
        }
      });
    }
  });

  it("01 counts the rows of each cohort as published", () => {
    const counted = asLines(rowsOf("01", "Rows per cohort"), "name", "rows");
    expect(counted.sort()).toEqual([...ROWS_PER_COHORT].sort());
  });

  it("01 finds the gaps that were published", () => {
    expect(prose("01")).toContain("The left join has 900,223 rows");
    expect(prose("01")).toContain("52,893 rows that have no cohort");
    expect(tables("01").get("Columns of the left join")).toHaveLength(15);
    const at = { date: "2020-04-08", time: "09:25:18", path: null };
    const [withoutPath] = rowsOf("01", "Rows without a path");
    expect(withoutPath).toMatchObject({ ...at, user_id: 586, cohort_id: 55 });
  });

  it("02 labels programs as published: 2 Java, 3 Data Science, 1 PHP, 4 Front End", () => {
    const perProgram = rowsOf("02", "Rows per program (null: no cohort)");
    expect(asLines(perProgram, "program", "rows")).toEqual([
      "Java Full Stack 713365",
      "Data Science 103412",
      " 52893",
      "PHP Full Stack 30548",
      "Front End 5",
    ]);
    // Published: 968.8 on weekdays, 244.4 at weekends.
    expect(prose("02")).toContain("761.61 pages a day: 968.76 on weekdays and 244.35 at weekends");
  });

  it("03 prints the most requested paths as published, per program and per data science cohort", () => {
    const perProgram = rowsOf("03", "Most requested paths per program");
    // Printed in the course's group project: the first path of each program.
    expect(asLines(perProgram, "program", "path", "pages")).toEqual(
      expect.arrayContaining([
        "PHP Full Stack / 1681",
        "Java Full Stack / 35814",
        "Data Science / 8358",
        "Front End content/html-css 2",
      ]),
    );
    const perCohort = rowsOf("03", "Most requested path per cohort, home page aside");
    expect(asLines(perCohort, "cohort", "path", "pages")).toEqual(
      expect.arrayContaining([
        "Bayes 1-fundamentals/modern-data-scientist.jpg 650",
        "Curie 6-regression/1-overview 595",
        "Darden classification/overview 1109",
        "Easley classification/scale_features_or_not.svg 463",
        "Florence fundamentals/modern-data-scientist.jpg 627",
      ]),
    );
  });

  it("04 flags the twelve published days, the strangest with the %b that was printed", () => {
    const flagged = rowsOf("04", "Days above the upper band, whole site");
    expect(flagged.map(({ date }) => date)).toEqual(PUBLISHED_DAYS);
    const byDate = new Map(flagged.map((row) => [row.date, row]));
    expect(byDate.get("2021-03-19")).toMatchObject({ pages: 3104 });
    expect(byDate.get("2021-03-19")?.pct_b).toBeCloseTo(1.057213, 6);
    expect(byDate.get("2018-02-27")?.pct_b).toBeCloseTo(1.080042, 6);
  });

  it("04 finds every planted story on samples that nobody tuned on, and says what it misses", () => {
    const sentence = /Of planted stories the combined ranking finds (\d+) of (\d+) on/;
    const [, found, planted] = sentence.exec(prose("04")) ?? [];
    expect(found).toBe(planted);
    expect(Number(planted)).toBeGreaterThanOrEqual(200);
    const scores = rowsOf("04", "How well each detector does, on 10 samples");
    const precisionOf = (name: string) =>
      Number(
        scores.find(({ detector, origin }) => detector === name && origin === "planted")
          ?.average_precision,
      );
    expect(precisionOf("combined")).toBeGreaterThan(2 * precisionOf("pages of an hour"));
    const missed =
      "Hall of misses: hard stories that the combined ranking finds in fewer than half";
    expect(rowsOf("04", `${missed} of the samples`).length).toBeGreaterThan(0);
  });

  it("04 finds when reading of the other program ended, and the published scrape", () => {
    expect(prose("04")).toContain("Until 2019-12-22 22:08:30, ");
    const [first] = rowsOf("04", "Days that look like copying, the strangest first");
    expect(first).toMatchObject({ user_id: 341, date: "2019-03-03" });
    expect(String(first?.finding)).toContain("170 different pages in 7 seconds");
  });

  it("04 counts users and rows as published: staff, no cohort, after the end", () => {
    expect(prose("04")).toContain("51 users are labelled Staff");
    expect(prose("04")).toContain("78 users have rows without a cohort; 70 of them never have one");
    const rules = rowsOf("04", "Rows that each rule would have stopped");
    const rows = new Map(rules.map((row) => [row.rule, row.rows]));
    expect(rows.get("no cohort")).toBe(52_893);
    expect(rows.get("after end")).toBe(199_834 - 84_031); // all, less Staff's
  });

  it("04 says how high a lone spike can rise", () => {
    // Published for K 2: 1.435972.
    expect(prose("04")).toContain("ceiling is 1.43597");
  });

  it("05 forms groups in every API of its sample, and writes the case study's two files", () => {
    const apis = new Set(rowsOf("05", "Users per group (-1: noise)").map(({ type }) => type));
    expect([...apis].sort()).toEqual(["analysis", "context", "gnql", "noise_quick", "riot"]);
    const linesOf = (name: string) =>
      readFileSync(join(executed.out, name), "utf8").trim().split("\n");
    const features = linesOf("ip_cluster_labeled_input_features.csv");
    expect(features[0]).toBe(
      '"user_id","type","use_days","use_duration","avg_cont_use","total_calls_log10","usage_range","mean_usage_scaled","sd_usage_scaled","cluster_label"',
    );
    expect(features).toHaveLength(1 + 912);
    const rows = linesOf("ip_cluster_labeled_raw_data.csv");
    expect(rows[0]).toBe('"dt","user_id","type","api_count","cluster_label"');
  });

  it("03 finds what a group of the course answered about the real log, and where it is wrong", () => {
    const topics = rowsOf("03", "The two topics of that answer, by cohort");
    const [darden] = topics.filter((row) => row.topic === "classification" && row.rank === 1);
    expect(darden).toMatchObject({ cohort: "Darden", use: "not tested" });
    const ceres = topics.find((row) => row.topic === "html-css" && row.cohort === "Ceres");
    expect(ceres).toMatchObject({ rank: 2, use: "like others" });
    // Published: the users with the fewest pages in class, and how many have fewer than 50.
    const fewest = rowsOf("03", "Pages in class per user, fewest first");
    expect(fewest.map(({ pages }) => pages)).toEqual([1, 1, 1, 1, 3, 4, 5, 6, 7, 8]);
    expect(prose("03")).toContain("36 of 731 users opened fewer than 50 pages in class");
    const suspects = "Suspects, the gravest kind first and within it the highest score";
    const [first] = rowsOf("03", suspects);
    expect(first).toMatchObject({ who: "341", kinds: expect.stringContaining("copying") });
  });

  it("06 says that its data is synthetic, and has an answer to each of the eight questions", () => {
    expect(prose("06")).toContain("Synthetic sample");
    for (let number = 1; number <= 8; number++) {
      expect(prose("06")).toContain(` ${number}. `);
      expect(prose("06")).toContain(`Question ${number}. `);
    }
  });

  it("06 says which of the earlier answers hold", () => {
    const earlier = rowsOf("06", "Earlier statements, and what this log says");
    const holds = (words: string) =>
      earlier.find(({ statement }) => String(statement).includes(words))?.holds;
    const users = ["268", "663", "707", "757"].map((user) => `User ${user}`);
    for (const words of ["javascript-i", ...users, "313", "204.44.112.76"])
      expect(holds(words), words).toBe("yes");
    expect([holds("Darden"), holds("704")]).toEqual(["partly", "partly"]);
    expect([holds("Ceres"), holds("354")]).toEqual(["no", "no"]);
  });

  it("06 has no number in its words that is not bound to a value", () => {
    const report = notebooks["06"] as Notebook;
    expect(requiresClaims(report)).toBe(true);
    expect(checkClaims(report)).toEqual([]);
  });
});
