import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { acquireLogs } from "../../lib/acquire/acquire-logs";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { logLines } from "../../lib/twin/log-lines";
import { sampleLogs } from "../../lib/twin/sample-logs";
import { SampleWriteError, writeSample } from "../../lib/twin/write-sample";
import { useFolder } from "../support/tiny-logs";

const LOG = "anonymized-curriculum-access.txt";
const COHORTS = join(PROJECT_ROOT, "..", "shared", "reference", "cohorts.csv");
const published = existsSync(COHORTS);
const needsReference = published ? "" : " (skipped: ../shared/reference is not there)";

const folder = useFolder();
const inFolder = (...names: string[]) => join(folder.path(), ...names);

describe("writeSample", () => {
  it.each([
    [10_000, 1],
    [1_000_000, 2],
  ])("writes what sampleLogs gives: %i rows, seed %i", async (rows, seed) => {
    const { logsPath, cohortsPath, bytes } = await writeSample({ rows, seed, to: inFolder("to") });
    expect(readdirSync(inFolder("to")).sort()).toEqual([LOG, "cohorts.csv"]);
    expect(readFileSync(logsPath).length).toBe(bytes);
    const options = { logsPath, cohortsPath, dataDir: inFolder("data"), notice: () => {} };
    const read = await acquireLogs({ source: "files", ...options });
    const expected = sampleLogs({ rows, seed });
    expect(read.logs.frameEqual(expected.logs, true)).toBe(true);
    expect(read.cohorts.frameEqual(expected.cohorts, true)).toBe(true);
  });

  it("begins with the lines that document 000 prints, and ends with a line break", async () => {
    const { logsPath } = await writeSample({ to: inFolder("to") });
    const text = readFileSync(logsPath, "latin1");
    expect(text.split("\n", 5)).toEqual([
      "2018-01-26 09:55:03 / 1 8 97.105.19.61",
      "2018-01-26 09:56:02 java-ii 1 8 97.105.19.61",
      "2018-01-26 09:56:05 java-ii/object-oriented-programming 1 8 97.105.19.61",
      "2018-01-26 09:56:06 slides/object_oriented_programming 1 8 97.105.19.61",
      "2018-01-26 09:56:24 javascript-i/conditionals 2 22 97.105.19.61",
    ]);
    expect(text).toMatch(/\n2020-04-08 09:25:18 {2}586 55 198\.18\.\d+\.\d+\n/);
    expect(text.endsWith("71.150.217.33\n")).toBe(true);
    // What is taken for granted before there is a line: 60.6 bytes, and 3 of a user's id.
    expect(text.length / 900_223 / 63.6).toBeCloseTo(1, 2);
    expect(text.match(/\n/g)?.length).toBe(900_223);
  });

  it.skipIf(!published)(`writes the cohorts as published${needsReference}`, async () => {
    const { cohortsPath } = await writeSample({ rows: 1, to: inFolder("to") });
    expect(readFileSync(cohortsPath, "utf8")).toBe(readFileSync(COHORTS, "utf8"));
  });

  it("leaves alone what is there, and refuses to replace it", async () => {
    folder.put("README.md", "mine");
    await writeSample({ rows: 9, to: folder.path() });
    expect(readdirSync(folder.path()).sort()).toEqual(["README.md", LOG, "cohorts.csv"]);
    const before = readFileSync(inFolder(LOG));
    await expect(writeSample({ rows: 5, to: folder.path() })).rejects.toThrow(
      new SampleWriteError(
        `${inFolder(LOG)} is there already. Remove it, or choose another folder.`,
      ),
    );
    expect(readFileSync(inFolder(LOG)).equals(before)).toBe(true);
  });

  it("says how far it is", async () => {
    const seen: string[] = [];
    const onProgress = (made: number, written: number) => seen.push(`${made} ${written}`);
    await writeSample({ rows: 100, to: inFolder("to") }, { onProgress });
    expect(seen).toEqual(["100 0", "100 100"]);
  });

  it.each([0, 1])("leaves nothing behind when it is ended, at step %i", async (step) => {
    folder.put("mine.txt", "mine");
    const controller = new AbortController();
    const reason = new Error("enough");
    let steps = 0;
    const onProgress = () => {
      if (steps++ === step) controller.abort(reason);
    };
    const { signal } = controller;
    const to = inFolder("new", "deep");
    await expect(writeSample({ rows: 100, to }, { onProgress, signal })).rejects.toBe(reason);
    expect(readdirSync(folder.path())).toEqual(["mine.txt"]);
  });

  it("leaves nothing behind when a file comes in the way, not even that one changed", async () => {
    const onProgress = (_: number, written: number) => {
      if (written > 0) folder.put(LOG, "another's");
    };
    await expect(writeSample({ rows: 9, to: folder.path() }, { onProgress })).rejects.toThrow(
      "is there already",
    );
    expect(readdirSync(folder.path())).toEqual([LOG]);
    expect(readFileSync(inFolder(LOG), "utf8")).toBe("another's");
  });

  it.skipIf(process.platform === "win32")(
    "writes for its owner alone, and leaves a folder of the user's as it is",
    async () => {
      mkdirSync(inFolder("open"), { mode: 0o755 });
      for (const to of ["new", "open"]) await writeSample({ rows: 9, to: inFolder(to) });
      const modes = ["new", "open", `new/${LOG}`, `open/${LOG}`, "open/cohorts.csv"].map((name) =>
        (statSync(inFolder(name)).mode & 0o777).toString(8),
      );
      expect(modes).toEqual(["700", "755", "600", "600", "600"]);
    },
  );

  it("says in one line that the place is taken", async () => {
    folder.put("file", "mine");
    const writing = writeSample({ rows: 9, to: inFolder("file") });
    await expect(writing).rejects.toThrow(SampleWriteError);
    await expect(writing).rejects.toThrow(
      /file cannot be written: a file is in the way \(EEXIST\)\. Remove it, or choose another folder\.$/,
    );
  });

  it("refuses sizes and seeds out of range", async () => {
    const to = inFolder("to");
    for (const rows of [0, 1.5, Number.NaN, 1e9]) {
      await expect(writeSample({ rows, to })).rejects.toThrow(
        `writeSample needs rows to be an integer of at least 1 and at most 500000000, got ${rows}`,
      );
    }
    await expect(writeSample({ seed: 0.5, to })).rejects.toThrow("needs seed to be an integer");
    expect(existsSync(to)).toBe(false);
  });
});

