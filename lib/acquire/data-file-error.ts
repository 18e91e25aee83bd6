import { shownPath, shownText } from "../keep/shown-text";
import { counted, formatCount } from "../words/format-words";

/** What is wrong with a field of a row; of a line as a whole, the field is `line`. */
export interface FieldProblem {
  field: string;
  expected: string;
  /** As it stands in the file; hostile, so shown only through `shownText`. */
  found: string;
}

export interface RowProblem extends FieldProblem {
  /** Line of the file, from 1; where a record spans lines, its first. */
  line: number;
}

/** Problems that are told in full; the others are counted. */
const PROBLEMS_TOLD = 5;

/** The bad rows of a file or table: the first few, and how many in all. */
export class BadRows {
  readonly problems: RowProblem[] = [];
  count = 0;

  add(line: number, problem: FieldProblem): void {
    if (++this.count <= PROBLEMS_TOLD) this.problems.push({ line, ...problem });
  }
}

/** A data file that cannot be read, or not all of it; the message names the first bad lines and says what to do. */
export class DataFileError extends Error {
  override name = "DataFileError";

  constructor(
    message: string,
    readonly path: string,
    /** The first bad lines. */
    readonly problems: readonly RowProblem[] = [],
    /** How many lines are bad in all. */
    readonly badRows = problems.length,
  ) {
    super(message);
  }

  /** The error for a file as a whole: what is wrong with it, and what to do. */
  static ofFile(path: string, wrong: string, advice: string): DataFileError {
    return new DataFileError(`${shownPath(path)} ${wrong}. ${advice}`, path);
  }

  /** The error for a file with bad lines. */
  static ofRows(
    path: string,
    { problems, count }: BadRows,
    advice: string,
    unit: "line" | "row" = "line",
  ): DataFileError {
    const told = problems.map(
      ({ line, field, expected, found }) =>
        `  ${unit} ${formatCount(line)}, ${field}: expected ${expected}; found ${found === "" ? "nothing" : shownText(found)}`,
    );
    const more = count - problems.length;
    if (more > 0) told.push(`  and ${formatCount(more)} more`);
    const message = `${shownPath(path)}: ${counted(count, unit)} cannot be read.\n${told.join("\n")}\n${advice}`;
    return new DataFileError(message, path, problems, count);
  }
}
