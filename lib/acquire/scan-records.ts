import { isUtf8 } from "node:buffer";
import { formatCount } from "../words/format-words";
import { DataFileError } from "./data-file-error";
import { decodeText } from "./decode-text";
import { openDataFile } from "./open-data-file";

/** How a file's text is divided. */
export interface RecordFormat {
  /** The one byte between two fields. */
  separator: " " | ",";
  /** Whether `"` quotes a field, as in RFC 4180; otherwise it is a character like any other. */
  quotes: boolean;
}

export const CSV: RecordFormat = { separator: ",", quotes: true };

/** Where a record's fields lie in `bytes`. One object serves all records of a file: nothing in it outlives the call. */
export interface DataRecord {
  bytes: Buffer;
  /** From its first byte to just after its line break. */
  start: number;
  end: number;
  /** Its first line in the file, from 1. */
  line: number;
  /** Number of fields; `starts` and `ends` hold the first 32, without their quotes. */
  fields: number;
  starts: Int32Array;
  ends: Int32Array;
  /** 0 not quoted, 1 quoted, 2 quoted with quotes inside, which are doubled. */
  quoting: Uint8Array;
  /** False where quotes are not paired; the record is then its first line only. */
  isWellFormed: boolean;
  /** Whether all its bytes are text in UTF-8. */
  isUtf8: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const FIELDS_KEPT = 32;
/** No line of a log is longer, its line break included; a file with such a line is something else. */
const LONGEST_RECORD = 1 << 20;
/** Empty lines before a file is taken for something else: a small gzip file may hold any number. */
const MOST_EMPTY_LINES = 10_000_000;

/** Calls `onRecord` with each record of a file, in order; empty lines are passed over, and their number returned. */
export function scanRecords(
  path: string,
  format: RecordFormat,
  onRecord: (record: DataRecord) => void,
): Promise<number> {
  return scanChunks(path, openDataFile(path), format, onRecord);
}

/** `scanRecords` of text that comes in chunks, wherever these end. */
export async function scanChunks(
  path: string,
  chunks: AsyncIterable<Buffer>,
  format: RecordFormat,
  onRecord: (record: DataRecord) => void,
): Promise<number> {
  const record: DataRecord = {
    bytes: Buffer.alloc(0),
    start: 0,
    end: 0,
    line: 1,
    fields: 0,
    starts: new Int32Array(FIELDS_KEPT),
    ends: new Int32Array(FIELDS_KEPT),
    quoting: new Uint8Array(FIELDS_KEPT),
    isWellFormed: true,
    isUtf8: true,
  };
  let emptyLines = 0;

  /** Takes all whole records from the front of `bytes` and gives what is left over. */
  function takeRecords(bytes: Buffer, isLast: boolean): Buffer {
    record.bytes = bytes;
    const whole = isLast ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1;
    // asked once for all records: that costs next to nothing
    const isAllUtf8 = isUtf8(bytes.subarray(0, whole));
    let at = 0;
    while (at < bytes.length) {
      let lines = splitRecord(record, at, format, isLast);
      if (lines === 0 && bytes.length - at <= LONGEST_RECORD) break;
      // an open quote makes one record of all that follows: only its first line is given up
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

/** A field's text, with doubled quotes made single. */
export function fieldText({ bytes, starts, ends, quoting }: DataRecord, field: number): string {
  const text = decodeText(bytes.subarray(starts[field], ends[field]));
  return quoting[field] === 2 ? text.replaceAll('""', '"') : text;
}

/** A record as it stands in the file, without its line break. */
export function recordText({ bytes, start, end }: DataRecord): string {
  return decodeText(bytes.subarray(start, end)).replace(/\r?\n$/, "");
}

/** Finds the fields of the record at `start`: the lines that it takes, or 0 where the bytes end before it does. */
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
      // no table, but lines whose quotes pair with other lines': each would lead to the file's end
      return Number(splitFirstLine(record, start, isLast));
    }
    if (at >= limit || bytes[at] === LINE_FEED) break;
    at++;
  }
  record.fields = field + 1;
  record.end = Math.min(at + 1, limit);
  return lines;
}

/** Makes the line at `start` a record whose quotes are not paired; false where its end is not there yet. */
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
