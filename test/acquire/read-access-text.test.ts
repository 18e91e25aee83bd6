import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { asText, type PlainRow, plainRows, TINY_TEXT, useFolder } from "../support/tiny-logs";
import { readAccessText } from "./frames";

const folder = useFolder();
const read = (content: string | Uint8Array) => readAccessText(folder.put("log.txt", content));

async function failure(content: string | Uint8Array): Promise<DataFileError> {
  const error = await read(content).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DataFileError);
  return error;
}

/** A log's first line with one field changed. */
function line(change: Partial<Record<keyof PlainRow, string>> = {}): string {
  const row = {
    date: "2018-01-26",
    time: "09:55:03",
    path: "/",
    user_id: "1",
    cohort_id: "8",
    ip: "198.18.0.1",
    ...change,
  };
  return `${row.date} ${row.time} ${row.path} ${row.user_id} ${row.cohort_id} ${row.ip}\n`;
}

describe("readAccessText", () => {
  it("reads the published first rows, a row without a path and one without a cohort", async () => {
    const { logs } = await read(TINY_TEXT);
    expect(plainRows(logs)).toEqual([
      {
        date: "2018-01-26",
        time: "09:55:03",
        path: "/",
        user_id: 1,
        cohort_id: 8,
        ip: "97.105.19.61",
      },
      {
        date: "2018-01-26",
        time: "09:56:02",
        path: "java-ii",
        user_id: 1,
        cohort_id: 8,
        ip: "97.105.19.61",
      },
      {
        date: "2020-04-08",
        time: "09:25:18",
        path: null,
        user_id: 586,
        cohort_id: 55,
        ip: "198.18.0.1",
      },
      {
        date: "2020-04-08",
        time: "09:25:19",
        path: "mysql/relationships/joins",
        user_id: 48,
        cohort_id: null,
        ip: "198.18.0.1",
      },
    ]);
    expect(logs.schema).toEqual({
      date: pl.Date,
      time: pl.Time,
      path: pl.String,
      user_id: pl.Int64,
      cohort_id: pl.Int64,
      ip: pl.String,
    });
  });

  it("keeps every odd path as it stands", async () => {
    const paths = [
      "/",
      "index.html",
      "Index.html",
      "2-Overview",
      "2-overview",
      "content/php_ii/command-line.html",
      "a%20b",
      "%255c..%255c",
      "%c0%af",
      "%22",
      "%7Bid%7D",
      "'",
      '"',
      '"quoted"',
      'half"',
      "a,b",
      "[a]",
      "(a)!",
      "#",
      "\\",
      "<img src=x onerror=alert(1)>".replaceAll(" ", "/"),
      "=1+1",
      "\t",
      "\u0000",
      "\u001b[31m",
      "\r",
      "é",
      "文",
      "😀",
      "\u202e",
      "null",
      "NaN",
      "None",
    ];
    const { logs } = await read(paths.map((path) => line({ path })).join(""));
    expect(logs.getColumn("path").toArray()).toEqual(paths);
  });

  it("keeps rows of the same second, equal ones too, in their order", async () => {
    const { logs } = await read(line({ path: "b" }) + line({ path: "a" }) + line({ path: "b" }));
    expect(logs.getColumn("path").toArray()).toEqual(["b", "a", "b"]);
  });

  it("puts rows in time order, keeping that of the same second", async () => {
    const late = { date: "2018-01-27" };
    const { logs } = await read(
      line({ ...late, path: "d" }) +
        line({ path: "b" }) +
        line({ path: "a" }) +
        line({ ...late, path: "c" }),
    );
    expect(logs.getColumn("path").toArray()).toEqual(["b", "a", "d", "c"]);
  });

  it("puts a long log in order without mixing up rows of the same second", async () => {
    const paths = Array.from({ length: 20_000 }, (_, at) => String(at));
    const later = paths.map((path) => line({ date: "2018-01-27", path }));
    const { logs } = await read(later.join("") + line());
    expect(logs.getColumn("path").toArray()).toEqual(["/", ...paths]);
  });

  it("reads CRLF, a byte-order mark, gzip, and a last line without a line break", async () => {
    const expected = plainRows((await read(TINY_TEXT)).logs);
    for (const content of [
      TINY_TEXT.replaceAll("\n", "\r\n"),
      `\ufeff${TINY_TEXT}`,
      TINY_TEXT.trimEnd(),
      gzipSync(TINY_TEXT),
    ]) {
      expect(plainRows((await read(content)).logs)).toEqual(expected);
    }
  });

  it("says how many empty lines it passed over", async () => {
    const { notes, rows } = await read(`${TINY_TEXT}\n\n`);
    expect(rows).toBe(4);
    expect(notes).toEqual([expect.stringContaining("2 empty lines passed over")]);
  });

  it("writes bytes that are not UTF-8 out, so that paths stay apart, and says how many rows have them", async () => {
    const paths = ["caf\xe9", "caf\xe8", "caf\xc3\xa9", "caf\xe9"];
    const content = `\n${TINY_TEXT}${paths.map((path) => line({ path })).join("")}`;
    const { logs, notes } = await read(Buffer.from(content, "latin1"));
    const odd = logs.getColumn("path").toArray().slice(0, 5);
    expect(odd).toEqual(["/", "caf\\xe9", "caf\\xe8", "café", "caf\\xe9"]);
    expect(notes).toEqual([
      expect.stringContaining("1 empty line passed over"),
      expect.stringMatching(
        /log\.txt: 3 rows with bytes that are not UTF-8, kept as \\xe9 and the like; the first is line 6\.$/,
      ),
    ]);
  });

  it("reads IPv6 addresses and user ids up to 2^53", async () => {
    const { logs } = await read(line({ ip: "2001:db8::1", user_id: "9007199254740991" }));
    expect(plainRows(logs)[0]).toMatchObject({
      ip: "2001:db8::1",
      user_id: Number.MAX_SAFE_INTEGER,
    });
  });

  it("reads back whatever rows it can be given", async () => {
    const row: fc.Arbitrary<PlainRow> = fc.record({
      date: fc
        .date({ min: new Date("1971-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
      time: fc
        .integer({ min: 0, max: 86_399 })
        .map((s) => new Date(s * 1000).toISOString().slice(11, 19)),
      path: fc.option(
        fc.string({ unit: "grapheme", minLength: 1 }).filter((path) => !/[ \n]/.test(path)),
      ),
      user_id: fc.maxSafeInteger(),
      cohort_id: fc.option(fc.maxSafeInteger()),
      ip: fc.oneof(fc.ipV4(), fc.ipV6()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
        const { logs } = await read(asText(rows));
        const ordered = rows
          .map((row, at) => ({
            row,
            key: `${row.date} ${row.time} ${String(at).padStart(6, "0")}`,
          }))
          .sort((a, b) => (a.key < b.key ? -1 : 1))
          .map(({ row }) => row);
        expect(plainRows(logs)).toEqual(ordered);
      }),
      { numRuns: 40 },
    );
  });
});

describe("readAccessText's errors", () => {
  it.each([
    [
      "date",
      { date: "2019-02-30" },
      'date: expected a calendar day as 2018-01-26; found "2019-02-30"',
    ],
    ["time", { time: "25:61:00" }, 'time: expected a clock time as 09:55:03; found "25:61:00"'],
    ["user id", { user_id: "abc" }, 'user_id: expected an integer below 2^53; found "abc"'],
    ["missing user id", { user_id: "" }, "user_id: expected an integer below 2^53; found nothing"],
    [
      "user id of a fraction",
      { user_id: "1.5" },
      'user_id: expected an integer below 2^53; found "1.5"',
    ],
    [
      "user id of 2^53",
      { user_id: "9007199254740992" },
      'user_id: expected an integer below 2^53; found "9007199254740992"',
    ],
    [
      "cohort id",
      { cohort_id: "x" },
      'cohort_id: expected an integer below 2^53, or nothing; found "x"',
    ],
    [
      "address",
      { ip: "198.18.0.256" },
      'ip: expected an IPv4 or IPv6 address; found "198.18.0.256"',
    ],
    ["missing address", { ip: "" }, "ip: expected an IPv4 or IPv6 address; found nothing"],
  ])("points at a bad %s", async (_, change, expected) => {
    const error = await failure(TINY_TEXT + line(change));
    expect(error.message).toContain("log.txt: 1 line cannot be read.");
    expect(error.message).toContain(`  line 5, ${expected}`);
    expect(error.message).toContain('onBadRows: "set-aside"');
    expect(error.badRows).toBe(1);
  });

  it.each([
    ["few", "2018-01-26 09:55:03 / 1 198.18.0.1\n"],
    ["many", line({ path: "a b" })],
  ])("points at a line of too %s fields", async (_, bad) => {
    const { message } = await failure(TINY_TEXT + bad);
    const found = bad.trimEnd();
    expect(message).toContain(
      `line 5, line: expected 6 fields, not ${found.split(" ").length}; found "${found}"`,
    );
  });

  it("tells five bad lines and counts the others", async () => {
    const error = await failure(TINY_TEXT + line({ user_id: "x" }).repeat(1204));
    expect(error.message).toContain("1,204 lines cannot be read");
    expect(error.message).toContain("  and 1,199 more\n");
    expect(error.problems.map((problem) => problem.line)).toEqual([5, 6, 7, 8, 9]);
    expect(error.badRows).toBe(1204);
  });

  it("asks whether it is the right file where no line is good, whatever onBadRows says", async () => {
    const path = folder.put("x.txt", "<html>\n<body>\n");
    const options = { onBadRows: "set-aside", outDir: join(folder.path(), "out") } as const;
    await expect(readAccessText(path, options)).rejects.toThrow(/is this the right file\?/);
    expect(readdirSync(options.outDir)).toEqual([]);
  });

  it("shows hostile text as codes and cut", async () => {
    const { message } = await failure(TINY_TEXT + line({ user_id: `\u001b[2J${"x".repeat(500)}` }));
    expect(message).not.toContain("\u001b");
    expect(message).toContain('found "\\u001b[2Jxxx');
    expect(message).toContain("… (504 characters)");
    expect(Math.max(...message.split("\n").map((text) => text.length))).toBeLessThan(250);
  });

  it.each([
    ["an empty file", "", "is empty"],
    ["a file of nothing but gzip's frame", gzipSync(""), "is empty"],
    ["a file of empty lines", "\n\n", "has no rows"],
    ["a file of a byte-order mark", "\ufeff", "has no rows"],
    ["UTF-16", Buffer.from(`\ufeff${TINY_TEXT}`, "utf16le"), "is UTF-16 text"],
    ["a zip archive", Buffer.from("PK\u0003\u0004xxxx"), "is a zip archive"],
    [
      "half a gzip file",
      gzipSync(TINY_TEXT).subarray(0, 60),
      "is a gzip file that is damaged or cut short",
    ],
  ])("says what %s is", async (_, content, expected) => {
    expect((await failure(content)).message).toContain(`log.txt ${expected}`);
  });

  it.skipIf(!process.seteuid)("says that a file may not be read", async () => {
    const path = folder.put("secret.txt", TINY_TEXT);
    chmodSync(path, 0);
    // root may read everything: be somebody else for a moment
    const me = process.geteuid?.() ?? 0;
    if (me === 0) {
      chmodSync(folder.path(), 0o755);
      process.seteuid?.(65_534);
    }
    try {
      await expect(readAccessText(path)).rejects.toThrow(
        /secret\.txt may not be read by you\. Change its permissions/,
      );
    } finally {
      process.seteuid?.(me);
    }
  });

  it("says what a folder is, and what is not there", async () => {
    mkdirSync(join(folder.path(), "logs.txt"));
    await expect(readAccessText(join(folder.path(), "logs.txt"))).rejects.toThrow(
      /logs\.txt is a folder, not a file\. Name the file inside it/,
    );
    await expect(readAccessText(join(folder.path(), "none.txt"))).rejects.toThrow(
      /none\.txt does not exist\. Check the name/,
    );
  });
});

describe("readAccessText with bad lines set aside", () => {
  it("reads the others and writes the bad ones byte for byte", async () => {
    const bad = [
      Buffer.from(line({ path: "caf\xe9", user_id: "x" }), "latin1"),
      Buffer.from("one field\r\n"),
      Buffer.from(line({ ip: "none" }).trimEnd()),
    ];
    const path = folder.put(
      "log.txt",
      Buffer.concat([bad[0] as Buffer, Buffer.from(TINY_TEXT), bad[1] as Buffer, bad[2] as Buffer]),
    );
    const outDir = join(folder.path(), "out");
    const { logs, badRows, notes } = await readAccessText(path, { onBadRows: "set-aside", outDir });
    expect(plainRows(logs)).toEqual(plainRows((await read(TINY_TEXT)).logs));
    expect(badRows).toBe(3);
    expect(readFileSync(join(outDir, "bad-rows-log.txt"))).toEqual(Buffer.concat(bad));
    expect(readdirSync(outDir)).toEqual(["bad-rows-log.txt"]);
    expect(notes).toEqual([
      expect.stringMatching(/log\.txt: 3 of 7 lines set aside in .*bad-rows-log\.txt\.$/),
    ]);
  });

  it("says so where they cannot be written, and does not go on without them", async () => {
    const path = folder.put("log.txt", `${TINY_TEXT}bad\n`);
    const outDir = join(folder.put("file", ""), "out");
    await expect(readAccessText(path, { onBadRows: "set-aside", outDir })).rejects.toThrow(
      /bad-rows-log\.txt cannot be written \(E\w+\)\. Bad lines of .*log\.txt belong there/,
    );
  });

  it("writes nothing where no line is bad", async () => {
    const outDir = join(folder.path(), "out");
    await readAccessText(folder.put("log.txt", TINY_TEXT), { onBadRows: "set-aside", outDir });
    expect(existsSync(outDir)).toBe(false);
  });

  it("writes more bad lines than fit in memory at once, in order", async () => {
    const bad = Array.from({ length: 40_000 }, (_, i) => line({ user_id: `x${i}` })).join("");
    const outDir = join(folder.path(), "out");
    await readAccessText(folder.put("log.txt", bad + TINY_TEXT), {
      onBadRows: "set-aside",
      outDir,
    });
    expect(readFileSync(join(outDir, "bad-rows-log.txt"), "utf8")).toBe(bad);
  });
});
