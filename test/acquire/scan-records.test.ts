import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { textChunks } from "../../lib/acquire/open-data-file";
import { CSV, fieldText, type RecordFormat, scanChunks } from "../../lib/acquire/scan-records";
import { slowDecode } from "../fuzz/slow-fields";
import { slowRecords } from "../fuzz/slow-records";

const TEXT: RecordFormat = { separator: " ", quotes: false };
const LONGEST = 2 ** 20;
interface Found {
  line: number;
  raw: string;
  /** False where quotes are not paired. */
  texts: string[] | false;
  fields: number;
  isUtf8: boolean;
}

/** What is found in bytes that come in pieces of these lengths. */
async function scan(content: Buffer, format: RecordFormat, lengths: number[] = []) {
  async function* pieces() {
    let at = 0;
    for (const length of lengths) {
      if (at + length >= content.length) break;
      yield content.subarray(at, at + length);
      at += length;
    }
    yield content.subarray(at);
  }
  const found: Found[] = [];
  const emptyLines = await scanChunks("x", textChunks("x", pieces()), format, (record) => {
    const { line, fields, bytes, start, end, isWellFormed, isUtf8 } = record;
    const texts = Array.from({ length: Math.min(fields, 32) }, (_, at) => fieldText(record, at));
    const raw = bytes.toString("latin1", start, end);
    found.push({ line, raw, texts: isWellFormed && texts, fields, isUtf8 });
  }).catch((error) => {
    expect(error).toBeInstanceOf(DataFileError);
    return (error as Error).message;
  });
  return { found, emptyLines };
}
const textsOf = async (content: string, format: RecordFormat) =>
  (await scan(Buffer.from(content), format)).found.map(({ texts }) => texts);

it.each<[string, string, RecordFormat, string[][]]>([
  [
    "two spaces in a row as an empty field",
    "a  b\n c\nd \n",
    TEXT,
    [
      ["a", "", "b"],
      ["", "c"],
      ["d", ""],
    ],
  ],
  [
    "quotes, commas and lone carriage returns in text as what they are",
    '"a b" c,d\rx\n',
    TEXT,
    [['"a', 'b"', "c,d\rx"]],
  ],
  ["LF, CRLF and a last line without either", "a\r\nb\nc", TEXT, [["a"], ["b"], ["c"]]],
  [
    "quoted fields with separators, quotes and line breaks in them",
    'a,"b,""c""\nd",e\r\nf,"",g\n',
    CSV,
    [
      ["a", 'b,"c"\nd', "e"],
      ["f", "", "g"],
    ],
  ],
  ["a quote inside an unquoted field as what it is", 'a"b,c"\n', CSV, [['a"b', 'c"']]],
])("takes %s", async (_, content, format, expected) => {
  expect(await textsOf(content, format)).toEqual(expected);
});

it("passes over empty lines, counts them, and numbers lines as editors do", async () => {
  const { found, emptyLines } = await scan(Buffer.from("a\n\n\r\nb\n\n"), TEXT);
  expect(found.map(({ line }) => line)).toEqual([1, 4]);
  expect(emptyLines).toBe(3);
});

it.each([
  ["a quote that is never closed", '1,"b\n2,c\n3,d\n'],
  ["text after a closing quote", '1,"b"x\n2,c\n3,d\n'],
  ["a quote closed by a later line's", '1,"b\n2,c\n3,"d"x\n'],
])("gives up only the line with %s", async (_, content) => {
  const { found } = await scan(Buffer.from(content), CSV);
  expect(found[0]).toMatchObject({ line: 1, texts: false });
  expect(found[1]).toMatchObject({ line: 2, texts: ["2", "c"] });
  expect(found[2]?.line).toBe(3);
});

it("gives up only the first line where a quote is not closed within 1 MiB", async () => {
  const lines = Array.from({ length: 300_000 }, (_, i) => `${i},x`);
  const { found } = await scan(Buffer.from(`0,"x\n${lines.join("\n")}\n`), CSV);
  expect(found).toHaveLength(300_001);
  expect([found[0]?.texts, found[300_000]?.texts]).toEqual([false, ["299999", "x"]]);
});

