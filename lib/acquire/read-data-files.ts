import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Cacheable } from "../keep/cache";
import { resultsDir } from "../keep/paths";
import { cohortsFrame } from "./cohort-rows";
import { type DataFiles, missingCohorts } from "./find-data-files";
import { openDataFile } from "./open-data-file";
import { readAccessText } from "./read-access-text";
import { readCohortsCsv } from "./read-cohorts-csv";
import { JOINED_FIELDS, readJoinedCsv } from "./read-joined-csv";
import type { ReadRowsOptions } from "./read-rows";

/** The files a user names: cohorts are looked for beside a text file. */
export async function namedDataFiles(logsPath: string, cohortsPath?: string): Promise<DataFiles> {
  if (await isJoined(logsPath)) return { logsPath, cohortsPath, notes: [] };
  const beside = cohortsPath ?? join(dirname(logsPath), "cohorts.csv");
  if (!existsSync(beside)) throw missingCohorts(logsPath, beside);
  return { logsPath, cohortsPath: beside, notes: [] };
}

/** Reads files of either shape. Tables with lines set aside are not kept: each reading says so. */
export async function readDataFiles(
  { logsPath, cohortsPath }: DataFiles,
  options: ReadRowsOptions,
): Promise<Cacheable> {
  const table = cohortsPath
    ? await readCohortsCsv(cohortsPath, cohortsOptions(logsPath, cohortsPath, options))
    : undefined;
  const isText = table !== undefined && !(await isJoined(logsPath));
  const log = isText
    ? { ...(await readAccessText(logsPath, options)), cohorts: [] }
    : await readJoinedCsv(logsPath, options);
  return {
    tables: { logs: log.logs.toFrame(), cohorts: cohortsFrame(table?.cohorts ?? log.cohorts) },
    notes: [...(table?.notes ?? []), ...log.notes],
    isKept: (table?.badRows ?? 0) + log.badRows === 0,
  };
}

/** Bad lines of files with the same name do not overwrite each other. */
function cohortsOptions(
  logsPath: string,
  cohortsPath: string,
  options: ReadRowsOptions,
): ReadRowsOptions {
  const name = (path: string) => basename(path).replace(/\.gz$/, "");
  if (name(logsPath) !== name(cohortsPath)) return options;
  return { ...options, outDir: join(options.outDir ?? resultsDir(), "cohorts") };
}

export async function fingerprint(files: DataFiles): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of [files.logsPath, files.cohortsPath]) {
    if (path === undefined) continue;
    const digest = createHash("sha256");
    for await (const chunk of openDataFile(path, { asStored: true })) digest.update(chunk);
    found[path] = digest.digest("hex");
  }
  return found;
}

async function isJoined(path: string): Promise<boolean> {
  for await (const chunk of openDataFile(path)) {
    const [header = ""] = chunk.toString("utf8", 0, 1000).split("\n");
    return /\.csv(\.gz)?$/i.test(path) || header.replaceAll('"', "").includes(JOINED_FIELDS.join());
  }
  return false;
}
