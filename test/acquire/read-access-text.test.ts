import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { HeapUse } from "../../lib/acquire/memory";
import { Texts } from "../../lib/acquire/texts";
import { readBoth } from "../fuzz/read-both";
import { randomIntegers } from "../support/random";
import { type PlainRow, plainRows, TINY_TEXT, useFolder } from "../support/tiny-logs";
import { readAccessText } from "./frames";

const folder = useFolder();
const read = (content: string | Uint8Array) => readAccessText(folder.put("log.txt", content));
const pathsOf = (logs: pl.DataFrame) => logs.getColumn("path").toArray();

async function failure(content: string | Uint8Array): Promise<DataFileError> {
  const error = await read(content).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DataFileError);
  return error;
}

/** A log's first line with one field changed. */
function line(change: Partial<Record<keyof PlainRow, string>> = {}): string {
  const { date, time, path, user_id, cohort_id, ip } = {
    ...{ date: "2018-01-26", time: "09:55:03", path: "/", user_id: "1", cohort_id: "8" },
    ...{ ip: "198.18.0.1", ...change },
  };
  return `${date} ${time} ${path} ${user_id} ${cohort_id} ${ip}\n`;
}

describe("readAccessText", () => {
  it("reads the published first rows, a row without a path and one without a cohort", async () => {
    const { logs } = await read(TINY_TEXT);
    expect(plainRows(logs).map((row) => Object.values(row))).toEqual([
      ["2018-01-26", "09:55:03", "/", 1, 8, "97.105.19.61"],
      ["2018-01-26", "09:56:02", "java-ii", 1, 8, "97.105.19.61"],
      ["2020-04-08", "09:25:18", null, 586, 55, "198.18.0.1"],
      ["2020-04-08", "09:25:19", "mysql/relationships/joins", 48, null, "198.18.0.1"],
    ]);
    expect(logs.schema).toEqual({
      ...{ date: pl.Date, time: pl.Time, path: pl.String },
      ...{ user_id: pl.Int64, cohort_id: pl.Int64, ip: pl.String },
    });
  });

  it("puts rows in time order, keeping those of the same second, equal ones too, in theirs", async () => {
    const late = { date: "2018-01-27" };
    const many = Array.from({ length: 20_000 }, (_, at) => String(at % 700));
    const later = ["d", ...many].map((path) => line({ ...late, path })).join("");
    const first = ["b", "a", "b"].map((path) => line({ path })).join("");
    const { logs } = await read(later + first + line({ ...late, path: "c" }));
    expect(pathsOf(logs)).toEqual(["b", "a", "b", "d", ...many, "c"]);
  });

  it("takes lines that need a closer look wherever they stand between others", async () => {
    const random = randomIntegers(5);
    const odd = [
      ...["", "\r", "x", " ".repeat(5), line({ path: "" }), line({ path: "a\tb" })],
      ...[line({ path: "\xe9" }), line({ user_id: "-0" })],
      ...[line({ user_id: "+1" }), line({ cohort_id: "" }), line({ cohort_id: "8.0" })],
      ...[line({ cohort_id: "x" }), line({ ip: "::1\r" }), line({ ip: "::1\r\r" })],
      ...[line({ ip: "1.2.3" }), line({ ip: "" }), line({ time: "0 days 09:55:03" })],
      ...[line({ path: "a b" }), line({ date: "2018-02-29" }), line({ time: "24:00:00" })],
    ].map((text) => text.replace(/\n?$/, "\n"));
    const usual = (at: number) => line({ path: `/${at % 99}`, user_id: String(at) });
    const all = Array.from({ length: 40_000 }, (_, at) =>
      random(0, 40) ? usual(at) : (odd[random(0, odd.length - 1)] as string),
    );
    const bytes = Buffer.from(all.join(""), "latin1");
    mkdirSync(join(folder.path(), "out"));
    const tried = { seed: 0, shape: "text" as const, isSetAside: true, bytes, changes: [] };
    const outcome = "a table and lines set aside";
    expect(await readBoth(tried, folder.path())).toEqual({ outcome });
  });

  it("writes bytes that are not UTF-8 out, so that paths stay apart, and says how many rows have them", async () => {
    const paths = ["caf\xe9", "caf\xe8", "caf\xc3\xa9", "caf\xe9"];
    const content = `\n\n${TINY_TEXT}${paths.map((path) => line({ path })).join("")}`;
    const { logs, notes, rows } = await read(Buffer.from(content, "latin1"));
    expect(rows).toBe(8);
    expect(pathsOf(logs).slice(0, 5)).toEqual(["/", "caf\\xe9", "caf\\xe8", "café", "caf\\xe9"]);
    expect(notes).toEqual([
      expect.stringContaining("2 empty lines passed over"),
      expect.stringMatching(
        /log\.txt: 3 rows with bytes that are not UTF-8, kept as \\xe9 and the like; the first is line 7\.$/,
      ),
    ]);
  });

  it("has a limit of different texts", () => {
    const texts = new Texts(new HeapUse(), 2);
    const numberOf = (text: string) => texts.numberOf(Buffer.from(text));
    expect(["a", "b", "a"].map(numberOf)).toEqual([0, 1, 0]);
    expect(() => numberOf("c")).toThrow(
      "a log can have up to 2 different paths, addresses or types; this one has more",
    );
    expect(numberOf("b")).toBe(1);
  });

  it("numbers different texts in the order in which they come first, however many", () => {
    const texts = new Texts(new HeapUse());
    const all = Array.from({ length: 30_000 }, (_, at) => String((at * 7919) % 12_007));
    const numbers = all.map((text) => texts.numberOf(Buffer.from(`${text}/x`), 0, text.length));
    const different = [...new Set(all)];
    const expected = new Map(different.map((text, number) => [text, number]));
    expect(numbers).toEqual(all.map((text) => expected.get(text)));
    expect(texts.decoded()).toEqual(different);
  });
});

