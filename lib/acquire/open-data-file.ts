import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataFileError } from "./data-file-error";

/** Bytes read at once. */
const CHUNK = 1 << 20;

/**
 * A data file's text as a series of byte chunks, unpacked where it is gzip and without
 * a UTF-8 byte-order mark.
 *
 * @throws {DataFileError} for a file that is missing, empty, a folder, may not be read,
 *   is a zip archive, is UTF-16, or is a gzip file cut short
 */
export async function* openDataFile(path: string): AsyncGenerator<Buffer> {
  const start = firstBytes(path);
  const unpack = startsWith(start, [0x1f, 0x8b]);
  if (startsWith(start, [0x50, 0x4b, 3, 4])) {
    throw DataFileError.ofFile(path, "is a zip archive", "Unpack it and name the file inside it.");
  }
  try {
    let isFirst = true;
    for await (const chunk of unpack
      ? unpacked(path)
      : createReadStream(path, { highWaterMark: CHUNK })) {
      yield isFirst ? withoutByteOrderMark(path, chunk) : chunk;
      isFirst = false;
    }
    if (isFirst) throw emptyFile(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

/** The first four bytes; all that is wrong with a file before it is read shows here. */
function firstBytes(path: string): Buffer {
  try {
    if (statSync(path).isDirectory()) {
      throw DataFileError.ofFile(path, "is a folder, not a file", "Name the file inside it.");
    }
    const bytes = Buffer.alloc(4);
    const file = openSync(path, "r");
    try {
      const length = readSync(file, bytes, 0, 4, 0);
      if (length === 0) throw emptyFile(path);
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

function unpacked(path: string): AsyncIterable<Buffer> {
  // the error, if any, reaches whoever reads the unpacked side
  return pipeline(
    createReadStream(path, { highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    () => {},
  );
}

function withoutByteOrderMark(path: string, chunk: Buffer): Buffer {
  if (startsWith(chunk, [0xff, 0xfe]) || startsWith(chunk, [0xfe, 0xff])) {
    throw DataFileError.ofFile(
      path,
      "is UTF-16 text (it begins with that byte-order mark)",
      "Save it as UTF-8.",
    );
  }
  return startsWith(chunk, [0xef, 0xbb, 0xbf]) ? chunk.subarray(3) : chunk;
}

function startsWith(bytes: Buffer, start: number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function emptyFile(path: string): DataFileError {
  return DataFileError.ofFile(path, "is empty", "Save it again, or remove it.");
}

/** The system's error in words that say what to do; other errors as they are. */
function fileError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR") {
    return DataFileError.ofFile(path, "does not exist", "Check the name.");
  }
  if (code === "EACCES" || code === "EPERM") {
    return DataFileError.ofFile(path, "may not be read by you", "Change its permissions.");
  }
  if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR") {
    return DataFileError.ofFile(
      path,
      "is a gzip file that is damaged or cut short",
      "Copy it again; `gunzip --test` shows whether a copy is whole.",
    );
  }
  return error;
}
