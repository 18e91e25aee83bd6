import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAll } from "../keep/replaced-file";
import { FULL_SIZE } from "./frozen";
import { COLUMNS, type RowColumns } from "./log-rows";

export const BYTES_PER_ROW = COLUMNS.length * Int32Array.BYTES_PER_ELEMENT;

/** Rows that are brought into time order at once: some 70 bytes of memory each. */
export const ROWS_PER_BUCKET = 2_000_000;

/**
 * Rows of many blocks, each block in time order, as files by stretch of time: a stretch has few
 * enough rows to be sorted in memory. A file is a series of pieces, one for each block with rows in
 * the stretch; a piece is its rows' columns, one after another, as 32-bit numbers.
 */
export interface TimeBuckets {
  count: number;
  add(block: RowColumns): void;
  /** Rows of a bucket in the order in which they came, and the end of its file. */
  take(bucket: number): RowColumns;
}

/**
 * @param folder where the files are made, which is to have no others of names as `rows-0`
 * @param rows of all blocks
 * @param dayRows of the log, by day
 */
export function timeBuckets(
  folder: string,
  rows: number,
  dayRows: Int32Array,
  most = ROWS_PER_BUCKET,
): TimeBuckets {
  const firstDays = stretches(rows, dayRows, most);
  const pieces: number[][] = firstDays.map(() => []);
  const path = (bucket: number) => join(folder, `rows-${bucket}`);
  return {
    count: firstDays.length,
    add(block) {
      let from = 0;
      for (let bucket = 0; bucket < pieces.length; bucket++) {
        const end = firstDays[bucket + 1] ?? Number.POSITIVE_INFINITY;
        let to = from;
        while (to < block.day.length && block.day[to]! < end) to++;
        if (to > from) appendPiece(path(bucket), block, from, to);
        pieces[bucket]!.push(to - from);
        from = to;
      }
    },
    take(bucket) {
      const taken = readPieces(path(bucket), pieces[bucket]!);
      rmSync(path(bucket), { force: true });
      return taken;
    },
  };
}

/**
 * First days of stretches of time in each of which a sample has at most `most` rows, give or take a
 * row per day and block; a day with more is a stretch by itself.
 */
export function stretches(rows: number, dayRows: Int32Array, most: number): number[] {
  const firstDays = [0];
  let held = 0;
  dayRows.forEach((ofDay, day) => {
    const expected = (ofDay * rows) / FULL_SIZE;
    if (held > 0 && held + expected > most) {
      firstDays.push(day);
      held = 0;
    }
    held += expected;
  });
  return firstDays;
}

function appendPiece(path: string, block: RowColumns, from: number, to: number): void {
  const file = openSync(path, "a", 0o600);
  try {
    for (const name of COLUMNS) writeAll(file, bytesOf(block[name].subarray(from, to)));
  } finally {
    closeSync(file);
  }
}

function readPieces(path: string, lengths: number[]): RowColumns {
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const all = Object.fromEntries(COLUMNS.map((name) => [name, new Int32Array(rows)])) as RowColumns;
  if (rows === 0) return all;
  const file = openSync(path, "r");
  try {
    let at = 0;
    for (const length of lengths) {
      for (const name of COLUMNS) readAll(file, bytesOf(all[name].subarray(at, at + length)));
      at += length;
    }
  } finally {
    closeSync(file);
  }
  return all;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

function readAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, bytes.length - at, null);
    if (read === 0) throw new Error("a file of the sample's rows was cut short while it was made");
    at += read;
  }
}
