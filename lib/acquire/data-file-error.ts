import { shownPath, shownText } from "../keep/shown-text";
import { counted, formatCount } from "../words/format-words";

/** What is wrong with a field of a row; of a whole line, the field is `line`. */
export interface FieldProblem {
  field: string;
  expected: string;
  /** As in the file: hostile, so shown only through `shownText`. */
  found: string;
}

export interface RowProblem extends FieldProblem {
  /** From 1; a record's first. */
  line: number;
}

const PROBLEMS_TOLD = 5;

export class BadRows {
  readonly problems: RowProblem[] = [];
  count = 0;

  add(line: number, problem: FieldProblem): void {
    if (++this.count <= PROBLEMS_TOLD) this.problems.push({ line, ...problem });
  }
}

/** A data file that cannot be read whole; the message says what to do. */
export class DataFileError extends Error {
  override name = "DataFileError";

  constructor(
    message: string,
    readonly path: string,
    readonly problems: readonly RowProblem[] = [],
    readonly badRows = problems.length,
  ) {
    super(message);
  }

  static ofFile(path: string, wrong: string, advice: string): DataFileError {
    return new DataFileError(`${shownPath(path)} ${wrong}. ${advice}`, path);
  }

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
