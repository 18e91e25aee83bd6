import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type pl from "nodejs-polars";
import { readSettings } from "../keep/settings";
import { shownPath } from "../keep/shown-text";
import { type Notice, printNotice, warningsBy } from "../tell/notice";
import { tellRun } from "../tell/tell-run";
import { sampleUsage } from "../twin/sample-usage";
import { counted } from "../words/format-words";
import { readUsageCsv } from "./read-usage-csv";

export interface AcquireUsageOptions {
  /** The usage file; `user_api_data.csv` in `data/` where not given, else the sample. */
  path?: string;
  /** Seed of the sample: the same seed gives the same rows. 1 where not given. */
  seed?: number;
  /** Folder where the file is looked for; that of the settings, `data/`, where not given. */
  dataDir?: string;
  /** Takes the lines about what was read; prints them where not given. */
  notice?: Notice;
}

/**
 * How often each user called each API on each day: the user-grouping case's input.
 *
 * @returns `usage`, by its first three columns: `dt` (Date), `user_id` (Int64), `type`
 *   (String: which API), `api_count` (Int64: calls that day). Days without calls have no row.
 * @throws {DataFileError} where the file is not as it should be, or one named is missing
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
  const { usage, notes } = isSample
    ? { usage: sampleUsage({ seed }), notes: [] }
    : await readUsageCsv(resolve(file));
  const title = isSample ? `the sample, seed ${seed}` : shownPath(resolve(file));
  const what = `API usage: ${counted(usage.height, "row")} from ${title}.`;
  notice(what);
  tellRun(what);
  for (const note of notes) warningsBy(notice)(note);
  return { usage, source: isSample ? "sample" : "files" };
}
