import { isUtf8 } from "node:buffer";
import { formatCount } from "../words/format-words";
import { DataFileError } from "./data-file-error";
import { decodeText } from "./decode-text";

export interface RecordFormat {
  separator: " " | ",";
  /** Whether `"` quotes a field, as in RFC 4180. */
  quotes: boolean;
}

export const CSV: RecordFormat = { separator: ",", quotes: true };

/** A record's fields in `bytes`. One object serves all records: nothing outlives the call. */
export interface DataRecord {
  bytes: Buffer;
  /** With its line break. */
  start: number;
  end: number;
  /** Its first, from 1. */
  line: number;
  /** `starts` and `ends` hold the first 32, without quotes. */
  fields: number;
  starts: Int32Array;
  ends: Int32Array;
  /** 0 not quoted, 1 quoted, 2 quoted with doubled quotes inside. */
  quoting: Uint8Array;
  /** False where quotes are not paired; the record is then its first line. */
  isWellFormed: boolean;
  isUtf8: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const FIELDS_KEPT = 32;
/** A file with a longer line is something else. */
const LONGEST_RECORD = 1 << 20;
/** A small gzip file may hold any number. */
const MOST_EMPTY_LINES = 10_000_000;

/** Takes records that need no closer look, each a line: how many, and where the next one begins. */
export type TakeUsual = (bytes: Buffer, start: number, end: number) => [lines: number, at: number];

export function emptyRecord(): DataRecord {
  return {
    ...{ bytes: Buffer.alloc(0), start: 0, end: 0, line: 1, fields: 0 },
    starts: new Int32Array(FIELDS_KEPT),
    ends: new Int32Array(FIELDS_KEPT),
    quoting: new Uint8Array(FIELDS_KEPT),
    ...{ isWellFormed: true, isUtf8: true },
  };
}

/** Calls `onRecord` with each record of a file's text, in order; returns the number of empty lines. */
export async function scanRecords(
  path: string,
  chunks: AsyncIterable<Buffer>,
  format: RecordFormat,
  onRecord: (record: DataRecord) => void,
  takeUsual?: TakeUsual,
): Promise<number> {
  const record = emptyRecord();
  let emptyLines = 0;

  /** Takes all whole records and gives the rest. */
  function takeRecords(bytes: Buffer, isLast: boolean): Buffer {
    record.bytes = bytes;
    const whole = isLast ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1;
    const isAllUtf8 = isUtf8(bytes.subarray(0, whole));
    const lastLine = takeUsual && isAllUtf8 ? bytes.lastIndexOf(LINE_FEED) + 1 : 0;
    let at = 0;
    while (at < bytes.length) {
      if (takeUsual && at < lastLine) {
        const [lines, end] = takeUsual(bytes, at, lastLine);
        record.line += lines;
        at = end;
        if (at === bytes.length) break;
      }
      let lines = splitRecord(record, at, format, isLast);
      if (lines === 0 && bytes.length - at <= LONGEST_RECORD) break;
      // an open quote takes in all that follows: only its first line is given up
      if (format.quotes && (lines === 0 || record.end - at > LONGEST_RECORD)) {
        lines = Number(splitFirstLine(record, at, isLast));
      }
      if (lines === 0 || record.end - at > LONGEST_RECORD) {
        throw tooMuch(path, LONGEST_RECORD, `bytes in line ${formatCount(record.line)}`);
      }
      record.isUtf8 = isAllUtf8 || isUtf8(bytes.subarray(at, record.end));
      const isEmpty =
        record.fields === 1 && record.starts[0] === record.ends[0] && !record.quoting[0];
      if (!isEmpty) onRecord(record);
      else if (++emptyLines > MOST_EMPTY_LINES) {
        throw tooMuch(path, MOST_EMPTY_LINES, "empty lines");
      }
      at = record.end;
      record.line += lines;
    }
    return bytes.subarray(at);
  }

  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = takeRecords(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false);
  }
  takeRecords(rest, true);
  return emptyLines;
}

