import { basename, join, resolve } from "node:path";
import { resultsDir } from "../keep/paths";
import { ReplacedFile } from "../keep/replaced-file";
import type { OnBadRows } from "../keep/settings";
import { shownPath } from "../keep/shown-text";
import { showLive } from "../tell/show-live";
import { counted, formatCount } from "../words/format-words";
import { BadRows, DataFileError, type FieldProblem } from "./data-file-error";
import { gigabytes, memoryLimit } from "./memory";
import { openDataFile } from "./open-data-file";
import {
  type DataRecord,
  fieldText,
  type RecordFormat,
  recordText,
  scanRecords,
  type TakeUsual,
} from "./scan-records";

export interface ReadRowsOptions {
  /** `error` refuses a file with bad lines; `set-aside` moves them to `outDir`. */
  onBadRows?: OnBadRows;
  /** For lines set aside (the results' folder). */
  outDir?: string;
}

interface FileOptions extends ReadRowsOptions {
  mayHaveNoRows?: boolean;
  mayBeSetAside?: boolean;
  memory?: number;
  /** Takes at most so many lines that need no closer look; returns where the next one begins. */
  takeUsual?: (...part: [...Parameters<TakeUsual>, number]) => ReturnType<TakeUsual>;
}

/** Bad lines before a file is taken for something else. */
const MOST_BAD_ROWS = 1_000_000;
/** What a row takes in a notebook at most: 140 to 240 measured, 380 with joins. */
const BYTES_PER_ROW = 500;
const ROWS_BETWEEN = 1 << 14;
const MS_BETWEEN = 1000;

/** Takes a record, whose fields begin at `first`, or says what is wrong. */
export type ReadRow = (record: DataRecord, first: number) => FieldProblem | undefined;

export interface RowsRead {
  rows: number;
  badRows: number;
  notes: string[];
}

/**
 * Hands each record of a file to `readRow`. With quotes, a file begins with a header of `columns`,
 * perhaps after unnamed ones (pandas' index).
 *
 * @throws {DataFileError} if the file, its header or a row is bad, or too large
 */
export async function readRows(
  path: string,
  format: RecordFormat,
  columns: readonly string[],
  readRow: ReadRow,
  options: FileOptions = {},
): Promise<RowsRead> {
  const reading = new FileReading(path, format, columns, readRow, options);
  try {
    const { take, takeUsual } = reading;
    return reading.end(await scanRecords(path, openDataFile(path), format, take, takeUsual));
  } catch (error) {
    throw error instanceof RangeError ? reading.tooMuch(error.message) : error;
  } finally {
    reading.aside?.discard();
    showLive("");
  }
}

class FileReading {
  /** Bad lines, byte for byte. */
  aside: ReplacedFile | undefined;
  private readonly asidePath: string;
  private readonly bad = new BadRows();
  private readonly onBadRows: OnBadRows;
  private readonly memory: number;
  private readonly mostRows: number;
  private readonly columnNames: string;
  private firstField: number;
  private rows = 0;
  private notUtf8 = 0;
  private firstNotUtf8 = 0;
  private nextLook = 0;
  private said = performance.now();

  constructor(
    private readonly path: string,
    format: RecordFormat,
    private readonly columns: readonly string[],
    private readonly readRow: ReadRow,
    private readonly options: FileOptions,
  ) {
    const name = `bad-rows-${basename(resolve(path)).replace(/\.gz$/, "")}`;
    this.asidePath = join(options.outDir ?? resultsDir(), name);
    this.onBadRows = options.onBadRows ?? "error";
    this.memory = options.memory ?? memoryLimit();
    this.mostRows = Math.floor(this.memory / BYTES_PER_ROW);
    this.columnNames = columns.join(format.separator);
    this.firstField = format.quotes ? -1 : 0;
  }

  take = (record: DataRecord): void => {
    if (this.firstField < 0) {
      this.firstField = checkHeader(this.path, record, this.columns);
      return;
    }
    if (++this.rows >= this.nextLook) this.look();
    const problem =
      checkFields(record, this.firstField + this.columns.length) ??
      this.readRow(record, this.firstField);
    if (problem !== undefined) this.takeBad(record, problem);
    else if (!record.isUtf8 && this.notUtf8++ === 0) this.firstNotUtf8 = record.line;
  };

  takeUsual: TakeUsual = (bytes, start, end) => {
    // the row at which memory is looked at next is taken by itself
    const most = this.nextLook - this.rows - 1;
    const [lines, at] = this.options.takeUsual?.(bytes, start, end, most) ?? [0, start];
    this.rows += lines;
    return [lines, at];
  };

