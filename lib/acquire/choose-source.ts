import { resolve } from "node:path";
import type { Cacheable } from "../keep/cache";
import type { CacheKey } from "../keep/cache-manifest";
import { codeVersion } from "../keep/code-version";
import { type DatabaseNames, problemInNames } from "../keep/database-names";
import {
  type CheckedSettings,
  type MysqlSettings,
  ON_BAD_ROWS,
  readSettings,
  SettingsError,
  SOURCES,
  type Source,
  WHERE_TO_SET,
} from "../keep/settings";
import { shownPath, shownText } from "../keep/shown-text";
import type { Notice } from "../tell/notice";
import { FULL_SIZE } from "../twin/frozen";
import { sampleLogs } from "../twin/sample-logs";
import { DataFileError } from "./data-file-error";
import { type DataFiles, findDataFiles } from "./find-data-files";
import { queryLogs } from "./mysql/query-logs";
import { fingerprint, namedDataFiles, readDataFiles } from "./read-data-files";
import type { ReadRowsOptions } from "./read-rows";

export interface SourceOptions extends ReadRowsOptions {
  /** Where to read (see `acquireLogs`). */
  source?: Source;
  /** The access log's file in either shape, gzip or not; implies source `files`. */
  logsPath?: string;
  /** `cohorts.csv` beside `logsPath` if not given. */
  cohortsPath?: string;
  /** Tables and columns by the database's own names: `{ logs: "access", user_id: "student" }`. */
  names?: DatabaseNames;
  /** Of the sample (1). */
  seed?: number;
  /** Of the sample (900,223). */
  rows?: number;
  /** Further stories of each kind in the sample (0). */
  anomalies?: number;
}

export interface Plan extends CacheKey {
  source: Source;
  title: string;
  read: () => Cacheable | Promise<Cacheable>;
  notes: string[];
}

export async function chooseSource(
  options: SourceOptions,
  dataDir: string,
  warn: Notice,
): Promise<Plan> {
  const settings = readSettings();
  const { logsPath, cohortsPath } = options;
  checkOption("source", options.source, SOURCES);
  checkOption("onBadRows", options.onBadRows, ON_BAD_ROWS);
  if (cohortsPath !== undefined && logsPath === undefined) {
    throw new SettingsError("acquireLogs got cohortsPath without logsPath: name both files.");
  }
  if (logsPath !== undefined && (options.source ?? "files") !== "files") {
    throw new SettingsError(
      `acquireLogs got logsPath and source "${options.source}": a file is read with source "files".`,
    );
  }
  const source = options.source ?? (logsPath === undefined ? settings.source : "files");
  if (source === "mysql" || (source === undefined && settings.mysql)) {
    return mysqlPlan(settings, options.names, warn);
  }
  const files = source === "sample" ? undefined : await dataFiles(options, dataDir);
  if (source === "files" && !files) {
    throw DataFileError.ofFile(
      dataDir,
      "has no access log",
      "Put anonymized-curriculum-access.txt and cohorts.csv there, or curriculum_logs.csv, or name a file with logsPath.",
    );
  }
  const plan = files ? await filesPlan(files, options, settings) : samplePlan(options, settings);
  // someone who set one half of it will want to know
  if (source === undefined && settings.missing.length === 1) {
    plan.notes.push(`MySQL was passed over: it also needs ${settings.missing.join()}.`);
  }
  return plan;
}

function checkOption(name: string, value: string | undefined, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value)) return;
  throw new SettingsError(
    `acquireLogs needs ${name} to be one of ${choices.join(", ")}; found ${shownText(value)}.`,
  );
}

function mysqlPlan(
  { mysql: found, missing }: CheckedSettings,
  given: DatabaseNames | undefined,
  warn: Notice,
): Plan {
  if (!found) throw new SettingsError(`MySQL needs ${missing.join(" and ")}. ${WHERE_TO_SET}.`);
  const names = given ?? found.names;
  const problem = problemInNames(names);
  if (problem) throw new SettingsError(`acquireLogs got names that cannot be used: ${problem}.`);
  const mysql = { ...found, names };
  const place = mysqlPlace(mysql);
  const parameters = { place, user: mysql.user, names: JSON.stringify(names) };
  return {
    source: "mysql",
    title: place,
    parameters,
    fingerprint: {},
    read: () => queryLogs(mysql, place, { notice: warn }),
    notes: [],
  };
}

/** What messages call a database: without user and password. */
export function mysqlPlace({ socket, host, port, database }: MysqlSettings): string {
  return `MySQL ${socket ?? `${host}:${port}`}, database ${database}`;
}

async function dataFiles(
  { logsPath, cohortsPath }: SourceOptions,
  dataDir: string,
): Promise<DataFiles | undefined> {
  if (logsPath === undefined) return findDataFiles(resolve(dataDir));
  return namedDataFiles(resolve(logsPath), cohortsPath && resolve(cohortsPath));
}

async function filesPlan(
  files: DataFiles,
  options: SourceOptions,
  settings: CheckedSettings,
): Promise<Plan> {
  const { logsPath, cohortsPath = "" } = files;
  const onBadRows = options.onBadRows ?? settings.onBadRows;
  return {
    source: "files",
    title: shownPath(logsPath),
    parameters: { logsPath, cohortsPath },
    fingerprint: await fingerprint(files),
    read: () => readDataFiles(files, { ...options, onBadRows }),
    notes: files.notes,
  };
}

function samplePlan(options: SourceOptions, settings: CheckedSettings): Plan {
  const seed = options.seed ?? settings.seed ?? 1;
  const rows = options.rows ?? settings.rows ?? FULL_SIZE;
  const anomalies = options.anomalies ?? settings.anomalies ?? 0;
  const parameters = { seed, rows, anomalies };
  return {
    source: "sample",
    title: `the sample, seed ${seed}`,
    parameters,
    fingerprint: codeVersion("twin"),
    read: () => ({ tables: { ...sampleLogs(parameters) }, notes: [] }),
    notes: [],
  };
}
