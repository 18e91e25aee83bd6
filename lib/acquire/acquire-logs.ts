import { resolve } from "node:path";
import type pl from "nodejs-polars";
import { type Cached, throughCache } from "../keep/cache";
import { READ_SINCE, readSettings, type Source } from "../keep/settings";
import { hash } from "../keep/source-code";
import { type Notice, printNotice, warningsBy } from "../tell/notice";
import { tellFile, tellRun } from "../tell/tell-run";
import { counted, formatCount } from "../words/format-words";
import { chooseSource, type SourceOptions } from "./choose-source";

export interface AcquireLogsOptions extends SourceOptions {
  /** Ignores the cache. */
  refresh?: boolean;
  /** Folder of the files and of `cache/` (the settings' `data/`). */
  dataDir?: string;
  notice?: Notice;
}

export interface AcquiredLogs {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  source: Source;
  /** Where the tables are from and how old they are. */
  origin: string;
  readAt: Date;
  warnings: string[];
  /** Changes when the tables may have. */
  version: string;
  /** What is planted in the sample (see `sampleLogs`). */
  truth?: pl.DataFrame;
  notKept?: string;
}

/**
 * The raw access log and its cohorts from MySQL, files or the sample. Without `source`:
 * `CURRICULUM_LOGS_SOURCE`, else MySQL if configured, else files in `data/`, else the sample. Kept
 * in `data/cache/` until files or code change; MySQL is read again with `refresh` only.
 *
 * @returns `logs` by date and time: `date`, `time`, `path` and `cohort_id` (null where missing),
 *   `user_id`, `ip`; `cohorts` by `id`: `name`, `slack`, `start_date`, `end_date`, `created_at`,
 *   `updated_at`, `deleted_at`, `program_id`. Cohorts in `logs` may lack a row there.
 * @throws {DataFileError} for a missing or bad file
 * @throws {SettingsError} for a missing or wrong setting
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
  const { title, notes, read: make, ...key } = await chooseSource(options, dataDir, warn);
  const { source } = key;
  const isMysql = source === "mysql";
  const read = await throughCache(key, make, {
    dir: resolve(dataDir, "cache"),
    refresh,
    since: process.env[READ_SINCE] ? new Date(process.env[READ_SINCE]) : undefined,
    notice,
    warn,
  });
  const { logs, cohorts, truth } = read.tables as Pick<AcquiredLogs, "logs" | "cohorts" | "truth">;

  const cached = isMysql
    ? ` (cached, read ${minute(read.made)}; refresh: true reads again)`
    : " (cached)";
  const what = `Access log: ${counted(logs.height, "row")} and ${counted(cohorts.height, "cohort")} from ${title}`;
  notice(`${what}${read.isFromCache ? cached : ""}.`);
  tellRun(`${what}${age(source, read, "; --refresh reads again")}.`, { key: what });
  // A server may have other rows at any time, and lines set aside are written by each reading.
  if (isMysql || read.isKept === false) tellFile(title, null);
  for (const [path, sha256] of Object.entries(source === "files" ? key.fingerprint : {})) {
    tellFile(path, sha256);
  }
  for (const note of [...notes, ...read.notes]) warn(note);
  sayUnknownCohorts(logs, cohorts, warn);
  // a database may change at any time: what counts is when it was read
  const asOf = isMysql ? read.made.toISOString() : "";
  const { notKept } = read;
  return {
    ...{ logs, cohorts, source, warnings, readAt: read.made },
    origin: title + age(source, read),
    version: hash(JSON.stringify([key, asOf, read.notes, logs.height])),
    ...(truth && { truth }),
    ...(notKept && { notKept }),
  };
}

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

/** Such rows are kept. */
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
