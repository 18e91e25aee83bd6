import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { TOLD_FORM } from "../../lib/tell/tell-run";
import { environmentOf, type Outcome, startCommand } from "../support/db-command";
import { newFolder } from "../support/new-folder";
import { notebookOf } from "../support/notebook";
import { TINY_COHORTS, TINY_TEXT } from "../support/tiny-logs";

// What the terminal says of the data, in real processes: from where, how old, and what is odd.

const folder = newFolder();
const log = join(folder, "data", "anonymized-curriculum-access.txt");
const ACQUIRE = `import { acquireLogs } from "./lib/acquire/acquire-logs";
const { origin, warnings, readAt } = await acquireLogs();`;

beforeAll(() => {
  mkdirSync(join(folder, "data"));
  writeFileSync(log, Buffer.concat([Buffer.from(TINY_TEXT), Buffer.from("\n")]));
  writeFileSync(join(folder, "data", "cohorts.csv"), TINY_COHORTS.replaceAll("8,", "9,"));
  const told = JSON.stringify({
    data: { [TOLD_FORM]: { line: "\u001b[2J\n\u202eAll is well", isWarning: true, key: "k" } },
    metadata: {},
    transient: {},
  });
  const cells = {
    // in Jupyter, too, lines stand below the cell
    one: notebookOf(ACQUIRE, "console.log(JSON.stringify({ origin, warnings, readAt }));"),
    two: notebookOf(ACQUIRE),
    hostile: notebookOf(
      `const write = require("tslab/dist/jupyter").lastWriteDisplayData;
write(${told}, false);
write({ data: { ${JSON.stringify(TOLD_FORM)}: { line: 1 } }, metadata: {}, transient: {} }, false);`,
    ),
  };
  for (const [name, notebook] of Object.entries(cells)) {
    writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
  }
});

function run(...args: string[]): Promise<Outcome> {
  const environment = { ...environmentOf({}, join(folder, "data")), INIT_CWD: folder };
  return startCommand(["run", "--out", join(folder, "out"), ...args], environment).ended;
}

/** The lines before the first notebook's own. */
const linesOf = ({ stdout }: Outcome) => stdout.split("\n").filter((line) => !/^\[|^$/.test(line));
const textOf = (name: string) =>
  readFileSync(join(folder, "out", `${name}.ipynb`), "utf8").replaceAll("\\", "");

describe("the terminal of a run", () => {
  it("says once where the data are from, how old they are, and each warning", async () => {
    const first = await run("one.ipynb", "two.ipynb");
    expect(first.code).toBe(0);
    const [source, ...more] = linesOf(first);
    expect(source).toMatch(
      /^Access log: 4 rows and 3 cohorts from .*access\.txt \(read on \d{4}-\d\d-\d\d \d\d:\d\d UTC\)\.$/,
    );
    expect(more.slice(0, -2)).toEqual([
      expect.stringMatching(/^Warning: .*access\.txt: 1 empty line passed over\.$/),
      expect.stringMatching(/^Warning: 2 rows of 1 unknown cohort \(8\) kept/),
    ]);
    // the reader of the notebook sees them as before, and a program gets them
    for (const name of ["one", "two"]) expect(textOf(name)).toContain("2 rows of 1 unknown cohort");
    expect(textOf("one")).toMatch(/"warnings":\[".*1 empty line.*","2 rows of 1 unknown/);
    expect(textOf("one")).not.toContain("vnd.curriculum-logs.told");

    const second = await run("two.ipynb");
    expect(linesOf(second)[0]).toMatch(
      /access\.txt \(cached, read on .* UTC and not changed since\)\.$/,
    );
    expect(linesOf(second)[2]).toMatch(/^Warning: 2 rows of 1 unknown cohort/);
  }, 120_000);

  it("reads the source anew with --refresh, in the first notebook only", async () => {
    const refreshed = await run("one.ipynb", "two.ipynb", "--refresh");
    expect(linesOf(refreshed)[0]).toContain("access.txt (read on");
    expect(linesOf(refreshed).filter((line) => line.startsWith("Access log"))).toHaveLength(1);
    expect(textOf("one")).toContain("access.txt.");
    expect(textOf("two")).toContain("access.txt (cached).");
  }, 120_000);

  it("shows what a stranger's cell tells as text that moves nothing", async () => {
    const { code, stdout } = await run("hostile.ipynb");
    expect(code).toBe(0);
    expect(stdout).toContain("Warning: \\u001b[2J\\n\\u202eAll is well\n");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\p{Cf}/u);
  }, 120_000);
});
