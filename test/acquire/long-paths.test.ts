import { describe, expect, it } from "vitest";
import { AccessRows } from "../../lib/acquire/access-rows";
import { acquireLogs } from "../../lib/acquire/acquire-logs";
import { logRowReader } from "../../lib/acquire/mysql/log-row-reader";
import { csvField, JOINED_HEADER, TINY_COHORTS, useFolder } from "../support/tiny-logs";

const KEPT = 8192;
const whole = "a".repeat(KEPT);
const cut = (count: string) => `${whole}… (${count} cut)`;
const NOTE = "of more than 8,192 bytes cut to that, and marked.";

/** Each path, and what becomes of it. */
const PATHS: [path: string, read: string][] = [
  [whole, whole],
  [`${whole}b`, cut("1 character")],
  [`${whole}c`, cut("1 character")],
  [`${whole}${"/".repeat(100_000)}`, cut("100,000 characters")],
  // A character of several bytes is never cut in two.
  [`${"a".repeat(KEPT - 1)}é/x`, `${"a".repeat(KEPT - 1)}… (3 characters cut)`],
  [`${"a".repeat(KEPT - 3)}\u{1f600}/x`, `${"a".repeat(KEPT - 3)}… (4 characters cut)`],
  [`${"a".repeat(KEPT - 2)}éx`, `${"a".repeat(KEPT - 2)}é… (1 character cut)`],
];
const expected = PATHS.map(([, read]) => read);

describe("a path that is too long", () => {
  const folder = useFolder();
  const said: string[] = [];
  const acquire = async (logsPath: string) => {
    said.length = 0;
    const notice = (line: string) => void said.push(line);
    const { logs } = await acquireLogs({ logsPath, dataDir: folder.path(), notice });
    return logs.getColumn("path").toArray();
  };

  it("is cut visibly in a text file, and that is said", async () => {
    folder.put("cohorts.csv", TINY_COHORTS);
    const lines = PATHS.map(([path], i) => `2020-01-01 00:00:0${i} ${path} 1 8 198.18.0.1\n`);
    const file = folder.put("anonymized-curriculum-access.txt", lines.join(""));
    expect(await acquire(file)).toEqual(expected);
    // Two of them are the same once they are cut.
    expect(said.join("\n")).toContain(`access.txt: 5 paths ${NOTE}`);
    // What was read is kept, and says so again.
    expect(await acquire(file)).toEqual(expected);
    expect(said.join("\n")).toContain(`5 paths ${NOTE}`);
  });

  it("is cut visibly in a joined CSV file, by what it holds without its quotes", async () => {
    const quoted: [string, string] = ['"'.repeat(KEPT), '"'.repeat(KEPT)];
    const all = [...PATHS, quoted];
    const lines = all.map(
      ([path], i) => `2020-01-01,00:00:0${i},${csvField(path)},1,,198.18.0.1,,,,,,,,,\n`,
    );
    const file = folder.put("curriculum_logs.csv", `${JOINED_HEADER}\n${lines.join("")}`);
    expect(await acquire(file)).toEqual(all.map(([, read]) => read));
    expect(said.join("\n")).toContain(`curriculum_logs.csv: 5 paths ${NOTE}`);
  });

  it("is cut visibly as a database gives it", () => {
    const rows = new AccessRows();
    const take = logRowReader(rows);
    for (const [place, [path]] of PATHS.entries()) {
      const row = ["2020-01-01", `00:00:0${place}`, Buffer.from(path), 1, 8, "198.18.0.1"];
      expect(take(row)).toBeUndefined();
    }
    expect(rows.toFrame().getColumn("path").toArray()).toEqual(expected);
    expect(rows.notes("school, table logs")).toEqual([`school, table logs: 5 paths ${NOTE}`]);
  });

  it("is not spoken of where there is none", () => {
    const rows = new AccessRows();
    rows.add(1, 1, rows.pathNumber(whole), 1, 1, rows.addresses.numberOf("198.18.0.1"));
    expect(rows.notes("a file")).toEqual([]);
  });
});
