import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { textChunks } from "../../lib/acquire/open-data-file";
import { CSV, fieldText, type RecordFormat, scanRecords } from "../../lib/acquire/scan-records";
import { slowDecode } from "../fuzz/slow-fields";
import { slowRecords } from "../fuzz/slow-records";

const TEXT: RecordFormat = { separator: " ", quotes: false };
const LONGEST = 2 ** 20;
interface Found {
  line: number;
  raw: string;
  /** False where quotes are not paired. */
  texts: string[] | false;
}

/** What is found in bytes that come in pieces of these lengths. */
async function scan(text: string | Buffer, format: RecordFormat, lengths: number[] = []) {
  const content = Buffer.from(text as string);
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
  const emptyLines = await scanRecords("x", textChunks("x", pieces()), format, (record) => {
    const { line, fields, bytes, start, end, isWellFormed } = record;
    const texts = Array.from({ length: Math.min(fields, 32) }, (_, at) => fieldText(record, at));
    found.push({
      line,
      raw: bytes.toString("latin1", start, end),
      texts: isWellFormed && texts,
    });
  }).catch((error) => {
    expect(error).toBeInstanceOf(DataFileError);
    return (error as Error).message;
  });
  return { found, emptyLines };
}

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
  it("are those that a plain reader finds, wherever chunks end: within a character, a quote or a line break too", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, lengths, async (content, cuts) => {
        // enough before it that it is no beginning: that comes as one piece
        const all = Buffer.concat([Buffer.from(`${"x".repeat(999)}\n`), content]);
        const [records] = slowRecords(all.toString("latin1"), format.quotes);
        const expected = records.map(({ line, raw, fields, isWellFormed, isEmpty }) => {
          const texts = isWellFormed && fields.slice(0, 32).map(slowDecode);
          return isEmpty ? [] : [{ line, raw, texts }];
        });
        const whole = await scan(all, format);
        const emptyLines = records.filter(({ isEmpty }) => isEmpty).length;
        expect(whole).toEqual({ found: expected.flat(), emptyLines });
        expect(await scan(all, format, [1000, ...cuts])).toEqual(whole);
      }),
      { numRuns: 800 },
    );
  });

  it("have up to 1 MiB with their line break, wherever chunks end", async () => {
    const content = (length: number, end: string) =>
      `${"a\n".repeat(600)}${"x".repeat(length - 1)}\n${end}`;
    for (const cuts of [[], [1200, 2 * LONGEST], [LONGEST, LONGEST], [1200, LONGEST, 1], [1300]]) {
      for (const end of ["", "b\n"]) {
        const whole = await scan(content(LONGEST, end), format, cuts);
        expect(whole.found).toHaveLength(end === "" ? 601 : 602);
        const { emptyLines } = await scan(content(LONGEST + 1, end), format, cuts);
        expect(emptyLines).toContain("has more than 1,048,576 bytes in line 601. It is not");
      }
    }
  });
});

it("takes a byte-order mark away however it is cut", async () => {
  for (const cuts of [[], [1], [2], [3], [1, 1], [1, 1, 1, 1, 1]]) {
    const { found } = await scan("\ufeffa b\n", TEXT, cuts);
    expect(found).toMatchObject([{ texts: ["a", "b"] }]);
  }
});

it("gives up only the first line where a quote is not closed within 1 MiB, wherever chunks end", async () => {
  const field = (lines: number) => `a,"${`${"x".repeat(1023)}\n`.repeat(lines)}"\n`;
  const open = `0,"x\n${`7,${"x".repeat(120)}\n`.repeat(10_000)}`;
  const all = await scan(`b\n${field(512)}${field(1024)}${open}`, CSV);
  expect(all.found).toHaveLength(1 + 1 + 1025 + 10_001);
  expect(all.found[1]).toMatchObject({ line: 2, texts: { length: 2 } });
  expect(all.found[2]).toMatchObject({ line: 515, texts: false });
  expect(all.found[3]).toMatchObject({ line: 516, texts: { length: 1 } });
  expect(all.found[1027]).toMatchObject({ raw: '0,"x\n', texts: false });
  expect(all.found.at(-1)).toMatchObject({ texts: ["7", "x".repeat(120)] });
  for (const cuts of [[2 ** 20], [2 ** 20 + 2 ** 19 + 12, 1], Array(40).fill(100_000)]) {
    expect(await scan(`b\n${field(512)}${field(1024)}${open}`, CSV, cuts)).toEqual(all);
  }
});

it("reads lines whose quotes each pair with the next line's in no more than their own time", async () => {
  // each line alone would open a record that goes on to the end of the file: 2 * 10^10 bytes in all
  const { found } = await scan('x","\n'.repeat(200_000), CSV);
  expect(found.map(({ raw }) => raw).join("")).toHaveLength(1_000_000);
});