  tooMuch(why: string): DataFileError {
    return DataFileError.ofFile(
      this.path,
      `cannot be read beyond row ${formatCount(this.rows)}: ${why}`,
      "Is this the right file? If it is, read a part of it, or use a machine with more memory.",
    );
  }

  end(emptyLines: number): RowsRead {
    const { path, rows, bad, options } = this;
    if (rows === 0 && !(options.mayHaveNoRows && this.firstField >= 0)) {
      throw DataFileError.ofFile(path, "has no rows", "Save it again, or remove it.");
    }
    if (bad.count > 0 && (this.onBadRows === "error" || bad.count === rows)) {
      throw DataFileError.ofRows(path, bad, this.advice());
    }
    if (bad.count > 0) this.writeAside(() => this.aside?.keep());
    const notes: string[] = [];
    const note = (isSo: boolean, text: string) => isSo && notes.push(shownPath(path) + text);
    note(rows === 0, " has a header and no rows.");
    note(emptyLines > 0, `: ${counted(emptyLines, "empty line")} passed over.`);
    note(
      this.notUtf8 > 0,
      `: ${counted(this.notUtf8, "row")} with bytes that are not UTF-8, kept as \\xe9 and the like; the first is line ${formatCount(this.firstNotUtf8)}.`,
    );
    note(
      bad.count > 0,
      `: ${formatCount(bad.count)} of ${counted(rows, "line")} set aside in ${shownPath(this.asidePath)}.`,
    );
    return { rows: rows - bad.count, badRows: bad.count, notes };
  }

  private look(): void {
    if (this.rows > this.mostRows) {
      const needed = gigabytes(this.rows * BYTES_PER_ROW);
      const there = gigabytes(this.memory);
      throw this.tooMuch(`more need over ${needed} of memory, and there are ${there}`);
    }
    this.nextLook = Math.min(this.rows + ROWS_BETWEEN, this.mostRows + 1);
    if (performance.now() - this.said < MS_BETWEEN) return;
    this.said = performance.now();
    showLive(`Reading ${shownPath(this.path)}: ${formatCount(this.rows)} rows`);
  }

  private takeBad({ bytes, start, end, line }: DataRecord, problem: FieldProblem): void {
    this.bad.add(line, problem);
    if (this.onBadRows === "set-aside") {
      this.writeAside(() => {
        this.aside ??= new ReplacedFile(this.asidePath);
        this.aside.append(bytes.subarray(start, end));
      });
    }
    if (this.bad.count < MOST_BAD_ROWS) return;
    const advice = `Reading stopped there, in line ${formatCount(line)}: so many are not set aside. Is this the right file? Each line needs ${this.columnNames}.`;
    throw DataFileError.ofRows(this.path, this.bad, advice);
  }

  private writeAside(action: () => void): void {
    try {
      action();
    } catch (error) {
      const wrong = `cannot be written (${(error as NodeJS.ErrnoException).code})`;
      const advice = `Bad lines of ${shownPath(this.path)} belong there: make room or rights, or correct them.`;
      throw DataFileError.ofFile(this.asidePath, wrong, advice);
    }
  }

  private advice(): string {
    if (this.bad.count === this.rows) {
      return `No line is as it should be: is this the right file? Each needs ${this.columnNames}.`;
    }
    return this.options.mayBeSetAside === false
      ? "Correct the file."
      : 'Correct the file, or set these lines aside in out/ and read the others: npm start -- --on-bad-rows set-aside, or onBadRows: "set-aside" in the cell.';
  }
}

function checkHeader(path: string, record: DataRecord, columns: readonly string[]): number {
  const length = Math.min(record.fields, record.starts.length);
  const found = Array.from({ length }, (_, field) => fieldText(record, field));
  const unnamed = found.findIndex((name) => !/^(Unnamed: \d+)?$/.test(name));
  const isWanted =
    record.isWellFormed &&
    record.fields === unnamed + columns.length &&
    columns.every((name, at) => name === found[unnamed + at]);
  if (isWanted) return unnamed;
  const bad = new BadRows();
  bad.add(record.line, { field: "header", expected: columns.join(), found: found.join() });
  const missing = columns.filter((name) => !found.includes(name));
  const advice = missing.length > 0 ? `Missing: ${missing.join(", ")}.` : "The order counts.";
  throw DataFileError.ofRows(path, bad, advice);
}

function checkFields(record: DataRecord, wanted: number): FieldProblem | undefined {
  if (record.isWellFormed && record.fields === wanted) return undefined;
  const expected = record.isWellFormed
    ? `${wanted} fields, not ${formatCount(record.fields)}`
    : 'quotes in pairs (one inside a quoted field is written "")';
  return { field: "line", expected, found: recordText(record) };
}
