import { existsSync, rmdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { makeFolder } from "../keep/own-folder";
import { ReplacedFile, replaceFile, sweepUnfinished } from "../keep/replaced-file";
import { shownPath } from "../keep/shown-text";
import { writeProblem } from "../keep/write-error";
import { requireInteger } from "../stats/require-option";
import { formatNumber } from "../words/format-words";
import { cohortsCsv } from "./cohorts";
import { type FrozenLog, FULL_SIZE, frozenLog, USER_COUNT } from "./frozen";
import { logLines } from "./log-lines";
import { blockContents, sampleDays } from "./sample-days";
import { sampleBlocks } from "./sample-rows";

export interface SampleFiles {
  rows?: number;
  seed?: number;
  /** Folder for the two files; made if missing. */
  to: string;
}

export interface WriteSampleOptions {
  /** Takes the rows made so far, and the rows written. */
  onProgress?: (made: number, written: number) => void;
  /** Ends the work within seconds. */
  signal?: AbortSignal;
}

export interface WrittenSample {
  logsPath: string;
  cohortsPath: string;
  bytes: number;
}

/** The sample cannot be written where it was asked for; the message says why. */
export class SampleWriteError extends Error {
  override name = "SampleWriteError";
}

/** Some 32 GB of text. */
export const MOST_ROWS_WRITTEN = 500_000_000;

const LOG_FILE = "anonymized-curriculum-access.txt";
const COHORTS_FILE = "cohorts.csv";

/**
 * Writes a sample of any size as files that `acquireLogs` reads: the log as text, with the rows of
 * `sampleLogs` in the same order, and the published cohorts. Rows are made day by day: memory grows
 * by a megabyte for each 900,223. Only the owner may read the files.
 *
 * @throws {RangeError} if `rows` is not an integer from 1 to 500,000,000, or `seed` not an integer
 * @throws {SampleWriteError} if a file is there already, or the disk lacks room or refuses
 * @throws the signal's reason, once it is aborted; nothing is left behind
 */
export async function writeSample(
  { rows = FULL_SIZE, seed = 1, to }: SampleFiles,
  options: WriteSampleOptions = {},
): Promise<WrittenSample> {
  requireInteger("writeSample", { rows }, { atLeast: 1, atMost: MOST_ROWS_WRITTEN });
  requireInteger("writeSample", { seed }, {});
  const folder = resolve(to);
  const logsPath = join(folder, LOG_FILE);
  const cohortsPath = join(folder, COHORTS_FILE);
  refuseTaken([logsPath, cohortsPath]);
  const job = { frozen: frozenLog(), rows, seed };
  let firstMade: string | undefined;
  let log: ReplacedFile | undefined;
  try {
    firstMade = makeFolder(folder);
    sweepUnfinished(folder);
    checkRoom(folder, rows);
    log = new ReplacedFile(logsPath);
    await writeLog(log, job, options);
    refuseTaken([logsPath, cohortsPath]);
    replaceFile(cohortsPath, cohortsCsv(job.frozen));
    try {
      log.keep();
    } catch (error) {
      rmSync(cohortsPath, { force: true });
      throw error;
    }
    return { logsPath, cohortsPath, bytes: statSync(logsPath).size };
  } catch (error) {
    throw inOneLine(folder, error);
  } finally {
    log?.discard();
    if (firstMade !== undefined) removeEmpty(folder, dirname(firstMade));
  }
}

function refuseTaken(paths: string[]): void {
  const taken = paths.find((path) => existsSync(path));
  if (taken === undefined) return;
  throw new SampleWriteError(
    `${shownPath(taken)} is there already. Remove it, or choose another folder.`,
  );
}

/** Removes `folder` and the folders it is in, up to `end`, as far as they are empty. */
function removeEmpty(folder: string, end: string): void {
  try {
    for (let each = folder; each !== end; each = dirname(each)) rmdirSync(each);
  } catch {
    // something is in it
  }
}

/** Rows between two calls of `onProgress`. */
const TELLING = 1_000_000;

interface LogJob {
  frozen: FrozenLog;
  rows: number;
  seed: number;
}

async function writeLog(
  log: ReplacedFile,
  { frozen, rows, seed }: LogJob,
  { onProgress = () => {}, signal }: WriteSampleOptions,
): Promise<void> {
  const tell = async (made: number, written: number) => {
    onProgress(made, written);
    await nextTurn(); // lets a signal of the system arrive
    signal?.throwIfAborted();
  };
  const blocks = [];
  let made = 0;
  for (const block of sampleBlocks(rows, seed)) {
    blocks.push(blockContents(frozen, block));
    made += block.rows;
    await tell(made, 0);
  }
  const writeLines = logLines({ ...frozen, users: blocks.length * USER_COUNT });
  let [written, told] = [0, 0];
  for (const day of sampleDays(frozen, blocks)) {
    writeLines(log.file, day);
    written += day.day.length;
    if (written - told < TELLING && written < rows) continue;
    told = written;
    await tell(rows, written);
  }
}

/** Mean of a line of the log without the user's id, rounded up. */
const LINE_BYTES = 60.6;

function checkRoom(folder: string, rows: number): void {
  const digits = String(Math.ceil(rows / FULL_SIZE) * USER_COUNT).length;
  const needed = (LINE_BYTES + digits) * rows;
  const free = freeBytes(folder);
  if (free >= needed) return;
  throw new SampleWriteError(
    `${shownPath(folder)} has too little room: the sample takes about ${megabytes(needed)}, and ${megabytes(free)} are free. Choose fewer rows, or another folder.`,
  );
}

/** Infinity where the system does not say. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export function megabytes(bytes: number): string {
  return `${formatNumber(bytes / 1_000_000, bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** The system's error as one that names the folder and says what to do. */
function inOneLine(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  return new SampleWriteError(writeProblem(folder, error as NodeJS.ErrnoException));
}
