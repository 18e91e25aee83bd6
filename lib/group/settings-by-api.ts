import type pl from "nodejs-polars";
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
  requireColumns(caller, settings, "type", "eps", "min_samples");
  const found = new Map<string, DbscanOptions>();
  for (const row of settings.select("type", "eps", "min_samples").toRecords()) {
    if (row.type === null || row.eps === null || row.min_samples === null) continue;
    const api = String(row.type);
    const own = { eps: Number(row.eps), minSamples: Number(row.min_samples) };
    requireDbscanOptions(caller, own);
    if (found.has(api)) {
      throw new Error(`${caller} needs one setting per API; ${JSON.stringify(api)} has several`);
    }
    found.set(api, own);
  }
  return found;
}
