import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldText, type RecordFormat, scanRecords } from "../../lib/acquire/scan-records";
import { csvField, useFolder } from "../support/tiny-logs";

const SPACES: RecordFormat = { separator: " ", quotes: false };
const CSV: RecordFormat = { separator: ",", quotes: true };
const folder = useFolder();

async function records(content: string | Uint8Array, format: RecordFormat) {
  const found: { line: number; fields: string[]; raw: string; isWellFormed: boolean }[] = [];
  const emptyLines = await scanRecords(folder.put("file", content), format, (record) => {
    const { line, fields, bytes, start, end, isWellFormed } = record;
    const texts = Array.from({ length: fields }, (_, field) => fieldText(record, field));
    found.push({ line, fields: texts, raw: bytes.toString("utf8", start, end), isWellFormed });
  });
  return { found, emptyLines };
}

const fieldsOf = async (content: string | Uint8Array, format: RecordFormat) =>
  (await records(content, format)).found.map(({ fields }) => fields);

describe("scanRecords on text split by spaces", () => {
  it("takes two spaces in a row for an empty field", async () => {
    expect(await fieldsOf("a  b\n c\nd \n", SPACES)).toEqual([
      ["a", "", "b"],
      ["", "c"],
      ["d", ""],
    ]);
  });

  it("takes quotes, commas and lone carriage returns for what they are", async () => {
    expect(await fieldsOf('"a b" c,d\rx\n', SPACES)).toEqual([['"a', 'b"', "c,d\rx"]]);
  });

  it("reads LF, CRLF and a last line without either", async () => {
    expect(await fieldsOf("a b\r\nc d\ne f", SPACES)).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ]);
  });

  it("passes over empty lines, counts them, and numbers lines as editors do", async () => {
    const { found, emptyLines } = await records("a\n\n\r\nb\n\n", SPACES);
    expect(found.map(({ line }) => line)).toEqual([1, 4]);
    expect(emptyLines).toBe(3);
  });

  it("reads gzip as it reads the text in it", async () => {
    expect(await fieldsOf(gzipSync("a b\nc d\n"), SPACES)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("drops a byte-order mark, also inside gzip", async () => {
    expect(await fieldsOf("\ufeffa b\n", SPACES)).toEqual([["a", "b"]]);
    expect(await fieldsOf(gzipSync("\ufeffa b\n"), SPACES)).toEqual([["a", "b"]]);
  });

  it("finds the same records wherever the file is cut into chunks", async () => {
    // lines of 1 to 999 bytes over three chunks of 1 MiB
    const lines = Array.from({ length: 6300 }, (_, i) => `${i} ${"x".repeat((i * 37) % 990)}`);
    const fields = await fieldsOf(`${lines.join("\n")}\n`, SPACES);
    expect(fields.map((texts) => texts.join(" "))).toEqual(lines);
  });

  it("refuses a line of more than 1 MiB", async () => {
    await expect(records(`a\n${"x".repeat(2_200_000)}\nb\n`, SPACES)).rejects.toThrow(
      /has more than 1,048,576 bytes in line 2\. It is not such a file/,
    );
  });
});

describe("scanRecords on CSV", () => {
  it("reads quoted fields with separators, quotes and line breaks in them", async () => {
    const { found } = await records('a,"b,""c""\nd",e\r\nf,"",g\n', CSV);
    expect(found.map(({ fields }) => fields)).toEqual([
      ["a", 'b,"c"\nd', "e"],
      ["f", "", "g"],
    ]);
    expect(found.map(({ line }) => line)).toEqual([1, 3]);
    expect(found[0]?.raw).toBe('a,"b,""c""\nd",e\r\n');
  });

  it("takes a quote inside an unquoted field for what it is", async () => {
    expect(await fieldsOf('a"b,c"\n', CSV)).toEqual([['a"b', 'c"']]);
  });

  it.each([
    ["a quote that is never closed", '1,"b\n2,c\n3,d\n'],
    ["text after a closing quote", '1,"b"x\n2,c\n3,d\n'],
    ["a quote closed by a later line's", '1,"b\n2,c\n3,"d"x\n'],
  ])("gives up only the line with %s", async (_, content) => {
    const { found } = await records(content, CSV);
    expect(found[0]).toMatchObject({ line: 1, isWellFormed: false });
    expect(found[1]).toMatchObject({ line: 2, isWellFormed: true, fields: ["2", "c"] });
    expect(found[2]?.line).toBe(3);
  });

  it("gives up only the first line where a quote is not closed within 1 MiB", async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${i},x`);
    const { found } = await records(`0,"x\n${lines.join("\n")}\n`, CSV);
    expect(found).toHaveLength(300_001);
    expect(found[0]?.isWellFormed).toBe(false);
    expect(found[300_000]?.fields).toEqual(["299999", "x"]);
  });

  it("reads back whatever fields RFC 4180 can write", async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", " ", "a", "é", "😀") });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const content = rows.map((row) => row.map(csvField).join(",")).join("\r\n");
        expect(await fieldsOf(content, CSV)).toEqual(rows);
      }),
    );
  });
});
