import { resolve } from "node:path";
import type pl from "nodejs-polars";
import { type Cached, throughCache } from "../keep/cache";
import { READ_SINCE, readSettings, type Source } from "../keep/settings";
import { hash } from "../keep/source-code";
import { type Notice, printNotice, warningsBy } from "../tell/notice";
import { tellRun } from "../tell/tell-run";
import { counted, formatCount } from "../words/format-words";
import { chooseSource, type SourceOptions } from "./choose-source";

export interface AcquireLogsOptions extends SourceOptions {
  /** Reads or makes the tables anew even where the cache has them. */
  refresh?: boolean;
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

/**
 * The raw access log and its cohorts, from wherever they are: MySQL, files, or the
 * sample. With no `source`: `CURRICULUM_LOGS_SOURCE` where set, else MySQL when
 * configured, else files found in `data/`, else the sample. What was read is kept in
 * `data/cache/` and comes from there the next time, until files or code have changed;
 * MySQL is read again with `refresh` only. Notices say what was read, and what was odd.
 *
 * @returns `logs`, by date and time: `date`, `time`, `path` (null where there was none),
 *   `user_id`, `cohort_id` (null where there was none), `ip`. `cohorts`, by id: `id`, `name`,
 *   `slack`, `start_date`, `end_date`, `created_at`, `updated_at`, `deleted_at`, `program_id`.
 *   Rows of `logs` whose cohort has no row are kept.
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
