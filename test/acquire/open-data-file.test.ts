import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openDataFile, packedBytes } from "../../lib/acquire/open-data-file";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
/** Bytes that are read at once. */
const PIECE = 2 ** 18;

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const chunk of chunks) found.push(Buffer.from(chunk));
  return Buffer.concat(found);
}

const read = (content: Uint8Array) => all(openDataFile(folder.put("log.gz", content)));

describe("openDataFile", () => {
  const one = gzipSync("one\n");
  const two = gzipSync("two\n");
  // stored, so that it ends just where one piece of the file does
  const around = gzipSync(randomBytes(PIECE), { level: 0 }).length - PIECE;
  const long = randomBytes(PIECE - around);
  const onePiece = gzipSync(long, { level: 0 });

  it("has a gzip file of one piece to try", () => expect(onePiece).toHaveLength(PIECE));

  it("reads gzip of several members, with zero bytes behind it", async () => {
    expect((await read(Buffer.concat([one, two]))).toString()).toBe("one\ntwo\n");
    expect((await read(Buffer.concat([one, two, Buffer.alloc(3000)]))).toString()).toBe(
      "one\ntwo\n",
    );
    expect(await read(Buffer.concat([onePiece, two]))).toEqual(
      Buffer.concat([long, Buffer.from("two\n")]),
    );
  });

  // Node's own reading ends at the zero byte, without a word about the rest
  it.each([
    ["a member after zero bytes", Buffer.concat([one, Buffer.alloc(3), two])],
    [
      "a member after a file's piece and a zero byte",
      Buffer.concat([onePiece, Buffer.alloc(1), two]),
    ],
    ["a member after many zero bytes", Buffer.concat([one, Buffer.alloc(2 ** 20), two])],
    ["text after a zero byte", Buffer.concat([one, Buffer.from("\0two\n")])],
  ])("refuses gzip with %s: nothing is left unread in silence", async (_, content) => {
    await expect(read(content)).rejects.toThrow(
      /log\.gz is a gzip file with something after its end/,
    );
  });

  it.each([
    ["text behind it", Buffer.concat([one, Buffer.from("two\n")])],
    [
      "text behind it, in another piece of the file",
      Buffer.concat([onePiece, Buffer.from("two\n")]),
    ],
    ["half a header behind it", Buffer.concat([one, two.subarray(0, 5)])],
    ["a bit turned", Buffer.concat([one.subarray(0, 12), Buffer.from([0]), one.subarray(13)])],
  ])("refuses gzip with %s", async (_, content) => {
    await expect(read(content)).rejects.toThrow(/is a gzip file that is damaged or cut short/);
  });

  it("finds text behind a gzip header of more than a piece of the file", async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
    const name = Buffer.alloc(PIECE - 12, "n");
    const content = Buffer.concat([
      header,
      name,
      Buffer.alloc(1),
      gzipSync("\ufeffone\n").subarray(10),
    ]);
    expect((await read(content)).toString()).toBe("one\n");
  });

  it("closes the file where its reader stops early", async () => {
    const path = folder.put("log.txt", Buffer.alloc(2 ** 20, "a\n"));
    for await (const chunk of openDataFile(path)) {
      expect(chunk.length).toBeGreaterThan(1000);
      break;
    }
  });
});

describe("packedBytes", () => {
  it("gives a file's bytes as they lie on the disk, or says what is wrong with it", async () => {
    const packed = gzipSync("one\n");
    expect(await all(packedBytes(folder.put("log.gz", packed)))).toEqual(packed);
    await expect(all(packedBytes(folder.path()))).rejects.toThrow(/is a folder, not a file/);
    await expect(all(packedBytes(join(folder.path(), "x")))).rejects.toThrow(/x does not exist/);
  });
});
