import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Command, parseCommand } from "../../lib/cli/arguments";
import { areSame, contents, isUnchanged, keyOf, readKeptRun } from "../../lib/cli/kept-run";
import { type Job, readJobs } from "../../lib/cli/read-jobs";
import { compiledBy } from "../../lib/kernel/cells/kept-cells";
import { codeCell, markdownCell, notebookOf } from "../support/notebook";
import { useCommand } from "./command";

const READS = `import { acquireLogs } from "./lib";
const { logs } = await acquireLogs({ notice: () => {} });
console.log(logs.height);`;
const SUM = "1 + 1";
const HEADER =
  "date,time,path,user_id,cohort_id,ip,id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id";
const row = (page: string) =>
  `2019-01-02,10:00:00,${page},1,22,198.18.0.1,22,Teddy,#teddy,2018-01-08,2018-05-17,2018-01-08 13:59:10,2018-01-08 13:59:10,,2`;

const { folder, out, put, run } = useCommand({
  reads: notebookOf(markdownCell("# Reads"), codeCell("const k = 1;", ["parameters"]), READS),
  plain: notebookOf(markdownCell("# Plain"), SUM),
  fails: notebookOf('throw new Error("no");'),
});
const data = join(folder, "data");
const logs = join(data, "curriculum_logs.csv");
const write = (...pages: string[]) =>
  writeFileSync(logs, `${[HEADER, ...pages.map(row)].join("\n")}\n`);

describe("npm start, again", () => {
  const UNCHANGED = /reads +2 cells {2}unchanged since /;
  const again = async (args = "") => {
    const done = await run(`reads.ipynb --data ${data}${args}`);
    expect(done.code, done.stderr).toBe(0);
    return done.stdout;
  };

  /** Whether another run would leave the notebook as it is. */
  function isKept(): boolean {
    const line = ["run", "reads.ipynb", "--data", data, "--out", out];
    const { options } = parseCommand(line) as Extract<Command, { name: "run" }>;
    const places = { from: folder, folder: out, began: new Date() };
    const [job] = readJobs([join(folder, "reads.ipynb")], options, places);
    return isUnchanged(readKeptRun(job!, out)!, keyOf(job!, compiledBy()));
  }

  it("leaves a notebook as it is until something changes that it depends on", async () => {
    mkdirSync(data);
    write("java-i", "java-ii");
    expect(await again()).not.toMatch(UNCHANGED);
    expect(isKept()).toBe(true);
    const second = await again();
    expect(second).toMatch(UNCHANGED);
    expect(second).toContain("0 of 1 notebooks ran, 1 unchanged (--force runs all)");
    // Where the data came from is said all the same.
    expect(second).toContain("Access log: 2 rows");
    const result = join(out, "reads.ipynb");
    const executed = readFileSync(result);
    const changes: [change: () => void, back: () => void][] = [
      [() => write("java-i", "java-iii"), () => write("java-i", "java-ii")],
      [() => writeFileSync(join(data, "cohorts.csv"), ""), () => rmSync(join(data, "cohorts.csv"))],
      [() => writeFileSync(result, "{}"), () => writeFileSync(result, executed)],
    ];
    for (const [change, back] of changes) {
      change();
      expect(isKept()).toBe(false);
      back();
      expect(isKept()).toBe(true);
    }
    write("java-i", "java-iii");
    expect(await again()).not.toMatch(UNCHANGED);
    expect(JSON.parse(readFileSync(result, "utf8")).cells).toHaveLength(3);
    expect(await again(" --refresh")).not.toMatch(UNCHANGED);
  }, 180_000);

  it("writes only the page again where that is gone, or leads elsewhere", async () => {
    const page = join(out, "reads.html");
    const before = readFileSync(page, "utf8");
    rmSync(page);
    expect(await again()).toMatch(UNCHANGED);
    expect(readFileSync(page, "utf8")).toBe(before);
    const both = await run(`reads.ipynb plain.ipynb --data ${data}`);
    expect(both.stdout).toMatch(UNCHANGED);
    expect(readFileSync(page, "utf8")).toContain('href="plain.html"');
  }, 60_000);

  it("goes on at the notebook that failed", async () => {
    const first = await run("plain.ipynb fails.ipynb --jobs 1");
    expect(first).toMatchObject({ code: 1 });
    expect(first.stdout).toMatch(/fails +1 cell .*stopped in cell 1/);
    put("fails", notebookOf(SUM));
    const second = await run("plain.ipynb fails.ipynb");
    expect(second.stdout).toMatch(/1 of 2 notebooks ran, 1 unchanged/);
  }, 60_000);
});

describe("keyOf", () => {
  const job = (source: string, more: Partial<Job> = {}): Job => {
    const notebook = notebookOf(source);
    return {
      index: 0,
      name: "a",
      shownAs: "a",
      notebook,
      set: [],
      isOwn: true,
      settings: {},
      ...more,
    };
  };

  it("changes with the notebook, its parameters, the settings and the code", () => {
    const set = [{ name: "k", value: 2, was: 1 }];
    const keys = [
      keyOf(job("1"), "code"),
      keyOf(job("2"), "code"),
      keyOf(job("1", { set }), "code"),
      keyOf(job("1", { settings: { CURRICULUM_LOGS_SEED: "2" } }), "code"),
      keyOf(job("1", { settings: { CURRICULUM_LOGS_OUT: "elsewhere" } }), "code"),
      keyOf(job("1"), "other code"),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf(job("1"), "code")).toBe(keys[0]);
  });

  it.each([
    'import { readFileSync } from "node:fs";',
    'import { mine } from "./mine";',
    'import "./lib/cli";',
    "1;  import {\n  sep,\n} from 'node:path';",
    'const fs = require("fs");',
    'await import("node:fs");',
    'await fetch("https://example.org");',
    "process.env.HOME",
    'pl.readCSV("mine.csv")',
    "const { scanParquet } = pl;",
    "new Date()",
    "Date.now()",
    "Math.random()",
    "performance.now()",
  ])("is empty for a cell that may read something else: %s", (source) => {
    expect(keyOf(job(source), "code")).toBe("");
  });

  it.each([
    'import { show } from "./lib";\nimport pl from "nodejs-polars";',
    'show(days, { columns: ["from", "to"] });',
    'import {\n  show,\n} from "./lib";',
    'const readMore = where(use, { date: atLeast(new Date("2019-01-01")) });',
  ])("is there for cells of the library: %s", (source) => {
    expect(keyOf(job(source), "code")).not.toBe("");
  });
});

it("areSame sees a file change, go and come", () => {
  const [there, gone] = [join(folder, "there"), join(folder, "gone")];
  writeFileSync(there, "1");
  const files = contents([there, gone]);
  expect(Object.keys(files)).toEqual([there]);
  expect(areSame(files)).toBe(true);
  writeFileSync(there, "2");
  expect(areSame(files)).toBe(false);
  rmSync(there);
  expect(areSame(files)).toBe(false);
  expect(areSame({ "a server": null })).toBe(false);
});
