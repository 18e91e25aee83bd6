import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { closeToOthers } from "../keep/own-folder";
import { CACHE_DIR, NOTEBOOKS_DIR, OUT_DIR } from "../keep/paths";
import { Kernel } from "../kernel/kernel";
import type { CellError } from "../notebook/cell-error";
import { checkClaims } from "../notebook/claims/check-claims";
import { ClaimsError } from "../notebook/claims/claims-error";
import { type Execution, executeNotebook } from "../notebook/execute";
import { joinText, type Notebook } from "../notebook/nbformat";
import { withParameterNote } from "../notebook/parameters";
import type { Told } from "../tell/tell-run";
import { counted } from "../words/format-words";
import { visibleLines, visibleText } from "../words/visible-text";
import type { RunOptions } from "./arguments";
import { chooseNotebooks } from "./choose-notebooks";
import { describeNotebook } from "./describe-notebook";
import { strangerNotice } from "./kernel-settings";
import { Progress } from "./progress";
import { type Job, readJobs } from "./read-jobs";
import { EXIT, elapsed, type Surroundings } from "./surroundings";
import { prepareOutDir, writeNotebook } from "./write-results";

/** Loaded while a kernel works. */
const pageWriter = () => require("./write-pages") as typeof import("./write-pages");

interface Done extends Omit<Execution, "failure"> {
  job: Job;
  /** Why it stopped, or what is wrong with its numbers. */
  failure?: CellError | ClaimsError;
}

/**
 * Runs notebooks in order, each in its own kernel, and writes them and their pages. The next kernel
 * starts while one works.
 *
 * @returns the exit code
 * @throws before anything runs: mistakes in the command line, a notebook, a setting or a folder
 */
export async function run(options: RunOptions, around: Surroundings): Promise<number> {
  const { screen, errors, from } = around;
  const files = chooseNotebooks(options.notebooks, NOTEBOOKS_DIR, from);
  const folder = options.out === undefined ? OUT_DIR : resolve(from, options.out);
  const jobs = readJobs(files, options, { from, folder, began: new Date() });
  prepareOutDir(folder);
  for (const own of [OUT_DIR, CACHE_DIR]) closeToOthers(own);
  for (const { isOwn, shownAs } of jobs) {
    if (!isOwn) errors.write(`${strangerNotice(shownAs, options)}\n`);
  }
  const start = performance.now();
  const done: Done[] = [];
  let problem = await runJobs(jobs, done, folder, options.timeout, around);
  if (problem && done.length === 0) throw problem;
  let index = "";
  try {
    writeLastPage(folder, done, jobs);
    index = pageWriter().writeIndex(folder, done.map(toEntry));
  } catch (error) {
    problem ??= error;
  }
  if (problem) throw problem;

  const failure = done.at(-1)?.failure;
  const interrupted = around.signal.aborted;
  if (failure && !interrupted) errors.write(`\n${visibleLines(failure.format())}\n`);
  if (interrupted) errors.write("\ninterrupted\n");
  const ran = done.filter((result) => !result.failure).length;
  const kept = failure || interrupted ? "What ran is kept" : "Open";
  screen.write(`\n${ran} of ${jobs.length} notebooks ran, ${elapsed(start)} in all.\n`);
  screen.write(`${kept}: ${pathToFileURL(index)}\n`);
  if (interrupted) return EXIT.interrupted;
  return failure ? EXIT.failed : EXIT.ok;
}

