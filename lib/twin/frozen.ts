import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

export const FULL_SIZE = 900_223;
/** Users are numbered from 1. */
export const USER_COUNT = 981;
export const DAYS = 1_182;
/** Day 0 of the log, 2018-01-26, as days since 1970. */
export const FIRST_EPOCH_DAY = Date.UTC(2018, 0, 26) / 86_400_000;
/** The day on which the earlier version of the log ends, 2020-11-02. */
export const SNAPSHOT_DAY = Date.UTC(2020, 10, 2) / 86_400_000 - FIRST_EPOCH_DAY;

/** The earlier and the later. */
export const CAMPUS = ["97.105.19.61", "97.105.19.58"];

/** What finds the rows of a published story; all conditions must hold. */
export interface StoryFilter {
  userId?: number;
  cohortId?: number;
  cohorts?: number[];
  ip?: string;
  fromDay?: number;
  toDay?: number;
  paths?: number[];
}

/** The log of seed 1: visits by user and day, each with its rows one after the other. */
export interface FrozenLog {
  paths: string[];
  addresses: string[];
  /** Lines of the published table, without a header. */
  cohorts: string[];
  stories: (StoryFilter & { kind: string; entity: string })[];
  /** By visit: */
  user: Int32Array;
  day: Int32Array;
  cohort: Int32Array;
  address: Int32Array;
  /** 2 for published stories and rows, 1 for other visits that stay; 0 for the rest. */
  held: Int32Array;
  /** Its first row; one more than there are visits. */
  start: Int32Array;
  /** By row: seconds since midnight. */
  second: Int32Array;
  /** Place in `paths`; -1 for none. */
  path: Int32Array;
}

const FILE = join(__dirname, "twin.br");

/**
 * Reads the twin's file: Brotli over the JSON's length in four bytes, the JSON, and columns of
 * integers, seven bits to a byte, lowest first. Users, days and seconds are differences.
 */
export function frozenLog(): FrozenLog {
  const bytes = brotliDecompressSync(readFileSync(FILE));
  const jsonEnd = 4 + bytes.readUInt32LE(0);
  const { visits, rows, ...texts } = JSON.parse(bytes.toString("utf8", 4, jsonEnd));
  let at = jsonEnd;
  const column = (length: number) => {
    const values = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        value |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      values[i] = value;
    }
    return values;
  };
  const [user, day, cohort, address] = [1, 2, 3, 4].map(() => column(visits));
  const [begin, length, held] = [1, 2, 3].map(() => column(visits));
  const [second, path] = [column(rows), column(rows)];
  const start = new Int32Array(visits + 1);
  for (let v = 0; v < visits; v++) {
    if (v > 0 && user![v] === 0) day![v]! += day![v - 1]!;
    user![v]! += v > 0 ? user![v - 1]! : 0;
    start[v + 1] = start[v]! + length![v]!;
    second[start[v]!] = begin![v]!;
    for (let row = start[v]! + 1; row < start[v + 1]!; row++) second[row]! += second[row - 1]!;
  }
  for (let row = 0; row < rows; row++) path[row]!--;
  return { ...texts, user, day, cohort, address, held, start, second, path } as FrozenLog;
}
