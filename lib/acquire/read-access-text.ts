import { shownPath } from "../keep/shown-text";
import { AccessRows } from "./access-rows";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";

/**
 * Reads `anonymized-curriculum-access*.txt`: no header, and in each line
 * `date time path user_id cohort_id ip`, split by single spaces. A missing path or
 * cohort is an empty field: two spaces in a row. Quotes mean nothing here.
 *
 * @throws {DataFileError} as `readRows`
 */
export async function readAccessText(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { logs: AccessRows }> {
  const logs = new AccessRows();
  const format = { separator: " ", quotes: false } as const;
  const read = await readRows(path, format, ACCESS_FIELDS, accessFieldReader(logs), options);
  return { ...read, notes: [...read.notes, ...logs.notes(shownPath(path))], logs };
}
