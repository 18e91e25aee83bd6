import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprint, readDataFiles } from "../../lib/acquire/read-data-files";
import { TINY_COHORTS, TINY_TEXT, useFolder } from "../support/tiny-logs";

const folder = useFolder();

function put(inside: string, name: string, content: string): string {
  mkdirSync(join(folder.path(), inside), { recursive: true });
  writeFileSync(join(folder.path(), inside, name), content);
  return join(folder.path(), inside, name);
}

describe("readDataFiles", () => {
  it("keeps the bad lines of both files, also where they have the same name", async () => {
    const logsPath = put("logs", "school.txt", `${TINY_TEXT}bad line\n`);
    const cohortsPath = put("cohorts", "school.txt", `${TINY_COHORTS}bad cohort\n`);
    const outDir = join(folder.path(), "out");
    const files = { logsPath, cohortsPath, notes: [] };
    const { notes, isKept } = await readDataFiles(files, { onBadRows: "set-aside", outDir });
    expect(readFileSync(join(outDir, "bad-rows-school.txt"), "utf8")).toBe("bad line\n");
    const cohorts = join(outDir, "cohorts", "bad-rows-school.txt");
    expect(readFileSync(cohorts, "utf8")).toBe("bad cohort\n");
    expect(notes).toEqual([
      expect.stringContaining("1 of 4 lines set aside in"),
      expect.stringContaining("1 of 5 lines set aside in"),
    ]);
    expect(isKept).toBe(false);
  });
});

describe("fingerprint", () => {
  it("says what is wrong with a file in the words of the readers", async () => {
    const notes: string[] = [];
    await expect(fingerprint({ logsPath: folder.path(), notes })).rejects.toThrow(
      /is a folder, not a file\. Name the file inside it/,
    );
    const gone = join(folder.path(), "gone.txt");
    await expect(fingerprint({ logsPath: gone, notes })).rejects.toThrow(
      /gone\.txt does not exist/,
    );
  });

  it("changes with the content of each file", async () => {
    const logsPath = put("", "log.txt", TINY_TEXT);
    const cohortsPath = put("", "cohorts.csv", TINY_COHORTS);
    const before = await fingerprint({ logsPath, cohortsPath, notes: [] });
    put("", "cohorts.csv", `${TINY_COHORTS}\n`);
    const after = await fingerprint({ logsPath, cohortsPath, notes: [] });
    expect(after[logsPath]).toBe(before[logsPath]);
    expect(after[cohortsPath]).not.toBe(before[cohortsPath]);
  });
});
