import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { type DbscanOptions, requireDbscanOptions } from "../stats/dbscan";

export interface SettingsByApi {
  eps?: number;
  minSamples?: number;
  /** Settings per API instead, `type, eps, min_samples`, as `stablePlateau` gives them. */
  settings?: pl.DataFrame;
  seed?: number;
  features?: readonly string[];
}

/** DBSCAN's settings for an API; none where `settings` has no row for it, or nulls. */
export function settingsByApi(
  caller: string,
  { eps = 0.15, minSamples = 5, settings }: SettingsByApi,
): (api: string) => DbscanOptions | undefined {
  requireDbscanOptions(caller, { eps, minSamples });
  if (!settings) return () => ({ eps, minSamples });
  requireColumns(caller, settings, "type", "eps", "min_samples");
  const found = new Map<string, DbscanOptions>();
  for (const row of settings.select("type", "eps", "min_samples").dropNulls().toRecords()) {
    const api = String(row.type);
    const own = { eps: Number(row.eps), minSamples: Number(row.min_samples) };
    requireDbscanOptions(caller, own);
    if (found.has(api)) {
      throw new Error(`${caller} needs one setting per API; ${JSON.stringify(api)} has several`);
    }
    found.set(api, own);
  }
  return (api) => found.get(api);
}
