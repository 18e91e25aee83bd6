import { resolve } from "node:path";
import type pl from "nodejs-polars";
import { type Cacheable, type Cached, type CacheKey, throughCache } from "../keep/cache";
import { codeVersion } from "../keep/code-version";
import { type DatabaseNames, problemInNames } from "../keep/database-names";
import {
  type CheckedSettings,
  type MysqlSettings,
  ON_BAD_ROWS,
  READ_SINCE,
  readSettings,
  SettingsError,
  SOURCES,
  type Source,
  WHERE_TO_SET,
} from "../keep/settings";
import { shownPath, shownText } from "../keep/shown-text";
import { hash } from "../keep/source-code";
import { type Notice, printNotice, warningsBy } from "../tell/notice";
import { tellRun } from "../tell/tell-run";
import { FULL_SIZE } from "../twin/frozen";
import { sampleLogs } from "../twin/sample-logs";
import { counted, formatCount } from "../words/format-words";
import { DataFileError } from "./data-file-error";
import { type DataFiles, findDataFiles } from "./find-data-files";
import { queryLogs } from "./mysql/query-logs";
import { fingerprint, namedDataFiles, readDataFiles } from "./read-data-files";
import type { ReadRowsOptions } from "./read-rows";

export interface AcquireLogsOptions extends ReadRowsOptions {
  /** Where to read; found out where not given (see `acquireLogs`). */
  source?: Source;
  /** The access log's file, in either shape, gzip or not; implies source `files`. */
  logsPath?: string;
  /** The cohorts' file, where it is not `cohorts.csv` beside `logsPath`. */
  cohortsPath?: string;
  /** Tables and columns of the database that it calls otherwise, as `{ logs: "access", user_id: "student" }`; those of the settings where not given. */
  names?: DatabaseNames;
  /** Reads or makes the tables anew even where the cache has them. */
  refresh?: boolean;
  /** Seed of the sample: the same seed gives the same rows. 1 where not given. */
  seed?: number;
  /** Rows of the sample. 900,223 where not given. */
  rows?: number;
  /** How many further stories of each kind are planted in the sample. None where not given. */
  anomalies?: number;
  /** Folder where files are looked for, and whose `cache/` is used; that of the settings, `data/`, where not given. */
  dataDir?: string;
  /** Takes the lines about what was read; prints them where not given. */
  notice?: Notice;
}

export interface AcquiredLogs {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  source: Source;
  /** Where the tables are from and how old they are, in words; names in it may be strangers'. */
  origin: string;
  /** When they were read, or made. */
  readAt: Date;
  /** What is odd about them, a line each; names and values in it may be strangers'. */
  warnings: string[];
  /** Changes whenever the tables may have: for what is computed from them and kept. */
  version: string;
  /** Of the sample, what is planted in it (see `sampleLogs`); undefined of other sources. */
  truth?: pl.DataFrame;
  /** Why the tables could not be kept in the cache, if that is so. */
  notKept?: string;
}

const SAMPLE_SEED = 1;

/** A source that has been settled on: what to call it, what it is kept under, and how it is read. */
interface Plan {
  source: Source;
  title: string;
  key: CacheKey;
  read: () => Cacheable | Promise<Cacheable>;
  notes: string[];
}

/**
 * The raw access log and its cohorts, from wherever they are: MySQL, files, or the
 * sample. With no `source`: `CURRICULUM_LOGS_SOURCE` where set, else MySQL when
 * configured, else files found in `data/`, else the sample. What was read is kept in
 * `data/cache/` and comes from there the next time, until files or code have changed;
 * MySQL is read again with `refresh` only. Notices say what was read, and what was odd.
 *
 * @returns `logs`, by date and time: `date` (Date), `time` (Time), `path` (String, null
 *   where there was none), `user_id`, `cohort_id` (Int64, null where there was none),
 *   `ip` (String). `cohorts`, by id: `id` (Int64), `name`, `slack` (String),
 *   `start_date`, `end_date` (Date), `created_at`, `updated_at`, `deleted_at` (Datetime
 *   ms), `program_id` (Int64). Rows of `logs` whose cohort has no row are kept. `source`
 *   is the one that was used, `origin` says so in words, `readAt` is when it was read and `warnings` what
 *   is odd about it; `version` changes whenever the tables may have; with the sample comes
 *   `truth`, what is planted in it.
 * @throws {DataFileError} where a file is missing or not as it should be
 * @throws {SettingsError} where a setting is missing or wrong
 * @example
 * const { logs, cohorts } = await acquireLogs({ source: "sample", rows: 10_000 });
 */
export async function acquireLogs(options: AcquireLogsOptions = {}): Promise<AcquiredLogs> {
  const { dataDir = readSettings().dataDir, notice = printNotice, refresh } = options;
  const warnings: string[] = [];
  const say = warningsBy(notice);
  const warn: Notice = (line) => {
    warnings.push(line);
    say(line);
  };
  const plan = await choose(options, dataDir, warn);
  const read = await throughCache(plan.key, plan.read, {
    dir: resolve(dataDir, "cache"),
    refresh,
    since: process.env[READ_SINCE] ? new Date(process.env[READ_SINCE]) : undefined,
    notice,
    warn,
  });
  const { logs, cohorts, truth } = read.tables as Pick<AcquiredLogs, "logs" | "cohorts" | "truth">;

  const cached =
    plan.source === "mysql"
      ? `cached, read ${minute(read.made)}; refresh: true reads again`
      : "cached";
  const how = read.isFromCache ? ` (${cached})` : "";
  const what = `Access log: ${counted(logs.height, "row")} and ${counted(cohorts.height, "cohort")} from ${plan.title}`;
  notice(`${what}${how}.`);
  tellRun(`${what}${age(plan.source, read, "; --refresh reads again")}.`, { key: what });
  for (const note of [...plan.notes, ...read.notes]) warn(note);
  sayUnknownCohorts(logs, cohorts, warn);
  // A database may change at any time: what counts is when it was read.
  const asOf = plan.source === "mysql" ? read.made.toISOString() : "";
  const version = hash(JSON.stringify([plan.key, asOf, read.notes, logs.height]));
  const { notKept } = read;
  return {
    ...{ logs, cohorts, source: plan.source, version, warnings, readAt: read.made },
    origin: plan.title + age(plan.source, read),
    ...(truth && { truth }),
    ...(notKept && { notKept }),
  };
}

