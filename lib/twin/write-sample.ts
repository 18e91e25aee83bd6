import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { makeFolder } from "../keep/own-folder";
import { ReplacedFile, replaceFile, sweepUnfinished } from "../keep/replaced-file";
import { shownPath } from "../keep/shown-text";
import { writeProblem } from "../keep/write-error";
import { requireInteger } from "../log/require-option";
import { checkSeed } from "../stats/random";
import { formatNumber } from "../words/format-words";
import { blockRows, sampleBlocks } from "./blocks";
import { cohortsCsv } from "./cohorts";
import { dayRows, type FrozenLog, FULL_SIZE, frozenLog, USER_COUNT } from "./frozen";
import { type LineTexts, logLines, textBytes } from "./log-lines";
import type { RowColumns } from "./log-rows";
import { BYTES_PER_ROW, ROWS_PER_BUCKET, timeBuckets } from "./time-buckets";

export interface SampleFiles {
  /** How many rows; the whole log's number where not given. */
  rows?: number;
  /** An integer, 1 where not given. */
  seed?: number;
  /** Folder for the two files; made where it is not there. */
  to: string;
}

export interface WriteSampleOptions {
  /** Called as the work goes on: rows made so far, and rows written as text. */
  onProgress?: (made: number, written: number) => void;
  /** Ends the work at the next block or bucket, some seconds later at most. */
  signal?: AbortSignal;
}

export interface WrittenSample {
  logsPath: string;
  cohortsPath: string;
  /** Size of the log's file. */
  bytes: number;
}

/** The sample cannot be written where it was asked for; the message says why, in one line. */
export class SampleWriteError extends Error {
  override name = "SampleWriteError";
}

/** Some 32 GB of text; larger ones have not been tried. */
export const MOST_ROWS_WRITTEN = 500_000_000;

const LOG_FILE = "anonymized-curriculum-access.txt";
const COHORTS_FILE = "cohorts.csv";

/**
 * Writes a sample of any size as files that `acquireLogs` reads: the log as text, with the rows of
 * `sampleLogs` in the same order, and the published cohorts. Memory hardly grows with the rows: they
 * wait in files by stretch of time, which are put in order one by one. Both files are moved to their
 * place when whole, and only their owner may read them.
 *
 * @throws {RangeError} if `rows` is not an integer from 1 to 500,000,000, or `seed` is not an integer
 * @throws {SampleWriteError} if one of the two files is there already, the disk has too little room,
 *   or cannot be written
 * @throws the signal's reason, once it is aborted; nothing is left behind
 */
export async function writeSample(
  { rows = FULL_SIZE, seed = 1, to }: SampleFiles,
  { onProgress = () => {}, signal }: WriteSampleOptions = {},
): Promise<WrittenSample> {
  requireInteger("writeSample", { rows }, { atLeast: 1, atMost: MOST_ROWS_WRITTEN });
  checkSeed("writeSample", seed);
  const folder = resolve(to);
  const logsPath = join(folder, LOG_FILE);
  const cohortsPath = join(folder, COHORTS_FILE);
  refuseTaken([logsPath, cohortsPath]);
  const frozen = frozenLog();
  let work: WorkFolder | undefined;
  let log: ReplacedFile | undefined;
  try {
    work = workFolder(folder);
    sweepUnfinished(folder);
    log = await writeLog(logsPath, { frozen, rows, seed, work: work.path, onProgress, signal });
    refuseTaken([logsPath, cohortsPath]);
    replaceFile(cohortsPath, cohortsCsv(frozen));
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
    work?.remove();
  }
}

function refuseTaken(paths: string[]): void {
  const taken = paths.find((path) => existsSync(path));
  if (taken === undefined) return;
  throw new SampleWriteError(
    `${shownPath(taken)} is there already. Remove it, or choose another folder.`,
  );
}

/** A folder, and what removes it with all it holds and the folders made for it, if they are empty. */
type WorkFolder = { path: string; remove: () => void };

function workFolder(folder: string): WorkFolder {
  const firstMade = makeFolder(folder);
  const path = join(folder, `.unfinished-${randomBytes(8).toString("hex")}-rows`);
  const remove = () => {
    rmSync(path, { recursive: true, force: true });
    if (firstMade !== undefined) removeEmpty(folder, dirname(firstMade));
  };
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}

/** Removes `folder` and the folders it is in, up to `end`, as far as they are empty. */
function removeEmpty(folder: string, end: string): void {
  try {
    for (let each = folder; each !== end; each = dirname(each)) rmdirSync(each);
  } catch {
    // it has something in it: the sample, or what someone else put there
  }
}

interface LogJob extends Required<Pick<WriteSampleOptions, "onProgress">> {
  frozen: FrozenLog;
  rows: number;
  seed: number;
  /** Folder for the rows while they wait. */
  work: string;
  signal: AbortSignal | undefined;
}

/** The whole log, to be kept or discarded. */
async function writeLog(
  path: string,
  { frozen, rows, seed, work, onProgress, signal }: LogJob,
): Promise<ReplacedFile> {
  const pause = async () => {
    // lets a signal of the system arrive
    await nextTurn();
    signal?.throwIfAborted();
  };
  const blocks = sampleBlocks(rows, seed);
  const users = blocks.length * USER_COUNT;
  const texts = { ...frozen, users };
  const buckets = timeBuckets(work, rows, dayRows(frozen));
  let made = 0;
  for (const block of blocks) {
    const ofBlock = blockRows(frozen, block);
    if (made === 0) checkRoom(work, rows, ofBlock, texts);
    buckets.add(ofBlock);
    made += block.rows;
    onProgress(made, 0);
    await pause();
  }

  const writeLines = logLines(texts);
  const log = new ReplacedFile(path);
  try {
    let written = 0;
    for (let bucket = 0; bucket < buckets.count; bucket++) {
      const taken = buckets.take(bucket);
      writeLines(log.file, taken);
      written += taken.day.length;
      onProgress(made, written);
      await pause();
    }
    return log;
  } catch (error) {
    log.discard();
    throw error;
  }
}

/** Compares the room on the disk with what is needed most at a time: the text, and a bucket. */
function checkRoom(folder: string, rows: number, sample: RowColumns, texts: LineTexts): void {
  const share = rows / sample.day.length;
  const text = textBytes(sample, texts, String(texts.users).length) * share;
  const needed = text + Math.min(rows, ROWS_PER_BUCKET) * BYTES_PER_ROW;
  const free = freeBytes(folder);
  if (free >= needed) return;
  throw new SampleWriteError(
    `${shownPath(dirname(folder))} has too little room: the sample takes about ${megabytes(needed)}, and ${megabytes(free)} are free. Choose fewer rows, or another folder.`,
  );
}

/** Bytes that may be written to the disk of a folder; no end of them where it does not say. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Bytes in words, as in `1,234 MB` or `0.3 MB`. */
export function megabytes(bytes: number): string {
  return `${formatNumber(bytes / 1_000_000, bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** The system's error as one that names the folder and says what to do; others as they are. */
function inOneLine(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  return new SampleWriteError(writeProblem(folder, error as NodeJS.ErrnoException));
}