describe("readAccessText's errors", () => {
  const integer = "an integer below 2^53";
  it.each<[string, string, string]>([
    ["line", "x", '6 fields, not 1; found "x"'],
    ["date", "2019-02-30", 'a calendar day as 2018-01-26; found "2019-02-30"'],
    ["time", "25:61:00", 'a clock time as 09:55:03; found "25:61:00"'],
    ["user_id", "abc", `${integer}; found "abc"`],
    ["user_id", "", `${integer}; found nothing`],
    ["user_id", "1.5", `${integer}; found "1.5"`],
    ["user_id", "9007199254740992", `${integer}; found "9007199254740992"`],
    ["cohort_id", "x", `${integer}, or nothing; found "x"`],
    ["ip", "198.18.0.256", 'an IPv4 or IPv6 address; found "198.18.0.256"'],
    ["ip", "", "an IPv4 or IPv6 address; found nothing"],
  ])("point at a bad %s: %j", async (field, text, expected) => {
    const bad = field === "line" ? `${text}\n` : line({ [field]: text });
    const error = await failure(TINY_TEXT + bad);
    expect(error.message).toContain("log.txt: 1 line cannot be read.");
    expect(error.message).toContain(`  line 5, ${field}: expected ${expected}`);
    expect(error.message).toContain('onBadRows: "set-aside"');
    expect(error.badRows).toBe(1);
  });

  it("tell five bad lines and count the others", async () => {
    const error = await failure(TINY_TEXT + line({ user_id: "x" }).repeat(1204));
    expect(error.message).toContain("1,204 lines cannot be read");
    expect(error.message).toContain("  and 1,199 more\n");
    expect(error.problems.map((problem) => problem.line)).toEqual([5, 6, 7, 8, 9]);
    expect(error.badRows).toBe(1204);
  });

  it("give up a line of more than 1 MiB, which is otherwise as it should be", async () => {
    const long = (more: number) => line({ user_id: `1.${"0".repeat(2 ** 20 - 38 + more)}` });
    expect(Buffer.byteLength(long(0))).toBe(2 ** 20);
    expect((await read(TINY_TEXT + long(0) + TINY_TEXT)).rows).toBe(9);
    const { message } = await failure(TINY_TEXT + long(1) + TINY_TEXT);
    expect(message).toContain("log.txt has more than 1,048,576 bytes in line 5");
  });

  it("ask whether it is the right file where no line is good, whatever onBadRows says", async () => {
    const path = folder.put("x.txt", "<html>\n<body>\n");
    const options = { onBadRows: "set-aside", outDir: join(folder.path(), "out") } as const;
    await expect(readAccessText(path, options)).rejects.toThrow(/is this the right file\?/);
    expect(readdirSync(options.outDir)).toEqual([]);
  });

  it("show hostile text as codes and cut", async () => {
    const { message } = await failure(TINY_TEXT + line({ user_id: `\u001b[2J${"x".repeat(500)}` }));
    expect(message).toMatch(/found "\\u001b\[2Jx{76}"… \(504 characters\)/);
  });

  it.each([
    ["an empty file", "", "is empty"],
    ["a file of empty lines", "\n\n", "has no rows"],
    ["a file of a byte-order mark", "\ufeff", "has no rows"],
    ["UTF-16", Buffer.from(`\ufeff${TINY_TEXT}`, "utf16le"), "is UTF-16 text"],
    ["a zip archive", Buffer.from("PK\u0003\u0004xxxx"), "is a zip archive"],
  ])("say what %s is", async (_, content, expected) => {
    expect((await failure(content)).message).toContain(`log.txt ${expected}`);
  });
});

