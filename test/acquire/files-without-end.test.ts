import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memoryLimit } from "../../lib/acquire/memory";
import { readRows } from "../../lib/acquire/read-rows";
import { readUsageCsv } from "../../lib/acquire/read-usage-csv";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { COHORTS_HEADER, JOINED_HEADER, useFolder } from "../support/tiny-logs";
import { readAccessText, readCohortsCsv, readJoinedCsv } from "./frames";

// Small files that hold more than a machine can take: each ends in one message, not in silence
// and not in a process that is gone.

const folder = useFolder();
const ROW = "2018-01-26 09:55:03 / 8 1 198.18.0.1\n";
const USAGE_HEADER = "dt,user_id,type,api_count\n";
const COHORT = "Hopper,#hopper,2018-01-01,2018-06-01,2018-01-01 00:00:00,2018-01-01 00:00:00,,1\n";
const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("");
const messageOf = (reading: Promise<unknown>) =>
  reading.then(
    () => "it was read",
    (error: Error) => `${error.name}: ${error.message}`,
  );

it("rows without end are read as far as the memory goes, and the message says how far", async () => {
  const path = folder.put("log.txt.gz", gzipSync(ROW.repeat(50_000)));
  const format = { separator: " ", quotes: false } as const;
  const columns = ["date", "time", "path", "user_id", "cohort_id", "ip"];
  const read = (memory: number) =>
    messageOf(readRows(path, format, columns, () => undefined, { memory, outDir: folder.path() }));
  expect(await read(2 ** 24)).toMatch(
    /^DataFileError: .*log\.txt\.gz cannot be read beyond row 33,555: more need over 0 GiB of memory, and there are 0 GiB\. Is this the right file\? If it is, read a part of it, or use a machine with more memory\.$/,
  );
  expect(await read(2 ** 25)).toBe("it was read");
  expect(memoryLimit()).toBeGreaterThan(2 ** 26);
  expect(memoryLimit()).toBeLessThanOrEqual(totalmem());
});

it("lines without end are given up after 1 MiB in every kind of file, the header too", async () => {
  const endless = (start: string) => folder.put("file.gz", gzipSync(start + "a,".repeat(2 ** 24)));
  for (const [reader, start] of [
    [readAccessText, ROW],
    [readJoinedCsv, ""],
    [readCohortsCsv, `${COHORTS_HEADER}\n`],
    [readUsageCsv, USAGE_HEADER],
  ] as const) {
    expect(await messageOf(reader(endless(start)))).toMatch(
      /^DataFileError: .*file\.gz has more than 1,048,576 bytes in line \d/,
    );
  }
});

it("lines without end are given up where ten million are empty", async () => {
  const path = folder.put("log.gz", gzipSync(Buffer.alloc(20_000_000, "\n")));
  expect(await messageOf(readAccessText(path))).toMatch(
    /^DataFileError: .*log\.gz has more than 10,000,000 empty lines\. It is not such a file/,
  );
});

it("lines without end are given up, and nothing is set aside, where a million cannot be read", async () => {
  const path = folder.put("log.gz", gzipSync(ROW + "x\n".repeat(1_500_000)));
  const options = { onBadRows: "set-aside", outDir: folder.path() } as const;
  const message = await messageOf(readAccessText(path, options));
  expect(message).toContain(": 1,000,000 lines cannot be read.\n  line 2, line: expected 6");
  expect(message).toMatch(/Reading stopped there, in line 1,000,001: so many are not set aside/);
  expect(existsSync(join(folder.path(), "bad-rows-log"))).toBe(false);
});

it("cohorts without end are given up after 100,000", async () => {
  const tooMany =
    /cannot be read beyond row 100,001: a table of cohorts can have up to 100,000 rows\. Is this/;
  const rows = many(100_001, (i) => `${i},${COHORT}`);
  const cohorts = folder.put("cohorts.csv", `${COHORTS_HEADER}\n${rows}`);
  expect(await messageOf(readCohortsCsv(cohorts))).toMatch(tooMany);
  const joined = many(100_001, (i) => `2018-01-26,09:55:03,/,8,${i},198.18.0.1,${i},${COHORT}`);
  const log = folder.put("curriculum_logs.csv", `${JOINED_HEADER}\n${joined}`);
  expect(await messageOf(readJoinedCsv(log))).toMatch(tooMany);
});

describe("different texts without end, in a process whose heap is small", () => {
  const x = "x".repeat(2000);
  const request = "2018-01-26,09:55:03,/,8,1,198.18.0.1,1";
  it.each<[what: string, reader: string, header: string, rows: number, row: (i: number) => string]>(
    [
      ["paths", "AccessText", "", 40_000, (i) => `2018-01-26 09:55:03 /${i}${x} 8 1 198.18.0.1\n`],
      [
        ...(["descriptions of cohorts", "JoinedCsv", `${JOINED_HEADER}\n`, 40_000] as const),
        (i) => `${request},${i}${x},${COHORT.slice(7)}`,
      ],
      [
        ...(["names of cohorts", "CohortsCsv", `${COHORTS_HEADER}\n`, 40_000] as const),
        (i) => `${i},${x}${COHORT}`,
      ],
      ["types of API", "UsageCsv", USAGE_HEADER, 40_000, (i) => `2020-01-01,1,${i}${x},1\n`],
      ["users of an API", "UsageCsv", USAGE_HEADER, 500_000, (i) => `2020-01-01,${i},a,1\n`],
    ],
  )("are a message: %s", (_, reader, header, rows, row) => {
    const path = folder.put("file.csv.gz", gzipSync(header + many(rows, row), { level: 1 }));
    const file = reader.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const options = JSON.stringify({ onBadRows: "set-aside", outDir: folder.path() });
    const script = `require("./lib/acquire/read${file}").read${reader}(${JSON.stringify(path)}, ${options})
  .then(() => console.log("it was read"), (error) => console.log(error.name, error.message));`;
    const args = ["--max-old-space-size=200", "--require", "tsx/cjs", "--eval", script];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: PROJECT_ROOT,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^DataFileError .*file\.csv\.gz cannot be read beyond row [\d,]+: its different texts take more than 0\.1 GiB, all that Node\.js has for them/,
    );
  });

  it("are no addresses of any length", async () => {
    const line = (i: number) => `2018-01-26 09:55:03 / 8 1 ${i}${x}\n`;
    const path = folder.put("log.txt", ROW + many(50, line));
    expect(await messageOf(readAccessText(path))).toContain(
      ": 50 lines cannot be read.\n  line 2, ip: expected an IPv4 or IPv6 address",
    );
  });
});
