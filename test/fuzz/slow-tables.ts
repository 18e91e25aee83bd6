import {
  type SlowParse,
  slowAddress,
  slowClock,
  slowDay,
  slowDecode,
  slowInteger,
  slowMoment,
} from "./slow-fields";
import { slowRecords, slowText } from "./slow-records";

/** The readers that are tried. */
export type Shape = "text" | "joined" | "cohorts" | "usage";
export const SHAPES: readonly Shape[] = ["text", "joined", "cohorts", "usage"];

export type Value = number | string | null;
export interface Problem {
  line: number;
  field: string;
  found: string;
}

/** What a reader should make of a file. */
export type Expected =
  | {
      kind: "table";
      rows: Value[][];
      /** Of the joined file. */
      cohorts: Value[][];
      badRows: number;
      /** The bad lines, byte for byte. */
      setAside: string;
    }
  | { kind: "bad lines"; problems: Problem[]; badRows: number }
  | { kind: "unreadable"; why: string };

interface Field {
  name: string;
  parse: SlowParse;
  mayBeEmpty?: boolean;
}

const text: SlowParse = (value) => value;
const count: SlowParse = (value) =>
  (slowInteger(value) ?? -1) < 0 ? undefined : slowInteger(value);
const needed = (name: string, parse: SlowParse): Field => ({ name, parse });
const optional = (name: string, parse: SlowParse): Field => ({ name, parse, mayBeEmpty: true });

const ACCESS = [
  ...[needed("date", slowDay), needed("time", slowClock), optional("path", text)],
  ...[
    needed("user_id", slowInteger),
    optional("cohort_id", slowInteger),
    needed("ip", slowAddress),
  ],
];
const COHORT = [
  ...[needed("id", slowInteger), optional("name", text), optional("slack", text)],
  ...["start_date", "end_date"].map((name) => optional(name, slowDay)),
  ...["created_at", "updated_at", "deleted_at"].map((name) => optional(name, slowMoment)),
  optional("program_id", slowInteger),
];
const USAGE = [
  ...[needed("dt", slowDay), needed("user_id", slowInteger)],
  ...[needed("type", text), needed("api_count", count)],
];
const FIELDS = { text: ACCESS, joined: ACCESS, cohorts: COHORT, usage: USAGE };

/** The names in a shape's header. */
export const HEADERS: Record<Shape, string[]> = {
  text: [],
  joined: [...ACCESS, ...COHORT].map(({ name }) => name),
  cohorts: COHORT.map(({ name }) => name),
  usage: USAGE.map(({ name }) => name),
};

type Row = Value[] | Omit<Problem, "line">;

/** What a reader should make of a file, found by the slowest and plainest means. */
export function slowTable(file: Buffer, shape: Shape, isSetAside: boolean): Expected {
  const { text: content, problem } = slowText(file);
  const unreadable = (why: string): Expected => ({ kind: "unreadable", why });
  if (problem) return unreadable(problem);
  const [records, tooLong] = slowRecords(content, shape !== "text");
  const all = records.filter(({ isEmpty }) => !isEmpty);
  let unnamed = 0;
  const header = shape === "text" ? undefined : all.shift();
  if (header) {
    const names = header.fields.map(slowDecode);
    while (/^(Unnamed: \d+)?$/.test(names[unnamed] ?? "x")) unnamed++;
    const isWanted = JSON.stringify(names.slice(unnamed)) === JSON.stringify(HEADERS[shape]);
    if (!isWanted || names.length > 32) {
      const told = header.isWellFormed
        ? names.slice(0, 32).join()
        : slowDecode(header.raw.replace(/\n$/, ""));
      const problem = { line: header.line, field: "header", found: told };
      return { kind: "bad lines", problems: [problem], badRows: 1 };
    }
  }
  if (tooLong)
    return unreadable(`has more than 1,048,576 bytes in line ${tooLong.toLocaleString("en-US")}`);

  const readRow = rowReader(shape);
  const rows: Value[][] = [];
  const problems: Problem[] = [];
  const bad: string[] = [];
  const count = unnamed + (shape === "text" ? ACCESS : HEADERS[shape]).length;
  for (const record of all) {
    const { line, raw, fields, isWellFormed } = record;
    const asItStands = slowDecode(raw.replace(/\r?\n$/, ""));
    const row: Row =
      !isWellFormed || fields.length !== count
        ? { field: "line", found: asItStands }
        : readRow(fields.slice(unnamed), asItStands);
    if (Array.isArray(row)) rows.push(row);
    else {
      bad.push(raw);
      problems.push({ line, ...row });
    }
  }
  if (all.length === 0 && !(shape === "joined" && header)) return unreadable("has no rows");
  if (bad.length > 0 && (!isSetAside || rows.length === 0)) {
    return { kind: "bad lines", problems: problems.slice(0, 5), badRows: bad.length };
  }
  const cohorts = readRow.cohorts();
  return { kind: "table", rows, cohorts, badRows: bad.length, setAside: bad.join("") };
}

/** What reads a row's fields; it remembers what may come only once. */
function rowReader(shape: Shape) {
  const seen = new Set<string>();
  const cohorts = new Map<number, Value[]>();
  const read = (fields: string[], asItStands: string): Row => {
    const row = parse(fields, FIELDS[shape]);
    if (!Array.isArray(row)) return row;
    if (shape === "cohorts") {
      if (seen.has(String(row[0]))) return { field: "id", found: String(row[0]) };
      seen.add(String(row[0]));
    }
    if (shape === "usage") {
      const key = JSON.stringify(row.slice(0, 3));
      if (seen.has(key)) return { field: "line", found: asItStands };
      seen.add(key);
    }
    if (shape !== "joined" || fields.slice(6).every((field) => field === "")) return row;
    const cohort = parse(fields.slice(6), COHORT);
    if (!Array.isArray(cohort)) return cohort;
    const id = cohort[0] as number;
    if (id !== row[4]) return { field: "id", found: String(id) };
    const known = cohorts.get(id);
    const at = cohort.findIndex((value, field) => known && value !== known[field]);
    if (at >= 0)
      return { field: (COHORT[at] as Field).name, found: slowDecode(fields[6 + at] as string) };
    if (!known) cohorts.set(id, cohort);
    return row;
  };
  return Object.assign(read, { cohorts: () => [...cohorts.values()] });
}

function parse(fields: string[], kinds: Field[]): Row {
  const row: Value[] = [];
  const order = kinds === ACCESS ? [0, 1, 3, 4, 5, 2] : kinds.keys();
  for (const at of order) {
    const { name, parse, mayBeEmpty } = kinds[at] as Field;
    const text = slowDecode(fields[at] as string);
    const value = text === "" && mayBeEmpty ? null : text === "" ? undefined : parse(text);
    if (value === undefined) return { field: name, found: text };
    row[at] = value === 0 ? 0 : value; // not -0
  }
  return row;
}
