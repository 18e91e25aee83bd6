import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireLogs } from "../../lib/acquire/acquire-logs";
import { acquireUsage } from "../../lib/acquire/acquire-usage";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import {
  asPathRead,
  asStored,
  HOSTILE_BYTES,
  HOSTILE_STRINGS,
  hostileStrings,
} from "../support/hostile-strings";
import {
  COHORTS_HEADER,
  csvField,
  JOINED_HEADER,
  TINY_COHORTS,
  useFolder,
} from "../support/tiny-logs";

// Whatever strangers write into a log's text fields is read as it is, and where it stands in place
// of something else, the message about it is one that a terminal can show.

const folder = useFolder();
const texts = HOSTILE_STRINGS.map(({ text }) => text);
const stored = texts.map(asStored);
const said: string[] = [];
const notice = (line: string) => void said.push(line);

const acquire = (logsPath: string, options = {}) => {
  said.length = 0;
  return acquireLogs({ logsPath, dataDir: folder.path(), notice, ...options });
};
const time = (i: number) => new Date(1000 * i).toISOString().slice(11, 19);

/** No control or format character, and nothing longer than a message should be. */
function expectSound(message: string): void {
  expect(message).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}/u);
  expect(message.length).toBeLessThan(2_000);
}

describe("hostile text in a data file", () => {
  it("is at least two hundred strings of every kind, each once", () => {
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThanOrEqual(200);
    expect(new Set(HOSTILE_STRINGS.map(({ kind }) => kind)).size).toBe(22);
    for (const text of hostileStrings("megabyte")) {
      expect(Buffer.byteLength(text)).toBeGreaterThan(1_047_000);
    }
  });

  it("is kept as it is in the paths of a text file, bytes that are no UTF-8 too", async () => {
    folder.put("cohorts.csv", TINY_COHORTS);
    // The format has no place for a space or a line feed within a path.
    const fit = stored.filter((text) => !/[ \n]/.test(text));
    const lines = [...fit.map((text) => Buffer.from(text)), ...HOSTILE_BYTES].map((path, i) =>
      Buffer.concat([
        Buffer.from(`2020-01-01 ${time(i)} `),
        path,
        Buffer.from(" 1 8 198.18.0.1\n"),
      ]),
    );
    const file = folder.put("anonymized-curriculum-access.txt", Buffer.concat(lines));
    const { logs } = await acquire(file);
    const paths = logs.getColumn("path").toArray() as string[];
    expect(paths.slice(0, fit.length)).toEqual(fit.map(asPathRead));
    expect(said.join("\n")).toMatch(/: \d paths of more than 8,192 bytes cut to that, and marked/);
    expect(paths.length).toBe(fit.length + HOSTILE_BYTES.length);
    // Each in its own way: different bytes make different paths.
    expect(new Set(paths).size).toBe(new Set(fit.map(asPathRead)).size + HOSTILE_BYTES.length);
  });

  it("is kept as it is in the paths, classes and channels of a joined CSV file", async () => {
    const lines = texts.map((text, i) => {
      const name = text.length < 10_000 ? text : "";
      const dates = "2019-01-07,2019-03-08,2019-01-01 00:00:00,2019-01-01 00:00:00,,2";
      const cohort = [i, name, name].map(csvField).join(",");
      return `2020-01-01,${time(i)},${csvField(text)},1,${i},198.18.0.1,${cohort},${dates}\n`;
    });
    const file = folder.put("curriculum_logs.csv", `${JOINED_HEADER}\n${lines.join("")}`);
    const { logs, cohorts } = await acquire(file);
    expect(logs.getColumn("path").toArray()).toEqual(texts.map(asPathRead));
    const names = stored.map((text) => (text.length < 10_000 ? text : null));
    expect(cohorts.getColumn("name").toArray()).toEqual(names);
    expect(cohorts.getColumn("slack").toArray()).toEqual(names);
    const accessLog = prepareLogs({ logs, cohorts });
    expect(accessLog.getColumn("path").toArray()).toEqual(texts.map(asPathRead));
    expect(accessLog.getColumn("cohort").toArray()).toEqual(names);
    for (const line of said) expectSound(line);
  });

  it("is kept as it is in cohorts.csv and in the names of APIs", async () => {
    folder.put("anonymized-curriculum-access.txt", "2020-01-01 00:00:00 / 1 8 198.18.0.1\n");
    const short = hostileStrings();
    const cohorts = short.map((text, id) => `${id},${csvField(text)},${csvField(text)},,,,,,2\n`);
    folder.put("cohorts.csv", `${COHORTS_HEADER}\n${cohorts.join("")}`);
    const acquired = await acquireLogs({ source: "files", dataDir: folder.path(), notice });
    expect(acquired.cohorts.getColumn("name").toArray()).toEqual(short.map(asStored));

    const types = [...new Set(short.map(asStored))];
    const usage = types.map((type, i) => `2020-01-01,${i},${csvField(type)},1\n`);
    const path = folder.put("user_api_data.csv", `dt,user_id,type,api_count\n${usage.join("")}`);
    const read = (await acquireUsage({ path, notice })).usage.sort("user_id");
    expect(read.getColumn("type").toArray()).toEqual(types);
  });

  it.each([
    ["date", (text: string) => [text, "09:00:00", "1", "8", "198.18.0.1"]],
    ["time", (text: string) => ["2020-01-01", text, "1", "8", "198.18.0.1"]],
    ["user_id", (text: string) => ["2020-01-01", "09:00:00", text, "8", "198.18.0.1"]],
    ["cohort_id", (text: string) => ["2020-01-01", "09:00:00", "1", text, "198.18.0.1"]],
    ["ip", (text: string) => ["2020-01-01", "09:00:00", "1", "8", text]],
  ])("is told as text where a %s should be, and set aside byte for byte", async (field, row) => {
    // Some are a number, as a user's id is, or a day.
    const bad = hostileStrings().filter((text) => !/^-?\d+$|^2020-01-01$/.test(text));
    const lines = bad.map((text) => {
      const [date, clock, user, cohort, ip] = row(text).map(csvField);
      return `${date},${clock},/,${user},${cohort},${ip},,,,,,,,,\n`;
    });
    const good = "2020-01-01,09:00:00,/,1,,198.18.0.1,,,,,,,,,\n";
    const file = folder.put("curriculum_logs.csv", `${JOINED_HEADER}\n${good}${lines.join("")}`);
    const error = await acquire(file).catch((reason: Error) => reason);
    expect(error).toMatchObject({ name: "DataFileError", badRows: bad.length });
    expectSound((error as Error).message);
    expect((error as Error).message).toContain(`line 3, ${field}: expected`);

    const outDir = join(folder.path(), "results");
    mkdirSync(outDir);
    const { logs } = await acquire(file, { onBadRows: "set-aside", outDir });
    expect(logs.height).toBe(1);
    for (const line of said) expectSound(line);
    expect(said.join("\n")).toContain(`${bad.length} of ${bad.length + 1} lines set aside`);
    expect(readdirSync(outDir)).toEqual(["bad-rows-curriculum_logs.csv"]);
    expect(readFileSync(join(outDir, "bad-rows-curriculum_logs.csv"), "utf8")).toBe(
      lines.map(asStored).join(""),
    );
  });

  it("is told as text where it names files and folders", async () => {
    const kinds = new Map<string, string>();
    for (const { kind, text } of HOSTILE_STRINGS) {
      const isName = !/[/\0]/.test(text) && Buffer.byteLength(text) < 200 && !/^\.*$/.test(text);
      if (isName && !kinds.has(kind)) kinds.set(kind, text);
    }
    expect(kinds.size).toBeGreaterThan(15);
    const names = [...kinds.values()];
    for (const name of names) {
      const dir = join(folder.path(), name);
      mkdirSync(dir);
      const error = await acquireLogs({ source: "files", dataDir: dir, notice }).catch(
        (reason: Error) => reason.message,
      );
      expect(error).toContain("has no access log");
      expectSound(String(error));
      writeFileSync(join(dir, "anonymized-curriculum-access.txt"), "x\n");
      writeFileSync(join(dir, "cohorts.csv"), TINY_COHORTS);
      const bad = await acquireLogs({ source: "files", dataDir: dir, notice }).catch(
        (reason: Error) => reason.message,
      );
      expect(bad).toContain("1 line cannot be read");
      expectSound(String(bad));
    }
  });
});