/** Runs the jobs until one fails. Returns what no notebook is to blame for. */
async function runJobs(
  jobs: Job[],
  done: Done[],
  folder: string,
  timeout: number,
  { screen, signal: outer }: Surroundings,
): Promise<unknown> {
  const names = jobs.map((job) => job.name);
  const progress = new Progress(screen, names);
  const onTold = tellOnce((line) => progress.say(line));
  const stopping = new AbortController();
  const signal = AbortSignal.any([outer, stopping.signal]);
  let closing: Promise<unknown> = Promise.resolve();
  let current: Kernel | undefined;
  let next: Promise<Kernel> | undefined;
  try {
    for (const [index, job] of jobs.entries()) {
      const { onCell, onLive } = progress.begin(index);
      const kernel = await (next ?? warmKernel(job, signal));
      current = kernel;
      const following = jobs[index + 1];
      next = following && closing.then(() => warmKernel(following, signal));
      // Awaited when its turn comes, which may be never.
      next?.catch(() => {});
      const { shownAs } = job;
      const options = { shownAs, timeout, signal, onCell, onLive, onTold };
      const running = executeNotebook(job.notebook, kernel, options);
      running.catch(() => {});
      // The page of the notebook before, while the kernel works.
      await nextTurn();
      writeLastPage(folder, done, jobs);
      const result: Done = { ...(await running), job };
      if (result.failure) kernel.kill();
      closing = kernel.shutdown();
      // Before a note on parameters moves the cells.
      const problems = checkClaims(result.notebook);
      if (problems.length > 0) result.failure ??= new ClaimsError(shownAs, problems);
      result.notebook = withParameterNote(result.notebook, job.set);
      // What cannot be written is not done: its page and the index stay.
      writeNotebook(folder, job.name, result.notebook);
      done.push(result);
      progress.end(index, outcome(result));
      if (result.failure) break;
    }
    return undefined;
  } catch (error) {
    return outer.aborted ? undefined : error;
  } finally {
    progress.clear();
    stopping.abort();
    await Promise.allSettled([closing, next?.then((kernel) => kernel.shutdown())]);
    current?.kill();
  }
}

/** A stranger's cell may tell any number of characters. */
const LONGEST_TOLD = 1_000;

function tellOnce(say: (line: string) => void): (told: Told) => void {
  const said = new Set<string>();
  return ({ line, isWarning, key }) => {
    if (said.has(key)) return;
    said.add(key);
    say(`${isWarning ? "Warning: " : ""}${visibleText(line, { max: LONGEST_TOLD })}`);
  };
}

/** A kernel that has loaded the library, if the notebook imports it. */
async function warmKernel({ notebook, settings }: Job, signal: AbortSignal): Promise<Kernel> {
  const kernel = await Kernel.start({ env: settings, signal });
  const stop = () => kernel.kill();
  signal.addEventListener("abort", stop);
  try {
    // Faults of the library are reported by the cell that imports it.
    if (importsLibrary(notebook)) {
      await kernel.execute('import "./lib";', undefined, { silent: true });
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return kernel;
}

function importsLibrary(notebook: Notebook): boolean {
  return notebook.cells.some(
    (cell) => cell.cell_type === "code" && /\bfrom\s+["']\.\/lib["']/.test(joinText(cell.source)),
  );
}

function writeLastPage(folder: string, done: Done[], jobs: Job[]): void {
  const last = done.at(-1);
  if (!last) return;
  const reached = last.failure ? done.map(({ job }) => job) : jobs;
  const pages = reached.map(({ name, notebook }) => {
    return { href: `${name}.html`, title: describeNotebook(notebook, name).title };
  });
  const failed = last.failure !== undefined;
  pageWriter().writePages(folder, last.job.name, last.notebook, { pages, failed });
}

function toEntry({ job, notebook, cells, seconds, failure }: Done) {
  const { title, summary } = describeNotebook(notebook, job.name);
  const failed = failure !== undefined;
  return { fileName: `${job.name}.html`, title, summary, cells, seconds, failed };
}

function outcome({ cells, seconds, failure }: Done): string {
  const text = `${counted(cells, "cell")}  ${seconds.toFixed(1)} s`;
  if (failure instanceof ClaimsError) return `${text}  ${failure.message}`;
  return failure ? `${text}  stopped in cell ${failure.details.cell}` : text;
}
