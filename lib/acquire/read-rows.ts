import { resultsDir } from "../keep/paths";
import type { OnBadRows } from "../keep/settings";
import { shownPath } from "../keep/shown-text";
import { showLive } from "../tell/show-live";
import { counted, formatCount } from "../words/format-words";
import { BadLines } from "./bad-lines";
import { BadRows, DataFileError, type FieldProblem } from "./data-file-error";
import { gigabytes, memoryLimit } from "./memory";
import {
  type DataRecord,
  fieldText,
  type RecordFormat,
  recordText,
  scanRecords,
} from "./scan-records";

export interface ReadRowsOptions {
  /** `error` refuses a file with bad lines; `set-aside` reads the others and writes the bad ones to `outDir`. */
  onBadRows?: OnBadRows;
  /** Folder for lines set aside; that of the results where not given. */
  outDir?: string;
}

interface FileOptions extends ReadRowsOptions {
  /** Whether a header alone is a table without rows. */
  mayHaveNoRows?: boolean;
  mayBeSetAside?: boolean;
  /** Bytes that may be used. */
  memory?: number;
}

/** Lines that cannot be read before a file is taken for something else. */
const MOST_BAD_ROWS = 1_000_000;
/** What a row takes until a notebook has done with it, at most: 140 to 240 measured, 380 with joins. */
const BYTES_PER_ROW = 500;
/** Rows between two looks at the clock, and milliseconds between two lines that say how far it is. */
const ROWS_BETWEEN = 1 << 14;
const MS_BETWEEN = 1000;

/** Takes a record, whose fields begin at `first`, or says what is wrong with it. */
export type ReadRow = (record: DataRecord, first: number) => FieldProblem | undefined;

/** What else is to be said about a file that was read. */
export interface RowsRead {
  rows: number;
  badRows: number;
  notes: string[];
}

/**
 * Reads a file of records, each of which `readRow` takes or finds fault with.
 *
 * @param columns the fields of each record. A file whose format has quotes begins with
 *   a header of these names, before which there may be columns without a name, as
 *   pandas writes its index.
 * @throws {DataFileError} where the file cannot be opened, its header is another one, it
 *   has no rows, has bad ones and these are not set aside, has more than a million bad ones,
 *   or more rows or texts than there is memory for
 */
export async function readRows(
  path: string,
  format: RecordFormat,
  columns: readonly string[],
  readRow: ReadRow,
  options: FileOptions = {},
): Promise<RowsRead> {
  const { onBadRows = "error", outDir = resultsDir(), memory = memoryLimit() } = options;
  const bad = new BadRows();
  const aside = new BadLines(path, outDir);
  const odd = { count: 0, firstLine: 0 };
  const columnNames = columns.join(format.separator);
  let rows = 0;
  let firstField = format.quotes ? -1 : 0;
  const mostRows = Math.floor(memory / BYTES_PER_ROW);
  let nextLook = 0;
  let said = performance.now();

  const tooMuch = (why: string) =>
    DataFileError.ofFile(
      path,
      `cannot be read beyond row ${formatCount(rows)}: ${why}`,
      "Is this the right file? If it is, read a part of it, or use a machine with more memory.",
    );

  // what is rare is kept out of what each row goes through
  const look = () => {
    if (rows > mostRows) {
      const needed = gigabytes(rows * BYTES_PER_ROW);
      throw tooMuch(`more need over ${needed} of memory, and there are ${gigabytes(memory)}`);
    }
    nextLook = Math.min(rows + ROWS_BETWEEN, mostRows + 1);
    if (performance.now() - said < MS_BETWEEN) return;
    said = performance.now();
    showLive(`Reading ${shownPath(path)}: ${formatCount(rows)} rows`);
  };
  const takeBad = (record: DataRecord, problem: FieldProblem) => {
    bad.add(record.line, problem);
    if (onBadRows === "set-aside") aside.append(record.bytes.subarray(record.start, record.end));
    if (bad.count < MOST_BAD_ROWS) return;
    const advice = `Reading stopped there, in line ${formatCount(record.line)}: so many are not set aside. Is this the right file? Each line needs ${columnNames}.`;
    throw DataFileError.ofRows(path, bad, advice);
  };
  const takeRecord = (record: DataRecord) => {
    if (firstField < 0) {
      firstField = checkHeader(path, record, columns);
      return;
    }
    if (++rows >= nextLook) look();
    const problem = checkFields(record, firstField + columns.length) ?? readRow(record, firstField);
    if (problem !== undefined) takeBad(record, problem);
    else if (!record.isUtf8 && odd.count++ === 0) odd.firstLine = record.line;
  };

  try {
    const emptyLines = await scanRecords(path, format, takeRecord);
    if (rows === 0 && !(options.mayHaveNoRows && firstField >= 0)) {
      throw DataFileError.ofFile(path, "has no rows", "Save it again, or remove it.");
    }
    if (bad.count > 0 && (onBadRows === "error" || bad.count === rows)) {
      const advice =
        bad.count === rows
          ? `No line is as it should be: is this the right file? Each needs ${columnNames}.`
          : options.mayBeSetAside === false
            ? "Correct the file."
            : 'Correct the file, or set these lines aside in out/ and read the others: npm start -- --on-bad-rows set-aside, or onBadRows: "set-aside" in the cell.';
      throw DataFileError.ofRows(path, bad, advice);
    }
    if (bad.count > 0) aside.keep();
    const notes = [
      ...(rows === 0 ? [" has a header and no rows."] : []),
      ...(emptyLines > 0 ? [`: ${counted(emptyLines, "empty line")} passed over.`] : []),
      ...(odd.count > 0
        ? [
            `: ${counted(odd.count, "row")} with bytes that are not UTF-8, kept as \\xe9 and the like; the first is line ${formatCount(odd.firstLine)}.`,
          ]
        : []),
      ...(bad.count > 0
        ? [
            `: ${formatCount(bad.count)} of ${counted(rows, "line")} set aside in ${shownPath(aside.path)}.`,
          ]
        : []),
    ].map((note) => shownPath(path) + note);
    return { rows: rows - bad.count, badRows: bad.count, notes };
  } catch (error) {
    // a column that can not grow
    throw error instanceof RangeError ? tooMuch(error.message) : error;
  } finally {
    aside.discard();
    showLive("");
  }
}

/** The number of unnamed columns before those that are wanted. */
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
