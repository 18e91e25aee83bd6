import { join, relative } from "node:path";
import pl from "nodejs-polars";
import { replaceFile } from "../acquire/replaced-file";
import { OUT_DIR } from "../paths";

/**
 * Writes a frame as a CSV file to where results go: `out/`, or the folder that `npm start -- --out`
 * names. An earlier file of that name is replaced once the new one is whole. Text that a
 * spreadsheet would run as a formula gets an apostrophe before it, as in tables saved from a page.
 *
 * @param name of the file, without a folder, ending in `.csv`
 * @returns the file's path, from where the kernel runs
 * @throws {Error} if the name has a folder in it or another ending
 * @example
 * saveCsv(groups, "groups.csv"); // "out/groups.csv"
 */
export function saveCsv(frame: pl.DataFrame, name: string): string {
  if (!/^[\w-][\w.-]*\.csv$/.test(name)) {
    throw new Error(
      `saveCsv needs a plain file name such as "groups.csv", got ${JSON.stringify(name)}`,
    );
  }
  const file = join(process.env.CURRICULUM_LOGS_OUT ?? OUT_DIR, name);
  replaceFile(file, withoutFormulas(frame).writeCSV() as unknown as string);
  return relative(process.cwd(), file) || file;
}

const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function withoutFormulas(frame: pl.DataFrame): pl.DataFrame {
  const texts = frame.columns.filter((_, i) => String(frame.dtypes[i]) === String(pl.String));
  const guarded = texts.flatMap((name) => {
    const values = frame.getColumn(name).toArray() as (string | null)[];
    if (!values.some((value) => value !== null && FORMULA.test(value))) return [];
    const safe = values.map((value) =>
      value !== null && FORMULA.test(value) ? `'${value}` : value,
    );
    return [pl.Series(name, safe, pl.String)];
  });
  return guarded.length > 0 ? frame.withColumns(...guarded) : frame;
}
