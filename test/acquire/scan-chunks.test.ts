import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { textChunks } from "../../lib/acquire/open-data-file";
import { fieldText, type RecordFormat, scanChunks } from "../../lib/acquire/scan-records";
import { slowDecode } from "../fuzz/slow-fields";
import { slowRecords } from "../fuzz/slow-records";

const TEXT: RecordFormat = { separator: " ", quotes: false };
const CSV: RecordFormat = { separator: ",", quotes: true };
const LONGEST = 2 ** 20;

/** What is found in bytes that come in pieces of these lengths. */
async function scan(content: Buffer, lengths: number[], format: RecordFormat) {
  async function* pieces() {
    let at = 0;
    for (const length of lengths) {
      if (at + length >= content.length) break;
      yield content.subarray(at, at + length);
      at += length;
    }
    yield content.subarray(at);
  }
  const found: object[] = [];
  const emptyLines = await scanChunks("x", textChunks("x", pieces()), format, (record) => {
    const { line, fields, bytes, start, end, isWellFormed, isUtf8 } = record;
    const texts = Array.from({ length: Math.min(fields, 32) }, (_, at) => fieldText(record, at));
    const raw = bytes.toString("latin1", start, end);
    found.push({ line, raw, texts: isWellFormed && texts, fields, isWellFormed, isUtf8 });
  }).catch((error) => {
    expect(error).toBeInstanceOf(DataFileError);
    return (error as Error).message;
  });
  return { found, emptyLines };
}

const bytes = fc
  .array(fc.constantFrom('"', '"', '""', ",", " ", "\n", "\r\n", "\r", "a", "é", "😀", "\xff"))
  .map((parts) =>
    Buffer.concat(parts.map((part) => Buffer.from(part, part === "\xff" ? "latin1" : "utf8"))),
  );
const lengths = fc.oneof(
  fc.constant(Array(1000).fill(1)),
  fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 40 }),
);

describe("scanChunks", () => {
  it.each([
    ["text", TEXT],
    ["CSV", CSV],
  ])(
    "finds the same in %s wherever chunks end, also within a character, a quote or a line break",
    async (_, format) => {
      await fc.assert(
        fc.asyncProperty(bytes, lengths, async (content, cuts) => {
          // enough before it that it is no beginning: that comes as one piece
          const start = Buffer.from(`${"x".repeat(999)}\n`);
          const all = Buffer.concat([start, content]);
          expect(await scan(all, [1000, ...cuts], format)).toEqual(await scan(all, [], format));
        }),
        { numRuns: 400 },
      );
    },
  );

  it.each([
    ["text", TEXT],
    ["CSV", CSV],
  ])("finds in %s what a plain reader finds", async (_, format) => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const [records] = slowRecords(content.toString("latin1"), format.quotes);
        const { found } = await scan(content, [], format);
        expect(found).toMatchObject(
          records
            .filter(({ isEmpty }) => !isEmpty)
            .map(({ line, raw, fields, isWellFormed }) => {
              const texts = isWellFormed && fields.slice(0, 32).map(slowDecode);
              return { line, raw, texts, isWellFormed };
            }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("takes a byte-order mark away however it is cut", async () => {
    const content = Buffer.from("\ufeffa b\n");
    for (const cuts of [[], [1], [2], [3], [1, 1], [1, 1, 1, 1, 1]]) {
      expect((await scan(content, cuts, TEXT)).found).toMatchObject([{ texts: ["a", "b"] }]);
    }
  });

  const line = (length: number) => Buffer.from(`${"x".repeat(length - 1)}\n`);
  it.each([
    ["text", TEXT],
    ["CSV", CSV],
  ])(
    "reads a line of %s of 1 MiB with its line break, and refuses a longer one, wherever chunks end",
    async (_, format) => {
      const before = Buffer.from("a\n".repeat(600));
      for (const cuts of [
        [],
        [1200, 2 * LONGEST],
        [LONGEST, LONGEST],
        [1200, LONGEST, 1],
        [1300],
      ]) {
        for (const end of [Buffer.alloc(0), Buffer.from("b\n")]) {
          const whole = await scan(Buffer.concat([before, line(LONGEST), end]), cuts, format);
          expect(whole.found).toHaveLength(end.length > 0 ? 602 : 601);
          const longer = await scan(Buffer.concat([before, line(LONGEST + 1), end]), cuts, format);
          expect(longer.emptyLines).toContain("has more than 1,048,576 bytes in line 601");
        }
      }
    },
  );

  it("gives up the first line of a quoted field of more than 1 MiB, wherever chunks end", async () => {
    const field = (lines: number) => `a,"${`${"x".repeat(1023)}\n`.repeat(lines)}"\n`;
    const content = Buffer.from(`b\n${field(512)}${field(1024)}c\n`);
    const all = await scan(content, [], CSV);
    expect(all.found).toHaveLength(1 + 1 + 1025 + 1);
    expect(all.found[1]).toMatchObject({ line: 2, fields: 2, isWellFormed: true });
    expect(all.found[2]).toMatchObject({ line: 515, isWellFormed: false });
    expect(all.found[3]).toMatchObject({ line: 516, isWellFormed: true, fields: 1 });
    for (const cuts of [[2 ** 20], [2 ** 20 + 2 ** 19 + 12, 1], Array(40).fill(100_000)]) {
      expect(await scan(content, cuts, CSV)).toEqual(all);
    }
  });

  it("reads lines whose quotes each pair with the next line's in no more than their own time", async () => {
    // each line alone would open a record that goes on to the end of the file: 2 * 10^10 bytes in all
    const times = 200_000;
    const { found } = await scan(Buffer.from('x","\n'.repeat(times)), [], CSV);
    expect(found.map((record) => (record as { raw: string }).raw).join("")).toHaveLength(5 * times);
  });
});