function tooMuch(path: string, most: number, what: string): DataFileError {
  const wrong = `has more than ${formatCount(most)} ${what}`;
  return DataFileError.ofFile(path, wrong, "It is not such a file, or is damaged.");
}

export function fieldText({ bytes, starts, ends, quoting }: DataRecord, field: number): string {
  const text = decodeText(bytes.subarray(starts[field], ends[field]));
  return quoting[field] === 2 ? text.replaceAll('""', '"') : text;
}

export function recordText({ bytes, start, end }: DataRecord): string {
  return decodeText(bytes.subarray(start, end)).replace(/\r?\n$/, "");
}

/** Finds the fields of the record at `start`; returns its lines, or 0 where its end is missing. */
function splitRecord(
  record: DataRecord,
  start: number,
  { separator, quotes }: RecordFormat,
  isLast: boolean,
): number {
  const { bytes, starts, ends, quoting } = record;
  const separatorByte = separator.charCodeAt(0);
  const limit = bytes.length;
  let lines = 1;
  let field = 0;
  let at = start;
  record.start = start;
  record.isWellFormed = true;
  for (; ; field++) {
    let fieldStart = at;
    let fieldEnd: number;
    let quoted = 0;
    if (quotes && bytes[at] === QUOTE) {
      quoted = 1;
      fieldStart = at + 1;
      at = bytes.indexOf(QUOTE, fieldStart);
      while (at >= 0 && bytes[at + 1] === QUOTE) {
        quoted = 2;
        at = bytes.indexOf(QUOTE, at + 2);
      }
      if (at < 0 || (at + 1 >= limit && !isLast)) {
        return isLast ? Number(splitFirstLine(record, start, isLast)) : 0;
      }
      fieldEnd = at++;
      lines += lineFeeds(bytes, fieldStart, fieldEnd);
      if (bytes[at] === CARRIAGE_RETURN) {
        if (at + 1 >= limit && !isLast) return 0;
        if (at + 1 >= limit || bytes[at + 1] === LINE_FEED) at++;
      }
      if (at < limit && bytes[at] !== separatorByte && bytes[at] !== LINE_FEED) {
        return Number(splitFirstLine(record, start, isLast));
      }
    } else {
      let byte = 0;
      while (at < limit) {
        byte = bytes[at] as number;
        // one comparison for most bytes: line breaks and separators come before letters
        if (byte <= separatorByte && (byte === separatorByte || byte === LINE_FEED)) break;
        at++;
      }
      if (at >= limit && !isLast) return 0;
      const isLineEnd = at >= limit || byte === LINE_FEED;
      fieldEnd = isLineEnd && at > fieldStart && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
    }
    if (field < FIELDS_KEPT) {
      starts[field] = fieldStart;
      ends[field] = fieldEnd;
      quoting[field] = quoted;
    } else if (lines > 1) {
      // no table: each quote would lead to the file's end
      return Number(splitFirstLine(record, start, isLast));
    }
    if (at >= limit || bytes[at] === LINE_FEED) break;
    at++;
  }
  record.fields = field + 1;
  record.end = Math.min(at + 1, limit);
  return lines;
}

/** Makes the line at `start` a malformed record; false where its end is not there yet. */
function splitFirstLine(record: DataRecord, start: number, isLast: boolean): boolean {
  const lineFeed = record.bytes.indexOf(LINE_FEED, start);
  if (lineFeed < 0 && !isLast) return false;
  record.end = lineFeed < 0 ? record.bytes.length : lineFeed + 1;
  record.fields = 1;
  record.starts[0] = start;
  record.ends[0] = lineFeed < 0 ? record.end : lineFeed;
  record.quoting[0] = 1;
  record.isWellFormed = false;
  return true;
}

function lineFeeds(bytes: Buffer, start: number, end: number): number {
  let found = 0;
  for (let at = start; at < end; at++) if (bytes[at] === LINE_FEED) found++;
  return found;
}
