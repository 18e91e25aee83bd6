import type pl from "nodejs-polars";
import { EPS, MIN_SAMPLES, TYPE } from "../log/columns";
import { requireColumns } from "../log/require-columns";
import { type DbscanOptions, requireDbscanOptions } from "../stats/dbscan";

/**
 * DBSCAN's settings per API, from a frame with one row per API.
 *
 * @param settings `type`, `eps`, `min_samples`; APIs without a row, or with nulls, have none
 * @throws {RangeError} if a setting is none
 * @throws {Error} if a column is missing or of another type, or an API has two rows
 */
export function settingsByApi(caller: string, settings: pl.DataFrame): Map<string, DbscanOptions> {
  requireColumns(caller, settings, {
    [TYPE]: "String",
    [EPS]: "number",
    [MIN_SAMPLES]: "integer",
  });
  const found = new Map<string, DbscanOptions>();
  for (const row of settings.select(TYPE, EPS, MIN_SAMPLES).toRecords()) {
    if (row[TYPE] === null || row[EPS] === null || row[MIN_SAMPLES] === null) continue;
    const api = String(row[TYPE]);
    const own = { eps: Number(row[EPS]), minSamples: Number(row[MIN_SAMPLES]) };
    requireDbscanOptions(caller, own);
    if (found.has(api)) {
      throw new Error(`${caller} needs one setting per API; ${JSON.stringify(api)} has several`);
    }
    found.set(api, own);
  }
  return found;
}