const piece = fc.constantFrom('"', '"', '""', ",", " ", "\n", "\r\n", "\r", "a", "é", "😀", "\xff");
const bytes = fc
  .array(piece)
  .map((parts) =>
    Buffer.concat(parts.map((part) => Buffer.from(part, part === "\xff" ? "latin1" : "utf8"))),
  );
const lengths = fc.oneof(
  fc.constant(Array(1000).fill(1)),
  fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 40 }),
);

describe.each([
  ["text", TEXT],
  ["CSV", CSV],
])("records of %s", (_, format) => {
  it("are the same wherever chunks end, also within a character, a quote or a line break", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, lengths, async (content, cuts) => {
        // enough before it that it is no beginning: that comes as one piece
        const all = Buffer.concat([Buffer.from(`${"x".repeat(999)}\n`), content]);
        expect(await scan(all, format, [1000, ...cuts])).toEqual(await scan(all, format));
      }),
      { numRuns: 400 },
    );
  });

  it("are those that a plain reader finds", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const [records] = slowRecords(content.toString("latin1"), format.quotes);
        const { found } = await scan(content, format);
        expect(found).toMatchObject(
          records
            .filter(({ isEmpty }) => !isEmpty)
            .map(({ line, raw, fields, isWellFormed }) => {
              return { line, raw, texts: isWellFormed && fields.slice(0, 32).map(slowDecode) };
            }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("have up to 1 MiB with their line break, wherever chunks end", async () => {
    const before = Buffer.from("a\n".repeat(600));
    const line = (length: number) => Buffer.from(`${"x".repeat(length - 1)}\n`);
    for (const cuts of [[], [1200, 2 * LONGEST], [LONGEST, LONGEST], [1200, LONGEST, 1], [1300]]) {
      for (const end of [Buffer.alloc(0), Buffer.from("b\n")]) {
        const whole = await scan(Buffer.concat([before, line(LONGEST), end]), format, cuts);
        expect(whole.found).toHaveLength(end.length > 0 ? 602 : 601);
        const longer = await scan(Buffer.concat([before, line(LONGEST + 1), end]), format, cuts);
        expect(longer.emptyLines).toContain("has more than 1,048,576 bytes in line 601. It is not");
      }
    }
  });
});

it("takes a byte-order mark away however it is cut", async () => {
  for (const cuts of [[], [1], [2], [3], [1, 1], [1, 1, 1, 1, 1]]) {
    const { found } = await scan(Buffer.from("\ufeffa b\n"), TEXT, cuts);
    expect(found).toMatchObject([{ texts: ["a", "b"] }]);
  }
});

it("gives up the first line of a quoted field of more than 1 MiB, wherever chunks end", async () => {
  const field = (lines: number) => `a,"${`${"x".repeat(1023)}\n`.repeat(lines)}"\n`;
  const content = Buffer.from(`b\n${field(512)}${field(1024)}c\n`);
  const all = await scan(content, CSV);
  expect(all.found).toHaveLength(1 + 1 + 1025 + 1);
  expect(all.found[1]).toMatchObject({ line: 2, fields: 2 });
  expect(all.found[2]).toMatchObject({ line: 515, texts: false });
  expect(all.found[3]).toMatchObject({ line: 516, fields: 1 });
  for (const cuts of [[2 ** 20], [2 ** 20 + 2 ** 19 + 12, 1], Array(40).fill(100_000)]) {
    expect(await scan(content, CSV, cuts)).toEqual(all);
  }
});

it("reads lines whose quotes each pair with the next line's in no more than their own time", async () => {
  // each line alone would open a record that goes on to the end of the file: 2 * 10^10 bytes in all
  const { found } = await scan(Buffer.from('x","\n'.repeat(200_000)), CSV);
  expect(found.map(({ raw }) => raw).join("")).toHaveLength(1_000_000);
});
