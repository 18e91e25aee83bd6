import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { environmentOf, startCommand } from "../../support/db-command";
import { hasMariaDb } from "../../support/mariadb";
import { notebookOf } from "../../support/notebook";
import { PASSWORD } from "../../support/reader";
import { useServer } from "./server";

describe.skipIf(!hasMariaDb)("the report from a database (needs mariadb-server)", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const used = useServer();
  const said: string[] = [];

  async function command(args: string[], change: Partial<MysqlSettings> = {}) {
    const environment = environmentOf({ ...used.settings, ...change }, join(folder, "data"));
    const outcome = await startCommand(args, { ...environment, INIT_CWD: folder }).ended;
    said.push(outcome.stdout, outcome.stderr);
    return outcome;
  }
  const lines = (source: string, page: string) =>
    readFileSync(join(folder, source, page), "utf8")
      // the minute in which it was made
      .replace(/run on \w+ \d+, \d{4} at [\d:]+ [AP]M/g, "run on a day")
      .split("\n");

  it("is the one from files of the same rows, to the byte but for the lines that name the source", async () => {
    const files = join(folder, "files");
    for (const args of [
      ["sample", "--rows", "5000", "--to", files],
      ["db", "load", "--data", files],
      ["run", "06", "--out", join(folder, "a"), "--source", "files", "--data", files],
      ["run", "06", "--out", join(folder, "b"), "--source", "mysql"],
    ]) {
      expect(await command(args)).toMatchObject({ code: 0, stderr: "" });
    }
    for (const page of ["06-final-report.html", "06-final-report.slides.html"]) {
      const [a, b] = [lines("a", page), lines("b", page)];
      expect(b.length).toBe(a.length);
      const other = a.flatMap((line, at) => (line === b[at] ? [] : [[line, b[at]]]));
      expect(other[0]).toEqual([
        "<p><strong>Log files.</strong> These figures describe the log that was read.</p>",
        "<p><strong>MySQL.</strong> These figures describe the log that was read.</p>",
      ]);
      const notice = /^<p>Access log: 5,000 rows and \d+ cohorts from .*\.<\/p>$/;
      for (const line of other.slice(1).flat()) expect(line).toMatch(notice);
      expect(other.length, page).toBeLessThan(3);
    }
    // a line that says how far reading is stays out of what is kept
    expect(lines("b", "06-final-report.ipynb").join("\n")).not.toContain("curriculum-logs.live");
  }, 400_000);

  it("says that it is from the cache, and how old, where the server would refuse", async () => {
    const acquire =
      'import { acquireLogs } from "./lib/acquire/acquire-logs";\nawait acquireLogs();';
    writeFileSync(join(folder, "acquire.ipynb"), JSON.stringify(notebookOf(acquire)));
    const args = ["run", "acquire.ipynb", "--source", "mysql", "--out", join(folder, "c")];
    const cached = await command(args, { password: "wrong" });
    expect(cached.code).toBe(0);
    expect(cached.stdout).toMatch(
      /^Access log: 5,000 rows and \d+ cohorts from MySQL .*, database curriculum_logs \(cached, read on \d{4}-\d\d-\d\d \d\d:\d\d UTC; the server was not asked; --refresh reads again\)\.\n/,
    );
    const asked = await command([...args, "--refresh"], { password: "wrong" });
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain("Access denied");
  }, 120_000);

  it("has the password in nothing that is kept or said", () => {
    expect(said.join("")).not.toContain(PASSWORD);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), "latin1");
      expect(text.includes(PASSWORD), file.name).toBe(false);
      expect(text.includes(JSON.stringify(PASSWORD).slice(1, -1)), file.name).toBe(false);
    }
  });
});
