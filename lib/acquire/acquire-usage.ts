import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type pl from "nodejs-polars";
import { readSettings } from "../keep/settings";
import { shownPath } from "../keep/shown-text";
import { type Notice, printNotice, warningsBy } from "../tell/notice";
import { tellFile, tellRun } from "../tell/tell-run";
import { sampleUsage } from "../twin/sample-usage";
import { counted } from "../words/format-words";
import { fingerprint } from "./read-data-files";
import { readUsageCsv } from "./read-usage-csv";

export interface AcquireUsageOptions {
  /** `user_api_data.csv` in `data/` if not given, else the sample. */
  path?: string;
  /** Of the sample (1). */
  seed?: number;
  /** Where the file is looked for (the settings' `data/`). */
  dataDir?: string;
  notice?: Notice;
}

/**
 * How often each user called each API on each day: the input of the user-grouping case.
 *
 * @returns `usage`: `dt`, `user_id`, `type` (the API), `api_count`, by the first three. No row for
 *   days without calls.
 * @throws {DataFileError} for a bad file, or a missing one that was named
 */
export async function acquireUsage({
  path,
  seed = readSettings().seed ?? 1,
  dataDir = readSettings().dataDir,
  notice = printNotice,
}: AcquireUsageOptions = {}): Promise<{ usage: pl.DataFrame; source: "files" | "sample" }> {
  const usual = join(dataDir, "user_api_data.csv");
  const file = path ?? (existsSync(usual) ? usual : undefined);
  const isSample = file === undefined;
  const content = isSample ? {} : await fingerprint({ logsPath: resolve(file), notes: [] });
  const { usage, notes } = isSample
    ? { usage: sampleUsage({ seed }), notes: [] }
    : await readUsageCsv(resolve(file));
  const title = isSample ? `the sample, seed ${seed}` : shownPath(resolve(file));
  const what = `API usage: ${counted(usage.height, "row")} from ${title}.`;
  notice(what);
  tellRun(what);
  for (const [read, sha256] of Object.entries(content)) tellFile(read, sha256);
  for (const note of notes) warningsBy(notice)(note);
  return { usage, source: isSample ? "sample" : "files" };
}
