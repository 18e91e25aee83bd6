import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AcquireLogsOptions, acquireLogs } from "../../lib/acquire/acquire-logs";
import { SETTING_NAMES } from "../../lib/keep/settings";
import {
  asText,
  COHORTS_HEADER,
  csvField,
  JOINED_HEADER,
  plainRows,
  TINY_COHORTS,
  TINY_JOINED,
  TINY_TEXT,
  useFolder,
} from "../support/tiny-logs";

const folder = useFolder();
const TEXT = "anonymized-curriculum-access.txt";

beforeEach(() => {
  for (const name of Object.values(SETTING_NAMES)) vi.stubEnv(name, "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function acquire(options: AcquireLogsOptions = {}) {
  const notices: string[] = [];
  const acquired = await acquireLogs({
    dataDir: folder.path(),
    outDir: join(folder.path(), "out"),
    notice: (line) => notices.push(line),
    ...options,
  });
  return { ...acquired, notices };
}

describe("acquireLogs", () => {
  it("makes the sample where there is nothing else, of the rows asked for", async () => {
    const { logs, cohorts, source, notices } = await acquire({ rows: 1000, seed: 3 });
    expect([source, logs.height, cohorts.height]).toEqual(["sample", 1000, 53]);
    expect(notices).toEqual(["Access log: 1,000 rows and 53 cohorts from the sample, seed 3."]);
    const again = await acquire({ rows: 1000, seed: 3 });
    expect(again.notices).toEqual([
      "Access log: 1,000 rows and 53 cohorts from the sample, seed 3 (cached).",
    ]);
    expect(plainRows(again.logs)).toEqual(plainRows(logs));
  });

  it("takes rows and seed from the environment", async () => {
    vi.stubEnv("CURRICULUM_LOGS_ROWS", "500");
    vi.stubEnv("CURRICULUM_LOGS_SEED", "9");
    expect((await acquire()).notices[0]).toContain(
      "500 rows and 53 cohorts from the sample, seed 9",
    );
    expect((await acquire({ rows: 600 })).logs.height).toBe(600);
  });

  it("reads files found in data/, then from the cache, with the same types", async () => {
    folder.put(TEXT, TINY_TEXT);
    folder.put("cohorts.csv", TINY_COHORTS);
    const first = await acquire();
    const second = await acquire();
    expect(first.source).toBe("files");
    expect(first.notices).toEqual([
      expect.stringMatching(/^Access log: 4 rows and 3 cohorts from .*access\.txt\.$/),
    ]);
    expect(second.notices).toEqual([expect.stringMatching(/access\.txt \(cached\)\.$/)]);
    expect(plainRows(second.logs)).toEqual(plainRows(first.logs));
    expect(second.cohorts.toRecords()).toEqual(first.cohorts.toRecords());
    for (const table of ["logs", "cohorts"] as const) {
      expect(second[table].dtypes.map(String)).toEqual(first[table].dtypes.map(String));
    }
  });

  it("reads a file again when its content has changed, and says so", async () => {
    folder.put(TEXT, TINY_TEXT);
    folder.put("cohorts.csv", TINY_COHORTS);
    await acquire();
    folder.put(TEXT, TINY_TEXT.replace("java-ii", "java-iv"));
    const { logs, notices } = await acquire();
    expect(logs.getColumn("path").toArray()).toContain("java-iv");
    expect(notices[0]).toContain("is stale: what it was made from has changed: made anew.");
    expect((await acquire({ refresh: true })).notices[0]).toMatch(/access\.txt\.$/);
  });

  it("reads files wherever they are named, in either shape and whatever they are called", async () => {
    folder.put("cohorts.csv", TINY_COHORTS);
    const text = await acquire({ logsPath: folder.put("some.log", TINY_TEXT) });
    const joined = await acquire({ logsPath: folder.put("some.csv", TINY_JOINED) });
    const renamed = await acquire({ logsPath: folder.put("joined.txt", TINY_JOINED) });
    expect(plainRows(joined.logs)).toEqual(plainRows(text.logs));
    expect(plainRows(renamed.logs)).toEqual(plainRows(text.logs));
    expect([text.cohorts.height, joined.cohorts.height]).toEqual([3, 2]);
  });

  it("takes the cohorts of a joined file from cohortsPath where that is given", async () => {
    const logsPath = folder.put("some.csv", TINY_JOINED);
    const { cohorts } = await acquire({ logsPath, cohortsPath: folder.put("c.csv", TINY_COHORTS) });
    expect(cohorts.height).toBe(3);
  });

  it("keeps rows of a cohort without a row, counts them and says so, from the cache too", async () => {
    folder.put(TEXT, TINY_TEXT.replaceAll(" 8 ", " 165 "));
    folder.put("cohorts.csv", TINY_COHORTS);
    for (const round of ["read", "cached"]) {
      const { logs, notices } = await acquire();
      expect(logs.height, round).toBe(4);
      expect(notices[1], round).toBe(
        "2 rows of 1 unknown cohort (165) kept, without name, dates or program.",
      );
    }
  });

  it("asks for cohorts.csv where it is missing", async () => {
    folder.put(TEXT, TINY_TEXT);
    await expect(acquire()).rejects.toThrow(/cohorts\.csv does not exist/);
    await expect(acquire({ logsPath: join(folder.path(), TEXT) })).rejects.toThrow(
      /name it with cohortsPath/,
    );
    const cohortsPath = join(folder.path(), "none.csv");
    await expect(acquire({ logsPath: join(folder.path(), TEXT), cohortsPath })).rejects.toThrow(
      /none\.csv does not exist/,
    );
  });

  it("says each time what was set aside, as such tables are not cached", async () => {
    folder.put(TEXT, `${TINY_TEXT}bad line\n`);
    folder.put("cohorts.csv", TINY_COHORTS);
    await expect(acquire()).rejects.toThrow(/1 line cannot be read/);
    for (const round of [1, 2]) {
      const { logs, notices } = await acquire({ onBadRows: "set-aside" });
      expect(logs.height).toBe(4);
      expect(notices[1], `round ${round}`).toMatch(
        /1 of 5 lines set aside in .*bad-rows-anonymized-curriculum-access\.txt\.$/,
      );
      rmSync(join(folder.path(), "out"), { recursive: true });
    }
    expect(existsSync(join(folder.path(), "cache"))).toBe(false);
  });

  it("works without a cache where data/ cannot be written", async () => {
    folder.put("cache", "a file in the folder's place");
    const { logs, notices } = await acquire({ rows: 100 });
    expect(logs.height).toBe(100);
    expect(notices[0]).toMatch(/^Not cached, as .*cache cannot be written/);
  });

  it("leaves nothing but the cache's files behind", async () => {
    mkdirSync(join(folder.path(), "d"));
    await acquire({ rows: 100, dataDir: join(folder.path(), "d") });
    expect(readdirSync(join(folder.path(), "d"))).toEqual(["cache"]);
    expect(readdirSync(join(folder.path(), "d", "cache"))).toHaveLength(4);
  });
});

describe("a sample written in each shape", () => {
  it("is read back as it was made", async () => {
    const { logs, cohorts } = await acquire({ source: "sample", rows: 10_000 });
    const rows = plainRows(logs);
    const texts = cohortTexts(cohorts);
    const cohortsPath = folder.put("c.csv", csv([COHORTS_HEADER.split(","), ...texts.values()]));

    const text = await acquire({ logsPath: folder.put("log.txt", asText(rows)), cohortsPath });
    expect(plainRows(text.logs)).toEqual(rows);
    expect(text.cohorts.toRecords()).toEqual(cohorts.toRecords());
    expect(text.logs.dtypes.map(String)).toEqual(logs.dtypes.map(String));
    expect(text.cohorts.dtypes.map(String)).toEqual(cohorts.dtypes.map(String));

    const joinedRows = rows.map(({ date, time, path, user_id, cohort_id, ip }) => [
      ...[date, time, path, user_id, cohort_id, ip],
      ...(texts.get(cohort_id) ?? Array(9).fill("")),
    ]);
    const content = csv([JOINED_HEADER.split(","), ...joinedRows]);
    const joined = await acquire({ logsPath: folder.put("joined.csv", content) });
    expect(plainRows(joined.logs)).toEqual(rows);
    const found = new Set(rows.map((row) => row.cohort_id));
    expect(joined.cohorts.toRecords()).toEqual(
      cohorts.toRecords().filter(({ id }) => found.has(id as number)),
    );
  });

  const csv = (rows: (string | number | null)[][]) =>
    `${rows.map((row) => row.map(csvField).join(",")).join("\n")}\n`;

  /** Each cohort's fields as the CSV files have them, by its id. */
  function cohortTexts(cohorts: pl.DataFrame): Map<number | null, string[]> {
    const text = (value: unknown, field: string) =>
      value instanceof Date
        ? value
            .toISOString()
            .replace("T", " ")
            .slice(0, field.endsWith("_date") ? 10 : 19)
        : String(value ?? "");
    return new Map(
      cohorts
        .toRecords()
        .map((row) => [
          row.id as number,
          Object.entries(row).map(([field, value]) => text(value, field)),
        ]),
    );
  }
});

describe("acquireLogs' choice of source", () => {
  it("follows the option, then the environment, then what is there", async () => {
    folder.put(TEXT, TINY_TEXT);
    folder.put("cohorts.csv", TINY_COHORTS);
    expect((await acquire({ rows: 100 })).source).toBe("files");
    vi.stubEnv("CURRICULUM_LOGS_SOURCE", "sample");
    expect((await acquire({ rows: 100 })).source).toBe("sample");
    expect((await acquire({ source: "files" })).source).toBe("files");
    expect((await acquire({ logsPath: join(folder.path(), TEXT) })).source).toBe("files");
  });

  it("does not fall back to the sample from a source that was asked for", async () => {
    await expect(acquire({ source: "files" })).rejects.toThrow(
      /has no access log\. Put anonymized/,
    );
    await expect(acquire({ source: "mysql" })).rejects.toThrow(
      "MySQL needs CURRICULUM_LOGS_USER and CURRICULUM_LOGS_HOST (or CURRICULUM_LOGS_SOCKET). Set it in .env",
    );
    vi.stubEnv("CURRICULUM_LOGS_USER", "reader");
    await expect(acquire({ source: "mysql" })).rejects.toThrow(
      "MySQL needs CURRICULUM_LOGS_HOST (or",
    );
  });

  it("says so where MySQL is only half configured", async () => {
    vi.stubEnv("CURRICULUM_LOGS_HOST", "db.example");
    const { source, notices } = await acquire({ rows: 100 });
    expect(source).toBe("sample");
    expect(notices[1]).toBe("MySQL was passed over: it also needs CURRICULUM_LOGS_USER.");
  });

  it("refuses options that contradict each other, and a source that it does not know", async () => {
    await expect(acquire({ source: "sample", logsPath: "x" })).rejects.toThrow(
      /a file is read with source "files"/,
    );
    await expect(acquire({ cohortsPath: "x" })).rejects.toThrow(/cohortsPath without logsPath/);
    await expect(acquire({ source: "csv" as "files" })).rejects.toThrow(
      /source to be one of mysql, files, sample; found "csv"/,
    );
    await expect(acquire({ onBadRows: "skip" as "error" })).rejects.toThrow(
      /onBadRows to be one of error, set-aside; found "skip"/,
    );
  });
});