describe("readAccessText with bad lines set aside", () => {
  const set = (path: string, outDir = join(folder.path(), "out")) =>
    readAccessText(path, { onBadRows: "set-aside", outDir });
  const aside = () => readFileSync(join(folder.path(), "out", "bad-rows-log.txt"));

  it("reads the others and writes the bad ones byte for byte", async () => {
    const bad = [
      Buffer.from(line({ path: "caf\xe9", user_id: "x" }), "latin1"),
      Buffer.from("one field\r\n"),
      Buffer.from(line({ ip: "none" }).trimEnd()),
    ];
    const [first = "", ...others] = bad;
    const content = Buffer.concat([first as Buffer, Buffer.from(TINY_TEXT), ...others]);
    const { logs, badRows, notes } = await set(folder.put("log.txt", content));
    expect(plainRows(logs)).toEqual(plainRows((await read(TINY_TEXT)).logs));
    expect(badRows).toBe(3);
    expect(aside()).toEqual(Buffer.concat(bad));
    expect(readdirSync(join(folder.path(), "out"))).toEqual(["bad-rows-log.txt"]);
    expect(notes).toEqual([
      expect.stringMatching(/log\.txt: 3 of 7 lines set aside in .*bad-rows-log\.txt\.$/),
    ]);
  });

  it("says so where they cannot be written, and does not go on without them", async () => {
    const path = folder.put("log.txt", `${TINY_TEXT}bad\n`);
    await expect(set(path, join(folder.put("file", ""), "out"))).rejects.toThrow(
      /bad-rows-log\.txt cannot be written \(E\w+\)\. Bad lines of .*log\.txt belong there/,
    );
  });

  it("writes nothing where no line is bad, and any number in order", async () => {
    await set(folder.put("log.txt", TINY_TEXT));
    expect(existsSync(join(folder.path(), "out"))).toBe(false);
    const bad = Array.from({ length: 40_000 }, (_, i) => line({ user_id: `x${i}` })).join("");
    await set(folder.put("log.txt", bad + TINY_TEXT));
    expect(aside().toString()).toBe(bad);
  });
});
