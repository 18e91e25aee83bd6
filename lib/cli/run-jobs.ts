import { setMaxListeners } from "node:events";
import { availableParallelism, totalmem } from "node:os";
import { compiledFile, compileNotebooks } from "../kernel/compiled-notebooks";
import { Kernel } from "../kernel/kernel";
import { type Execution, executeNotebook } from "../notebook/execute";
import { codeOf, type Notebook } from "../notebook/nbformat";
import type { Told, ToldFile } from "../tell/tell-run";
import { visibleText } from "../words/visible-text";
import type { Progress } from "./progress";
import type { Job } from "./read-jobs";

export interface Result extends Execution {
  job: Job;
  told: Told[];
  files: ToldFile[];
}

export interface RunJobsOptions {
  /** How many notebooks may run at the same time. */
  atOnce?: number;
  /** Of a cell, in seconds. */
  timeout: number;
  signal: AbortSignal;
  progress: Progress;
  /** Gets each result; false ends the run. */
  onResult: (result: Result) => boolean;
  onTold: (told: Told) => void;
}

/** A kernel that works on the whole log takes about a gigabyte. */
const BYTES_PER_KERNEL = 3e9;

const usualNumber = () =>
  Math.max(1, Math.min(2, availableParallelism(), Math.floor(totalmem() / BYTES_PER_KERNEL)));

/**
 * Runs notebooks, each in a kernel of its own, two at a time where the machine has room for that,
 * until one fails.
 *
 * @throws what no notebook is to blame for
 */
export async function runJobs(
  jobs: readonly Job[],
  { atOnce = usualNumber(), timeout, signal: outer, progress, onResult, onTold }: RunJobsOptions,
): Promise<void> {
  const stopping = new AbortController();
  const signal = AbortSignal.any([outer, stopping.signal]);
  setMaxListeners(0, signal);
  const waiting = [...jobs.entries()];
  const compiled = compileNotebooks(
    jobs.map(({ notebook }) => codeOf(notebook)),
    signal,
  );
  let isRead = () => {};
  // The others find in the cache what the first one reads.
  const firstRead = new Promise<void>((resolve) => {
    isRead = resolve;
  });
  const work = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const [index, job] = next;
      const { onCell, onLive } = progress.begin(job.index);
      const kernel = await warmKernel(
        job,
        compiled.then((known) => known[index] === true),
        signal,
      );
      if (index > 0) await firstRead;
      const [told, files]: [Told[], ToldFile[]] = [[], []];
      const execution = await executeNotebook(job.notebook, kernel, {
        ...{ shownAs: job.shownAs, timeout, signal, onCell, onLive },
        onTold: (line) => {
          told.push(line);
          onTold(line);
          isRead();
        },
        onFile: (file) => files.push(file),
      });
      isRead();
      if (execution.failure) kernel.kill();
      const closing = kernel.shutdown();
      // Stopped for another notebook's failure, it has none of its own.
      const isStopped = stopping.signal.aborted && !outer.aborted && execution.failure;
      if (!isStopped && !onResult({ ...execution, job, told, files })) stopping.abort();
      await closing;
    }
  };
  const works = Array.from({ length: Math.min(atOnce, jobs.length) }, () =>
    work().catch((error) => {
      const isFirst = !signal.aborted;
      stopping.abort();
      isRead();
      if (isFirst) throw error;
    }),
  );
  const ends = await Promise.allSettled(works);
  stopping.abort();
  const problem = ends.find((end) => end.status === "rejected");
  if (problem) throw problem.reason;
}

/** A kernel that has loaded the library, if the notebook imports it. */
async function warmKernel(
  { notebook, settings }: Job,
  isCompiled: Promise<boolean>,
  signal: AbortSignal,
): Promise<Kernel> {
  const options = { env: settings, loadsLibrary: importsLibrary(notebook), signal };
  // Its cells are compiled while it starts.
  const compiled = compiledFile(codeOf(notebook));
  const [kernel, isThere] = await Promise.all([Kernel.start({ ...options, compiled }), isCompiled]);
  if (isThere) return kernel;
  kernel.kill();
  await kernel.exited;
  return Kernel.start(options);
}

function importsLibrary(notebook: Notebook): boolean {
  return codeOf(notebook).some((source) => /\bfrom\s+["']\.\/lib["']/.test(source));
}

/** A stranger's cell may tell any number of characters. */
const LONGEST_TOLD = 1_000;

export function tellOnce(say: (line: string) => void): (told: Told) => void {
  const said = new Set<string>();
  return ({ line, isWarning, key }) => {
    if (said.has(key)) return;
    said.add(key);
    say(`${isWarning ? "Warning: " : ""}${visibleText(line, { max: LONGEST_TOLD })}`);
  };
}
