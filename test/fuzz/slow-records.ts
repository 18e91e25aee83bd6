import { gunzipSync } from "node:zlib";

/** A record of a file as `slowRecords` sees it; all texts are bytes, one character each. */
export interface SlowRecord {
  line: number;
  raw: string;
  /** Without quotes; empty where quotes are not paired. */
  fields: string[];
  isWellFormed: boolean;
  isEmpty: boolean;
}

const LONGEST = 1_048_576;
const MOST_FIELDS = 32;

/** A file's text, one character a byte, or what is wrong with the file as a whole. */
export function slowText(file: Buffer): { text: string; problem?: string } {
  if (file.toString("latin1", 0, 4) === "PK\x03\x04")
    return { text: "", problem: "is a zip archive" };
  const isPacked = file[0] === 0x1f && file[1] === 0x8b;
  let text: string;
  try {
    text = (isPacked ? gunzipSync(file) : file).toString("latin1");
  } catch {
    return { text: "", problem: "is a gzip file that is damaged or cut short" };
  }
  if (text === "") return { text, problem: "is empty" };
  if (/^(\xff\xfe|\xfe\xff)/.test(text)) return { text, problem: "is UTF-16 text" };
  return { text: text.replace(/^\xef\xbb\xbf/, "") };
}

/** The records of a text; the number of the line at which it is given up, where one is too long. */
export function slowRecords(text: string, isCsv: boolean): [SlowRecord[], number | undefined] {
  const records: SlowRecord[] = [];
  let line = 1;
  for (let rest = 0; rest < text.length; ) {
    const firstLine = textOfLine(text, rest);
    const fields = isCsv ? csvFields(text, rest) : textFields(firstLine);
    const raw = fields?.raw ?? firstLine;
    if (raw.length > LONGEST) return [records, line];
    const isEmpty = /^\r?\n?$/.test(raw);
    records.push({ line, raw, fields: fields?.fields ?? [], isWellFormed: !!fields, isEmpty });
    line += raw.split("\n").length - 1;
    rest += raw.length;
  }
  return [records, undefined];
}

function textOfLine(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.slice(start) : text.slice(start, end + 1);
}

function textFields(line: string): { raw: string; fields: string[] } {
  return { raw: line, fields: line.replace(/\r?\n$|\r$/, "").split(" ") };
}

/** A field at `start` and the text that its record has of it; undefined where a quote is not paired. */
function csvField(text: string, start: number): { field: string; raw: string } | undefined {
  if (text[start] !== '"') {
    const [raw = ""] = patternAt(/[^,\n]*/y, text, start) ?? [];
    const isLast = text[start + raw.length] !== ",";
    const field = isLast ? raw.replace(/\r$/, "") : raw;
    return { field, raw: field };
  }
  let end = start + 1;
  for (let quote = -1; quote < 0; ) {
    const more = patternAt(/[^"]*"/y, text, end)?.[0];
    if (more === undefined) return undefined;
    end += more.length;
    if (text[end] === '"') end++;
    else quote = end;
  }
  if (!patternAt(/,|\r?\n|\r?$/y, text, end)) return undefined;
  const raw = text.slice(start, end);
  return { field: raw.slice(1, -1).replaceAll('""', '"'), raw };
}

function patternAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

/** The fields of the record at `start`; undefined where quotes are not paired, or not in any record a table can have. */
function csvFields(text: string, start: number): { raw: string; fields: string[] } | undefined {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const found = csvField(text, at);
    if (!found) return undefined;
    fields.push(found.field);
    at += found.raw.length;
    if (text[at] !== ",") break;
    at++;
  }
  const [lineBreak] = /^\r?\n|^\r?$/.exec(text.slice(at, at + 2)) as RegExpExecArray;
  const raw = text.slice(start, at + lineBreak.length);
  const lines = raw.slice(0, -1).split("\n").length;
  const isOne = lines === 1 || (fields.length <= MOST_FIELDS && raw.length <= LONGEST);
  return isOne ? { raw, fields } : undefined;
}
