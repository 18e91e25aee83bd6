import { join, relative } from "node:path";
import pl from "nodejs-polars";
import { replaceFile } from "../keep/replaced-file";
import { inOneLine } from "../keep/write-error";
import { resultsDir } from "../paths";

/**
 * Writes a frame as a CSV file to where results go: `out/`, or the folder that `npm start -- --out`
 * names. An earlier file of that name is replaced once the new one is whole. Text that a
 * spreadsheet would run as a formula gets an apostrophe before it, as in tables saved from a page.
 *
 * @param name of the file, without a folder, ending in `.csv`
 * @returns the file's path, from where the kernel runs
 * @throws {Error} if the name has a folder in it or another ending
 * @throws {WriteError} if the file cannot be written; an earlier one is then as it was
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
  inOneLine(file, () => replaceFile(file, withoutFormulas(frame).writeCSV() as unknown as string));
  return relative(process.cwd(), file) || file;
}

// Also as full-width characters, which spreadsheets read alike. A number is none.
const FORMULA = /^(?!-?\d+(\.\d+)?(e[+-]?\d+)?$)[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/i;
const guarded = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

/** The frame with no text, column names among it, that a spreadsheet would run. */
function withoutFormulas(frame: pl.DataFrame): pl.DataFrame {
  const texts = frame.columns.filter((_, i) => /String|Categorical/.test(String(frame.dtypes[i])));
  const columns = texts.flatMap((name) => {
    const values = frame.getColumn(name).cast(pl.String).toArray() as (string | null)[];
    if (!values.some((value) => value !== null && FORMULA.test(value))) return [];
    const safe = values.map((value) => value && guarded(value));
    return [pl.Series(name, safe, pl.String)];
  });
  const safe = columns.length > 0 ? frame.withColumns(...columns) : frame;
  const taken = new Set(frame.columns);
  const names = Object.fromEntries(
    frame.columns.filter((name) => FORMULA.test(name)).map((name) => [name, freeName(name, taken)]),
  );
  return Object.keys(names).length > 0 ? safe.rename(names) : safe;
}

/** A guarded name that no other column has; it is then taken. */
function freeName(name: string, taken: Set<string>): string {
  let free = guarded(name);
  while (taken.has(free)) free = `'${free}`;
  taken.add(free);
  return free;
}
