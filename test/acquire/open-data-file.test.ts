import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openDataFile } from "../../lib/acquire/open-data-file";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
/** Bytes that are read at once. */
const PIECE = 2 ** 18;

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const chunk of chunks) found.push(Buffer.from(chunk));
  return Buffer.concat(found);
}

const read = (...content: Uint8Array[]) =>
  all(openDataFile(folder.put("log.gz", Buffer.concat(content))));

describe("openDataFile", () => {
  const one = gzipSync("one\n");
  const two = gzipSync("two\n");
  const zeros = (count: number) => Buffer.alloc(count);
  // stored, so that it ends just where one piece of the file does
  const around = gzipSync(randomBytes(PIECE), { level: 0 }).length - PIECE;
  const long = randomBytes(PIECE - around);
  const onePiece = gzipSync(long, { level: 0 });

  it("reads gzip of several members, with zero bytes behind it", async () => {
    expect(String(await read(one, two))).toBe("one\ntwo\n");
    expect(String(await read(one, two, zeros(3000)))).toBe("one\ntwo\n");
    expect(onePiece).toHaveLength(PIECE);
    expect(await read(onePiece, two)).toEqual(Buffer.concat([long, Buffer.from("two\n")]));
  });

  // Node's own reading ends at the zero byte, without a word about the rest
  it.each<[string, Uint8Array[]]>([
    ["a member after zero bytes", [one, zeros(3), two]],
    ["a member after a file's piece and a zero byte", [onePiece, zeros(1), two]],
    ["a member after many zero bytes", [one, zeros(2 ** 20), two]],
    ["text after a zero byte", [one, Buffer.from("\0two\n")]],
  ])("refuses gzip with %s: nothing is left unread in silence", async (_, content) => {
    await expect(read(...content)).rejects.toThrow(
      /log\.gz is a gzip file with something after its end/,
    );
  });

  it.each<[string, Uint8Array[]]>([
    ["text behind it", [one, Buffer.from("two\n")]],
    ["text behind it, in another piece of the file", [onePiece, Buffer.from("two\n")]],
    ["half a header behind it", [one, two.subarray(0, 5)]],
    ["a bit turned", [one.subarray(0, 12), zeros(1), one.subarray(13)]],
  ])("refuses gzip with %s", async (_, content) => {
    await expect(read(...content)).rejects.toThrow(/is a gzip file that is damaged or cut short/);
  });

  it("refuses gzip wherever it is cut, and whichever byte of its data is another", async () => {
    const whole = gzipSync("one line\nand another\n");
    for (let at = 2; at < whole.length; at++) {
      await expect(read(whole.subarray(0, at)), `cut at ${at}`).rejects.toThrow(/cut short/);
    }
    for (let at = 10; at < whole.length; at++) {
      const other = Buffer.from(whole);
      other[at] = (other[at] as number) ^ 1;
      await expect(read(other), `byte ${at}`).rejects.toThrow(/is a gzip file/);
    }
  });

  it("finds text behind a gzip header of more than a piece of the file", async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
    const name = Buffer.alloc(PIECE - 12, "n");
    const content = await read(header, name, zeros(1), gzipSync("\ufeffone\n").subarray(10));
    expect(content.toString()).toBe("one\n");
  });
});

it("gives a file's bytes as they lie on the disk", async () => {
  const packed = gzipSync("one\n");
  expect(await all(openDataFile(folder.put("log.gz", packed), { asStored: true }))).toEqual(packed);
});