describe("writeSample on a small disk", () => {
  const disk = () => inFolder("disk");
  afterEach(() => {
    spawnSync("umount", [disk()], { stdio: "ignore" });
  });

  it("says before it writes that there is too little room", async (context) => {
    mkdirSync(disk());
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk()]);
    if (mounted.status !== 0) context.skip("no small disk can be mounted here (needs root)");
    // 10,000 lines of some 64 bytes.
    await expect(writeSample({ rows: 10_000, to: disk() })).rejects.toThrow(
      `${disk()} has too little room: the sample takes about 0.6 MB, and 0.3 MB are free. Choose fewer rows, or another folder.`,
    );
    expect(readdirSync(disk())).toEqual([]);
    await writeSample({ rows: 1_000, to: disk() });
    expect(readdirSync(disk()).sort()).toEqual([LOG, "cohorts.csv"]);
  });
});

it("logLines writes fields split by single spaces, and nothing for a missing one", () => {
  const rows = {
    day: Int32Array.from([1_181, 0, 0]),
    second: Int32Array.from([86_399, 3_661, 3_661]),
    path: Int32Array.from([1, -1, 0]),
    userId: Int32Array.from([1_962, 7, 10]),
    cohortId: Int32Array.from([0, 139, 8]),
    address: Int32Array.from([0, 1, 0]),
    held: new Int32Array(3),
  };
  const texts = {
    paths: ["/", "caf\u00e9"],
    addresses: ["198.18.0.1", "198.19.3.4"],
    users: 1_962,
  };
  const file = openSync(inFolder("lines"), "w");
  try {
    logLines(texts)(file, rows);
  } finally {
    closeSync(file);
  }
  const text = readFileSync(inFolder("lines"), "utf8");
  expect(text).toBe(
    [
      "2018-01-26 01:01:01  7 139 198.19.3.4\n",
      "2018-01-26 01:01:01 / 10 8 198.18.0.1\n",
      "2021-04-21 23:59:59 caf\u00e9 1962  198.18.0.1\n",
    ].join(""),
  );
});
