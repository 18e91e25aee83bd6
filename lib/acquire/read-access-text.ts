import type pl from "nodejs-polars";
import { shownPath } from "../keep/shown-text";
import { AccessRows } from "./access-rows";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";

/**
 * Reads `anonymized-curriculum-access*.txt`: no header, and in each line
 * `date time path user_id cohort_id ip`, split by single spaces. A missing path or
 * cohort is an empty field: two spaces in a row. Quotes mean nothing here.
 *
 * @returns table `logs`, by date and time
 * @throws {DataFileError} as `readRows`
 */
export async function readAccessText(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { logs: pl.DataFrame }> {
  const { logs, read } = await collectAccessText(path, options);
  return { ...read, logs: logs.toFrame() };
}

/** `readAccessText` up to the table: the rows as they are collected. */
export async function collectAccessText(
  path: string,
  options?: ReadRowsOptions,
): Promise<{ read: RowsRead; logs: AccessRows }> {
  const logs = new AccessRows();
  const read = await readRows(
    path,
    { separator: " ", quotes: false },
    ACCESS_FIELDS,
    accessFieldReader(logs),
    options,
  );
  read.notes.push(...logs.notes(shownPath(path)));
  return { read, logs };
}
