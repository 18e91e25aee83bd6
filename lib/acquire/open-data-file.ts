import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataFileError } from "./data-file-error";

const CHUNK = 1 << 18;
/** Least bytes of the first chunk: enough for a byte-order mark and a header. */
const START = 1000;
const COPY_AGAIN = "Copy it again; `gunzip --test` shows whether a copy is whole.";

/**
 * A data file in chunks: its text, unpacked and without a byte-order mark, the first chunk of at
 * least 1,000 bytes if there are that many; or its bytes `asStored`.
 */
export async function* openDataFile(
  path: string,
  { asStored = false } = {},
): AsyncGenerator<Buffer> {
  const start = firstBytes(path);
  const isPacked = startsWith(start, [0x1f, 0x8b]);
  if (startsWith(start, [0x50, 0x4b, 3, 4])) {
    throw DataFileError.ofFile(path, "is a zip archive", "Unpack it and name the file inside it.");
  }
  try {
    // the kernel's older TypeScript does not take `yield*` of a stream
    if (asStored) for await (const chunk of fileChunks(path)) yield chunk;
    else yield* textChunks(path, isPacked ? unpacked(path) : fileChunks(path));
  } catch (error) {
    throw fileError(path, error);
  }
}

/** `openDataFile` after unpacking: it does not matter where chunks end. */
export async function* textChunks(
  path: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  let isStarted = false;
  for await (const chunk of chunks) {
    if (isStarted) {
      yield chunk;
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    isStarted = start.length >= START;
    if (isStarted) yield withoutByteOrderMark(path, start);
  }
  if (isStarted) return;
  if (start.length === 0) throw emptyFile(path);
  yield withoutByteOrderMark(path, start);
}

function fileChunks(path: string, start = 0): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK, start });
}

/** The first four bytes; throws what is wrong with a file before it is read. */
function firstBytes(path: string): Buffer {
  try {
    const found = statSync(path);
    if (found.isDirectory()) {
      throw DataFileError.ofFile(path, "is a folder, not a file", "Name the file inside it.");
    }
    // opening a pipe might wait for ever
    if (!found.isFile()) {
      const advice = "It is read more than once: save what comes from there as a file.";
      throw DataFileError.ofFile(path, "is a pipe or a device, not a file", advice);
    }
    const bytes = Buffer.alloc(4);
    const file = openSync(path, "r");
    try {
      if (readSync(file, bytes, 0, 4, 0) === 0) throw emptyFile(path);
      return bytes;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // the error, if any, reaches whoever reads the unpacked side
  yield* pipeline(createReadStream(path, { highWaterMark: CHUNK }), gunzip, () => {});
  // Node takes a zero byte for the end of all gzip data and leaves the rest unread
  for await (const rest of fileChunks(path, gunzip.bytesWritten)) {
    if (rest.every((byte) => byte === 0)) continue;
    throw DataFileError.ofFile(path, "is a gzip file with something after its end", COPY_AGAIN);
  }
}

function withoutByteOrderMark(path: string, chunk: Buffer): Buffer {
  if (startsWith(chunk, [0xff, 0xfe]) || startsWith(chunk, [0xfe, 0xff])) {
    const wrong = "is UTF-16 text (it begins with that byte-order mark)";
    throw DataFileError.ofFile(path, wrong, "Save it as UTF-8.");
  }
  return startsWith(chunk, [0xef, 0xbb, 0xbf]) ? chunk.subarray(3) : chunk;
}

function startsWith(bytes: Buffer, start: number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function emptyFile(path: string): DataFileError {
  return DataFileError.ofFile(path, "is empty", "Save it again, or remove it.");
}

function fileError(path: string, error: unknown): unknown {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  // a name with a zero byte in it is refused before the system is asked
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE") {
    return DataFileError.ofFile(path, "does not exist", "Check the name.");
  }
  if (code === "EACCES" || code === "EPERM") {
    return DataFileError.ofFile(path, "may not be read by you", "Change its permissions.");
  }
  if (code.startsWith("Z_")) {
    return DataFileError.ofFile(path, "is a gzip file that is damaged or cut short", COPY_AGAIN);
  }
  if (syscall === undefined) return error;
  const why = code === "ELOOP" ? "its links lead back to themselves" : code;
  return DataFileError.ofFile(path, `cannot be read (${why})`, "Check the name and the disk.");
}
