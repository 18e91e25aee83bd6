import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { CURRICULUM_NAMES, DATA, NEITHER, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { rowReaders } from "./row-readers";

/** What each row of an access log is, as numbers of `CURRICULUM_NAMES`. */
export interface RowCurricula {
  /** Curriculum of the page; `NEITHER` where it is shared, unknown or not there. */
  page: Uint8Array;
  /** Curriculum in which the student is enrolled; `STAFF` or `NEITHER` for all others. */
  reader: Uint8Array;
}

/**
 * Looks up each row's page and student, in the order of rows.
 *
 * @param caller name of the public function, for the message
 * @param curricula as `pageCurricula` gives them; a path that it lacks is of neither
 * @throws {Error} if `curricula` lacks a column or has a path twice
 */
export function rowCurricula(
  caller: string,
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
): RowCurricula {
  requireColumns(caller, curricula, "path", "curriculum");
  const paths = curricula.getColumn("path").toArray() as (string | null)[];
  const names = curricula.getColumn("curriculum").toArray() as (string | null)[];
  const curriculumOf = new Map(
    paths.map((path, i) => [path, Math.max(NEITHER, CURRICULUM_NAMES.indexOf(names[i] ?? ""))]),
  );
  if (curriculumOf.size < paths.length) {
    throw new Error(`${caller} needs each path once in the curricula; some are there twice`);
  }
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const known = (values.toArray() as string[]).map((path) => curriculumOf.get(path) ?? NEITHER);
  const page = new Uint8Array(codes.length);
  for (let row = 0; row < page.length; row++) page[row] = known[codes[row]!] ?? NEITHER;
  return { page, reader: rowReaders(accessLog) };
}

/** A student's request for a page of the own program's curriculum. */
export const OWN = 1;
/** A student's request for a page of the other program's curriculum. */
export const CROSS = 2;

/** What each row is: `OWN`, `CROSS`, or 0 for all others. */
export function readingKinds({ page, reader }: RowCurricula): Int32Array {
  const kinds = new Int32Array(page.length);
  for (let row = 0; row < kinds.length; row++) {
    if (page[row] === NEITHER || (reader[row] !== WEB && reader[row] !== DATA)) continue;
    kinds[row] = page[row] === reader[row] ? OWN : CROSS;
  }
  return kinds;
}
