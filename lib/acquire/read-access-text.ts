import { shownPath } from "../keep/shown-text";
import { AccessRows } from "./access-rows";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";
import { takeUsualLines } from "./usual-lines";

/** Reads lines of `date time path user_id cohort_id ip`, split by single spaces, without quotes. */
export async function readAccessText(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { logs: AccessRows }> {
  const logs = new AccessRows();
  const format = { separator: " ", quotes: false } as const;
  const read = await readRows(path, format, ACCESS_FIELDS, accessFieldReader(logs), {
    ...options,
    takeUsual: (...part) => takeUsualLines(logs, ...part),
  });
  return { ...read, notes: [...read.notes, ...logs.notes(shownPath(path))], logs };
}
