import { join, relative } from "node:path";
import pl from "nodejs-polars";
import { resultsDir } from "../keep/paths";
import { replaceFile } from "../keep/replaced-file";
import { hash } from "../keep/source-code";
import { inOneLine } from "../keep/write-error";
import { tellFile } from "../tell/tell-run";
import { withoutFormula } from "./without-formula";

/**
 * Writes a frame as CSV to `out/`, or the folder of `npm start -- --out`. What a spreadsheet would
 * run as a formula gets an apostrophe.
 *
 * @param name without a folder, ending in `.csv`
 * @returns the file's path from the project
 * @throws {Error} for another name
 * @throws {WriteError} if the file cannot be written; an earlier one stays
 * @example
 * saveCsv(groups, "groups.csv"); // "out/groups.csv"
 */
export function saveCsv(frame: pl.DataFrame, name: string): string {
  if (!/^[\w-][\w.-]*\.csv$/.test(name)) {
    throw new Error(
      `saveCsv needs a plain file name such as "groups.csv", got ${JSON.stringify(name)}`,
    );
  }
  const file = join(resultsDir(), name);
  const content = csvOf(frame);
  inOneLine(file, () => replaceFile(file, content));
  tellFile(file, hash(content));
  return relative(process.cwd(), file) || file;
}

const TEXT = /^\w+\((String|Categorical|Enum)\b/;

/** Text in quotes; the rest as Polars writes it. */
function csvOf(frame: pl.DataFrame): string {
  const columns = frame
    .getColumns()
    .map((column) => (TEXT.test(String(column.dtype)) ? texts(column) : plain(column)));
  const lines = Array.from({ length: frame.height }, (_, row) =>
    columns.map((cells) => cells[row]).join(","),
  );
  return [freeNames(frame.columns).map(quoted).join(","), ...lines, ""].join("\n");
}

function texts(column: pl.Series): string[] {
  const values = column.cast(pl.String).toArray() as (string | null)[];
  return values.map((value) => (value === null ? "" : quoted(withoutFormula(value))));
}

function plain(column: pl.Series): string[] {
  return String(pl.DataFrame([column]).writeCSV({ includeHeader: false })).split("\n");
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Different names that no spreadsheet would run. */
function freeNames(names: string[]): string[] {
  const taken = new Set(names);
  return names.map((name) => {
    let free = withoutFormula(name);
    while (free !== name && taken.has(free)) free = `'${free}`;
    taken.add(free);
    return free;
  });
}
