import { resultsDir } from "../keep/paths";
import type { OnBadRows } from "../keep/settings";
import { shownPath } from "../keep/shown-text";
import { showLive } from "../tell/show-live";
import { counted, formatCount } from "../words/format-words";
import { BadLines } from "./bad-lines";
import { DataFileError, PROBLEMS_TOLD, type RowProblem } from "./data-file-error";
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

/** Lines that cannot be read before a file is taken for something else. */
const MOST_BAD_ROWS = 1_000_000;
/**
 * What a row takes until a notebook has done with it. Reading takes 140 to 240, as texts differ more
 * or less; with the joins of notebook 01 it was 380 where they hardly differ.
 */
const BYTES_PER_ROW = 500;
/** Rows between two looks at the clock, and milliseconds between two lines that say how far it is. */
const ROWS_BETWEEN = 1 << 14;
const MS_BETWEEN = 1000;

/** What is wrong with a record; undefined where it was taken. */
export type ReadRow = (
  record: DataRecord,
  firstField: number,
) => Omit<RowProblem, "line"> | undefined;

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
 *   pandas writes its index; `firstField` is the number of those.
 * @throws {DataFileError} where the file cannot be opened, its header is another one, it
 *   has no rows (a header alone is a table without rows with `mayHaveNoRows`), has bad ones
 *   and these are not set aside, has more than a million bad ones, or more rows or texts than
 *   there is memory for
 */
export async function readRows(
  path: string,
  format: RecordFormat,
  columns: readonly string[],
  readRow: ReadRow,
  {
    onBadRows = "error",
    outDir = resultsDir(),
    mayHaveNoRows = false,
    mayBeSetAside = true,
    memory = memoryLimit(),
  }: ReadRowsOptions & {
    mayHaveNoRows?: boolean;
    mayBeSetAside?: boolean;
    memory?: number;
  } = {},
): Promise<RowsRead> {
  const problems: RowProblem[] = [];
  let rows = 0;
  let badRows = 0;
  let notUtf8 = 0;
  let firstNotUtf8 = 0;
  let firstField = format.quotes ? -1 : 0;
  const aside = new BadLines(path, outDir);
  const mostRows = Math.floor(memory / BYTES_PER_ROW);
  let nextLook = 0;
  let said = performance.now();

  const tooMuch = (why: string) =>
    DataFileError.ofFile(
      path,
      `cannot be read beyond row ${formatCount(rows)}: ${why}`,
      "Is this the right file? If it is, read a part of it, or use a machine with more memory.",
    );

  // What is rare is kept out of what each row goes through.
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
  const takeBad = (record: DataRecord, problem: Omit<RowProblem, "line">) => {
    badRows++;
    if (problems.length < PROBLEMS_TOLD) problems.push({ line: record.line, ...problem });
    if (onBadRows === "set-aside") {
      aside.append(record.bytes.subarray(record.start, record.end));
    }
    if (badRows < MOST_BAD_ROWS) return;
    const advice = `Reading stopped there, in line ${formatCount(record.line)}: so many are not set aside. Is this the right file? Each line needs ${columns.join(format.separator)}.`;
    throw DataFileError.ofRows(path, problems, badRows, advice);
  };

  try {
    const emptyLines = await scanRecords(path, format, (record) => {
      if (firstField < 0) {
        firstField = checkHeader(path, record, columns);
        return;
      }
      if (++rows >= nextLook) look();
      const problem =
        checkFields(record, firstField + columns.length) ?? readRow(record, firstField);
      if (problem === undefined) {
        if (!record.isUtf8 && notUtf8++ === 0) firstNotUtf8 = record.line;
        return;
      }
      takeBad(record, problem);
    });
    const isEmptyTable = rows === 0 && mayHaveNoRows && firstField >= 0;
    if (rows === 0 && !isEmptyTable) {
      throw DataFileError.ofFile(path, "has no rows", "Save it again, or remove it.");
    }
    if (badRows > 0 && (onBadRows === "error" || badRows === rows)) {
      const advice =
        badRows === rows
          ? `No line is as it should be: is this the right file? Each needs ${columns.join(format.separator)}.`
          : !mayBeSetAside
            ? "Correct the file."
            : 'Correct the file, or set these lines aside in out/ and read the others: npm start -- --on-bad-rows set-aside, or onBadRows: "set-aside" in the cell.';
      throw DataFileError.ofRows(path, problems, badRows, advice);
    }
    const notes: string[] = [];
    if (isEmptyTable) notes.push(`${shownPath(path)} has a header and no rows.`);
    if (emptyLines > 0)
      notes.push(`${shownPath(path)}: ${counted(emptyLines, "empty line")} passed over.`);
    if (notUtf8 > 0)
      notes.push(
        `${shownPath(path)}: ${counted(notUtf8, "row")} with bytes that are not UTF-8, kept as \\xe9 and the like; the first is line ${formatCount(firstNotUtf8)}.`,
      );
    if (badRows > 0) {
      aside.keep();
      notes.push(
        `${shownPath(path)}: ${formatCount(badRows)} of ${counted(rows, "line")} set aside in ${shownPath(aside.path)}.`,
      );
    }
    return { rows: rows - badRows, badRows, notes };
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
  const found = Array.from({ length: Math.min(record.fields, 32) }, (_, field) =>
    fieldText(record, field),
  );
  const unnamed = found.findIndex((name) => !/^(Unnamed: \d+)?$/.test(name));
  const isWanted =
    record.isWellFormed &&
    record.fields === unnamed + columns.length &&
    columns.every((name, at) => name === found[unnamed + at]);
  if (isWanted) return unnamed;
  const problem = {
    line: record.line,
    field: "header",
    expected: columns.join(),
    found: found.join(),
  };
  const missing = columns.filter((name) => !found.includes(name));
  const advice = missing.length > 0 ? `Missing: ${missing.join(", ")}.` : "The order counts.";
  throw DataFileError.ofRows(path, [problem], 1, advice);
}

function checkFields(record: DataRecord, expected: number): Omit<RowProblem, "line"> | undefined {
  if (record.isWellFormed && record.fields === expected) return undefined;
  return {
    field: "line",
    expected: record.isWellFormed
      ? `${expected} fields, not ${formatCount(record.fields)}`
      : 'quotes in pairs (one inside a quoted field is written "")',
    found: recordText(record),
  };
}
