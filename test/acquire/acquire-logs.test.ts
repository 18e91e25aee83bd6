import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AcquireLogsOptions, acquireLogs } from "../../lib/acquire/acquire-logs";
import { SETTING_NAMES } from "../../lib/keep/settings";
import { plainRows, TINY_COHORTS, TINY_JOINED, TINY_TEXT, useFolder } from "../support/tiny-logs";

const folder = useFolder();
const TEXT = "anonymized-curriculum-access.txt";
const inFolder = (...names: string[]) => join(folder.path(), ...names);
const typesOf = (frame: pl.DataFrame) => frame.dtypes.map(String);
/** Puts a log and its cohorts where they are looked for. */
const putFiles = (text = TINY_TEXT, cohorts = TINY_COHORTS) => {
  folder.put(TEXT, text);
  folder.put("cohorts.csv", cohorts);
};

beforeEach(() => {
  for (const name of Object.values(SETTING_NAMES)) vi.stubEnv(name, "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function acquire(options: AcquireLogsOptions = {}) {
  const notices: string[] = [];
  const notice = (line: string) => notices.push(line);
  const asked = { dataDir: folder.path(), outDir: inFolder("out"), notice, ...options };
  return { ...(await acquireLogs(asked)), notices };
}

describe("acquireLogs", () => {
  it("makes the sample where there is nothing else, of the rows and seed asked for", async () => {
    const said = "Access log: 1,000 rows and 53 cohorts from the sample, seed 3";
    const { logs, cohorts, source, notices } = await acquire({ rows: 1000, seed: 3 });
    expect([source, logs.height, cohorts.height]).toEqual(["sample", 1000, 53]);
    expect(notices).toEqual([`${said}.`]);
    expect(readdirSync(folder.path())).toEqual(["cache"]);
    expect(readdirSync(inFolder("cache"))).toHaveLength(4);
    vi.stubEnv("CURRICULUM_LOGS_ROWS", "1000");
    vi.stubEnv("CURRICULUM_LOGS_SEED", "3");
    const again = await acquire();
    expect(again.notices).toEqual([`${said} (cached).`]);
    expect(plainRows(again.logs)).toEqual(plainRows(logs));
  });

  it("reads files found in data/, then from the cache, with the same types", async () => {
    putFiles();
    const first = await acquire();
    const second = await acquire();
    expect(first.source).toBe("files");
    expect(first.notices).toEqual([
      expect.stringMatching(/^Access log: 4 rows and 3 cohorts from .*access\.txt\.$/),
    ]);
    expect(second.notices).toEqual([expect.stringMatching(/access\.txt \(cached\)\.$/)]);
    expect(plainRows(second.logs)).toEqual(plainRows(first.logs));
    expect(second.cohorts.toRecords()).toEqual(first.cohorts.toRecords());
    expect(typesOf(second.logs)).toEqual(typesOf(first.logs));
    expect(typesOf(second.cohorts)).toEqual(typesOf(first.cohorts));
  });

  it("reads a file again when its content has changed, and says so", async () => {
    putFiles();
    await acquire();
    for (const [text, cohorts] of [
      [TINY_TEXT.replace("java-ii", "java-iv"), TINY_COHORTS],
      [TINY_TEXT.replace("java-ii", "java-iv"), `${TINY_COHORTS}\n`],
    ] as const) {
      putFiles(text, cohorts);
      const { logs, notices } = await acquire();
      expect(logs.getColumn("path").toArray()).toContain("java-iv");
      expect(notices[0]).toContain("is stale: what it was made from has changed: made anew.");
    }
    expect((await acquire({ refresh: true })).notices[0]).toMatch(/access\.txt\.$/);
  });

  it("reads files wherever they are named, in either shape and whatever they are called", async () => {
    folder.put("cohorts.csv", TINY_COHORTS);
    const text = await acquire({ logsPath: folder.put("some.log", TINY_TEXT) });
    const logsPath = folder.put("some.csv", TINY_JOINED);
    const joined = await acquire({ logsPath });
    const renamed = await acquire({ logsPath: folder.put("joined.txt", TINY_JOINED) });
    const named = await acquire({ logsPath, cohortsPath: inFolder("cohorts.csv") });
    for (const { logs } of [joined, renamed, named]) {
      expect(plainRows(logs)).toEqual(plainRows(text.logs));
    }
    expect([text, joined, named].map(({ cohorts }) => cohorts.height)).toEqual([3, 2, 3]);
  });

  it("keeps rows of a cohort without a row, counts them and says so, from the cache too", async () => {
    putFiles(TINY_TEXT.replaceAll(" 8 ", " 165 "));
    for (const round of ["read", "cached"]) {
      const { logs, notices } = await acquire();
      expect(logs.height, round).toBe(4);
      expect(notices[1], round).toBe(
        "2 rows of 1 unknown cohort (165) kept, without name, dates or program.",
      );
    }
  });

  it("asks for files that are missing", async () => {
    const logsPath = folder.put(TEXT, TINY_TEXT);
    await expect(acquire()).rejects.toThrow(/cohorts\.csv does not exist/);
    await expect(acquire({ logsPath })).rejects.toThrow(/name it with cohortsPath/);
    const cohortsPath = inFolder("none.csv");
    await expect(acquire({ logsPath, cohortsPath })).rejects.toThrow(/none\.csv does not exist/);
    await expect(acquire({ logsPath: folder.path() })).rejects.toThrow(/is a folder, not a file/);
  });

  it("says each time what was set aside, also of files of the same name: such tables are not cached", async () => {
    mkdirSync(inFolder("other"));
    const logsPath = folder.put("school.txt", `${TINY_TEXT}bad line\n`);
    const cohortsPath = folder.put("other/school.txt", `${TINY_COHORTS}bad cohort\n`);
    await expect(acquire({ logsPath, cohortsPath })).rejects.toThrow(/1 line cannot be read/);
    for (const round of [1, 2]) {
      const { logs, notices } = await acquire({ logsPath, cohortsPath, onBadRows: "set-aside" });
      expect(logs.height).toBe(4);
      expect(notices.slice(1), `round ${round}`).toEqual([
        expect.stringMatching(/1 of 4 lines set aside in .*cohorts.bad-rows-school\.txt\.$/),
        expect.stringMatching(/1 of 5 lines set aside in .*out.bad-rows-school\.txt\.$/),
      ]);
      expect(readFileSync(inFolder("out", "bad-rows-school.txt"), "utf8")).toBe("bad line\n");
      const cohorts = inFolder("out", "cohorts", "bad-rows-school.txt");
      expect(readFileSync(cohorts, "utf8")).toBe("bad cohort\n");
      rmSync(inFolder("out"), { recursive: true });
    }
    expect(existsSync(inFolder("cache"))).toBe(false);
  });

  it("works without a cache where data/ cannot be written", async () => {
    folder.put("cache", "a file in the folder's place");
    const { logs, notices } = await acquire({ rows: 100 });
    expect(logs.height).toBe(100);
    expect(notices[0]).toMatch(/^Not cached, as .*cache cannot be written/);
  });
});

describe("acquireLogs' choice of source", () => {
  it("follows the option, then the environment, then what is there", async () => {
    putFiles();
    expect((await acquire({ rows: 100 })).source).toBe("files");
    vi.stubEnv("CURRICULUM_LOGS_SOURCE", "sample");
    expect((await acquire({ rows: 100 })).source).toBe("sample");
    expect((await acquire({ source: "files" })).source).toBe("files");
    expect((await acquire({ logsPath: inFolder(TEXT) })).source).toBe("files");
  });

  it("says so where MySQL is only half configured", async () => {
    vi.stubEnv("CURRICULUM_LOGS_USER", "reader");
    const missing = "CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET)";
    await expect(acquire({ source: "mysql" })).rejects.toThrow(`MySQL needs ${missing}. Set it in`);
    const { source, notices } = await acquire({ rows: 100 });
    expect(source).toBe("sample");
    expect(notices[1]).toBe(`MySQL was passed over: it also needs ${missing}.`);
  });

  it.each<[AcquireLogsOptions, string]>([
    [{ source: "files" }, "has no access log. Put anonymized"],
    [{ source: "mysql" }, "MySQL needs CURRICULUM_LOGS_USER and CURRICULUM_LOGS_HOST (or CURRIC"],
    [{ source: "sample", logsPath: "x" }, 'a file is read with source "files"'],
    [{ cohortsPath: "x" }, "cohortsPath without logsPath"],
    [{ source: "csv" as "files" }, 'source to be one of mysql, files, sample; found "csv"'],
    [{ onBadRows: "skip" as "error" }, 'onBadRows to be one of error, set-aside; found "skip"'],
  ])("refuses %o", async (options, message) => {
    await expect(acquire(options)).rejects.toThrow(message);
  });
});