/** How old tables are, in words. A database is not asked as long as the cache has its tables. */
function age(source: Source, { made, isFromCache }: Cached, advice = ""): string {
  if (source === "sample") return isFromCache ? " (cached)" : "";
  const read = `read on ${minute(made)}`;
  if (!isFromCache) return ` (${read})`;
  return source === "mysql"
    ? ` (cached, ${read}; the server was not asked${advice})`
    : ` (cached, ${read} and not changed since)`;
}

function minute(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

async function choose(options: AcquireLogsOptions, dataDir: string, warn: Notice): Promise<Plan> {
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
  const plan = await withoutDatabase(source, options, settings, dataDir);
  // someone who set one half of it will want to know
  if (source === undefined && settings.missing.length === 1) {
    plan.notes.push(`MySQL was passed over: it also needs ${settings.missing.join()}.`);
  }
  return plan;
}

async function withoutDatabase(
  source: Source | undefined,
  options: AcquireLogsOptions,
  settings: CheckedSettings,
  dataDir: string,
): Promise<Plan> {
  const files = source === "sample" ? undefined : await dataFiles(options, dataDir);
  if (files) return filesPlan(files, options, settings);
  if (source === "files") {
    throw DataFileError.ofFile(
      dataDir,
      "has no access log",
      "Put anonymized-curriculum-access.txt and cohorts.csv there, or curriculum_logs.csv, or name a file with logsPath.",
    );
  }
  return samplePlan(options, settings);
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
  if (!found) {
    throw new SettingsError(`MySQL needs ${missing.join(" and ")}. ${WHERE_TO_SET}.`);
  }
  const names = given ?? found.names;
  const problem = problemInNames(names);
  if (problem) throw new SettingsError(`acquireLogs got names that cannot be used: ${problem}.`);
  const mysql = { ...found, names };
  const place = mysqlPlace(mysql);
  return {
    source: "mysql",
    title: place,
    key: {
      source: "mysql",
      parameters: { place, user: mysql.user, names: JSON.stringify(names) },
      fingerprint: {},
    },
    read: () => queryLogs(mysql, place, { notice: warn }),
    notes: [],
  };
}

/** What a database is called in messages; who may read it and how is nobody's business. */
export function mysqlPlace({ socket, host, port, database }: MysqlSettings): string {
  return `MySQL ${socket ?? `${host}:${port}`}, database ${database}`;
}

async function dataFiles(
  { logsPath, cohortsPath }: AcquireLogsOptions,
  dataDir: string,
): Promise<DataFiles | undefined> {
  if (logsPath === undefined) return findDataFiles(resolve(dataDir));
  return namedDataFiles(resolve(logsPath), cohortsPath && resolve(cohortsPath));
}

async function filesPlan(
  files: DataFiles,
  options: AcquireLogsOptions,
  settings: CheckedSettings,
): Promise<Plan> {
  const { logsPath, cohortsPath = "" } = files;
  return {
    source: "files",
    title: shownPath(logsPath),
    key: {
      source: "files",
      parameters: { logsPath, cohortsPath },
      fingerprint: await fingerprint(files),
    },
    read: () =>
      readDataFiles(files, { ...options, onBadRows: options.onBadRows ?? settings.onBadRows }),
    notes: files.notes,
  };
}

function samplePlan(options: AcquireLogsOptions, settings: CheckedSettings): Plan {
  const seed = options.seed ?? settings.seed ?? SAMPLE_SEED;
  const rows = options.rows ?? settings.rows ?? FULL_SIZE;
  const anomalies = options.anomalies ?? settings.anomalies ?? 0;
  return {
    source: "sample",
    title: `the sample, seed ${seed}`,
    key: {
      source: "sample",
      parameters: { seed, rows, anomalies },
      fingerprint: codeVersion("twin"),
    },
    read: () => ({ tables: { ...sampleLogs({ seed, rows, anomalies }) }, notes: [] }),
    notes: [],
  };
}

/** Rows whose cohort is in no row of `cohorts` stay, with nothing known about it: that is said. */
function sayUnknownCohorts(logs: pl.DataFrame, cohorts: pl.DataFrame, warn: Notice): void {
  const unknown = logs
    .select("cohort_id")
    .dropNulls()
    .join(cohorts.select("id"), { leftOn: "cohort_id", rightOn: "id", how: "anti" })
    .getColumn("cohort_id");
  if (unknown.length === 0) return;
  const ids = (unknown.unique().sort().toArray() as number[]).map(String);
  const shown = ids.length > 5 ? [...ids.slice(0, 5), "…"] : ids;
  warn(
    `${counted(unknown.length, "row")} of ${formatCount(ids.length)} unknown ${ids.length === 1 ? "cohort" : "cohorts"} (${shown.join(", ")}) kept, without name, dates or program.`,
  );
}
