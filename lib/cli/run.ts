import { basename, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { closeToOthers } from "../keep/own-folder";
import { CACHE_DIR, NOTEBOOKS_DIR, OUT_DIR } from "../keep/paths";
import { Kernel } from "../kernel/kernel";
import type { Environment } from "../kernel/kernel-environment";
import type { CellError } from "../notebook/cell-error";
import { checkClaims } from "../notebook/claims/check-claims";
import { ClaimsError } from "../notebook/claims/claims-error";
import { type Execution, executeNotebook } from "../notebook/execute";
import type { IndexEntry } from "../notebook/html/index-page";
import { joinText, type Notebook } from "../notebook/nbformat";
import {
  ParameterError,
  parametersOf,
  type SetParameter,
  setParameters,
  unknownParameter,
  withParameterNote,
} from "../notebook/parameters";
import { readNotebook } from "../notebook/read-notebook";
import type { Told } from "../tell/tell-run";
import { visibleLines, visibleText } from "../words/visible-text";
import type { RunOptions } from "./arguments";
import { chooseNotebooks, shownPath } from "./choose-notebooks";
import { isOwnNotebook, kernelSettings, strangerNotice } from "./kernel-settings";
import { Progress, type Screen } from "./progress";
import {
  describeNotebook,
  type PageMakers,
  pageLink,
  prepareOutDir,
  type SlidesMaker,
  writeIndex,
  writeNotebook,
  writePage,
  writeSlides,
} from "./write-results";

export interface RunSurroundings {
  screen: Screen;
  /** For what went wrong. */
  errors: Screen;
  /** Ends the run: Ctrl-C. */
  signal: AbortSignal;
  /** Where relative paths on the command line start. */
  from: string;
}

/** A notebook to run. */
interface Job {
  name: string;
  shownAs: string;
  notebook: Notebook;
  set: SetParameter[];
  /** Whether it is one of the project's. */
  isOwn: boolean;
  /** For its kernel. */
  settings: Environment;
}

interface Done extends Omit<Execution, "failure"> {
  job: Job;
  /** Why it stopped, or what its numbers lack. */
  failure?: CellError | ClaimsError;
}

/** Exit codes: everything ran; a notebook failed; the run was interrupted. */
export const EXIT = { ok: 0, failed: 1, interrupted: 130 } as const;

/**
 * Runs notebooks in order, each in a kernel of its own, and writes them and their pages as they are
 * done. The next kernel starts and compiles the library while one works: two at most.
 *
 * @returns the exit code; what went wrong has then been said
 * @throws {UsageError | NotebookFileError | SettingsError | ParameterError | WriteError} before anything runs
 */
export async function run(options: RunOptions, around: RunSurroundings): Promise<number> {
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
  const progress = new Progress(
    screen,
    jobs.map((job) => job.name),
  );
  const done: Done[] = [];
  const stopping = new AbortController();
  const signal = AbortSignal.any([around.signal, stopping.signal]);
  const said = new Set<string>();
  const onTold = ({ line, isWarning, key }: Told) => {
    if (said.has(key)) return;
    said.add(key);
    progress.say(`${isWarning ? "Warning: " : ""}${visibleText(line, { max: LONGEST_TOLD })}`);
  };
  const startKernel = (job: Job) => {
    const kernel = warmKernel(job.notebook, job.settings, signal);
    // It is awaited when its turn comes, which may be never.
    kernel.catch(() => {});
    return kernel;
  };

  let problem: unknown;
  let closing: Promise<unknown> = Promise.resolve();
  let current: Kernel | undefined;
  let next: Promise<Kernel> | undefined;
  try {
    for (const [index, job] of jobs.entries()) {
      const { onCell, onLive } = progress.begin(index);
      const kernel = await (next ?? startKernel(job));
      current = kernel;
      const following = jobs[index + 1];
      next = following && closing.then(() => startKernel(following));
      next?.catch(() => {});
      const running = executeNotebook(job.notebook, kernel, {
        shownAs: job.shownAs,
        timeout: options.timeout,
        signal,
        onCell,
        onLive,
        onTold,
      });
      running.catch(() => {});
      // The page of the notebook before this one, now that the kernel has something to do.
      await nextTurn();
      writeLastPage(folder, done, jobs);
      const result: Done = { ...(await running), job };
      if (result.failure) kernel.kill();
      closing = kernel.shutdown();
      // Before a note on parameters moves the cells.
      result.failure ??= claimsFailure(result.notebook, job.shownAs);
      result.notebook = withParameterNote(result.notebook, job.set);
      // What cannot be written is not done: its earlier page and the index stay as they were.
      writeNotebook(folder, job.name, result.notebook);
      done.push(result);
      progress.end(index, outcome(result));
      if (result.failure) break;
    }
  } catch (error) {
    if (!around.signal.aborted) problem = error;
  } finally {
    progress.clear();
    stopping.abort();
    await Promise.allSettled([closing, next?.then((kernel) => kernel.shutdown())]);
    current?.kill();
  }
  if (problem && done.length === 0) throw problem;
  let index = "";
  try {
    writeLastPage(folder, done, jobs);
    index = writeIndex(folder, done.map(toEntry), pageMakers());
  } catch (error) {
    problem ??= error;
  }
  if (problem) throw problem;

  const failure = done.at(-1)?.failure;
  const interrupted = around.signal.aborted;
  if (failure && !interrupted) errors.write(`\n${visibleLines(failure.format())}\n`);
  if (interrupted) errors.write("\ninterrupted\n");
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ran = done.filter((result) => !result.failure).length;
  const kept = failure || interrupted ? "What ran is kept" : "Open";
  screen.write(`\n${ran} of ${jobs.length} notebooks ran, ${seconds} s in all.\n`);
  screen.write(`${kept}: ${pathToFileURL(index)}\n`);
  if (interrupted) return EXIT.interrupted;
  return failure ? EXIT.failed : EXIT.ok;
}

/** Most characters of a line about the data: a cell of a stranger may tell any. */
const LONGEST_TOLD = 1_000;

/** Reads and checks every notebook, and sets parameters in those that have them. */
function readJobs(
  files: string[],
  options: RunOptions,
  places: { from: string; folder: string; began: Date },
): Job[] {
  const read = files.map((file) => {
    const shownAs = shownPath(file);
    const notebook = readNotebook(file, shownAs);
    const isOwn = isOwnNotebook(file);
    const settings = kernelSettings(options, { ...places, isOwn });
    return { name: basename(file, ".ipynb"), shownAs, notebook, isOwn, settings };
  });
  const values = options.set;
  const known = read.flatMap(({ notebook }) => parametersOf(notebook));
  const unknown = Object.keys(values).find((name) => !known.some((each) => each.name === name));
  if (unknown !== undefined) throw new ParameterError(unknownParameter(unknown, known));
  return read.map((job) => {
    const names = new Set(parametersOf(job.notebook).map((parameter) => parameter.name));
    const own = Object.entries(values).filter(([name]) => names.has(name));
    try {
      return { ...job, ...setParameters(job.notebook, Object.fromEntries(own)) };
    } catch (error) {
      throw new ParameterError(`${job.shownAs}: ${(error as Error).message}`);
    }
  });
}

/** A kernel that has already compiled and loaded the library, if the notebook imports it. */
async function warmKernel(
  notebook: Notebook,
  env: Environment,
  signal: AbortSignal,
): Promise<Kernel> {
  const kernel = await Kernel.start({ env, signal });
  const stop = () => kernel.kill();
  signal.addEventListener("abort", stop);
  try {
    // What is wrong with the library is reported by the cell that imports it.
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
  // After a failure nothing follows.
  const reached = last.failure ? done.map(({ job }) => job) : jobs;
  const pages = reached.map((job) => pageLink(job.name, job.notebook));
  const makers = pageMakers();
  const failed = last.failure !== undefined;
  writePage(folder, last.job.name, last.notebook, makers, { pages, failed });
  writeSlides(folder, last.job.name, last.notebook, makers, { failed });
}

/** Loaded on first use: there is time for it while a kernel works. */
function pageMakers(): PageMakers & SlidesMaker {
  return {
    ...(require("../notebook/html/export-html") as typeof import("../notebook/html/export-html")),
    ...(require("../notebook/html/index-page") as typeof import("../notebook/html/index-page")),
    ...(require("../notebook/slides/notebook-to-slides") as SlidesMaker),
  };
}

/** What the numbers of a notebook that asks for claims lack. */
function claimsFailure(notebook: Notebook, shownAs: string): ClaimsError | undefined {
  const problems = checkClaims(notebook);
  return problems.length > 0 ? new ClaimsError(shownAs, problems) : undefined;
}

function toEntry({ job, notebook, cells, seconds, failure }: Done): IndexEntry {
  const { title, summary } = describeNotebook(notebook, job.name);
  const failed = failure !== undefined;
  return { fileName: `${job.name}.html`, title, summary, cells, seconds, failed };
}

function outcome({ cells, seconds, failure }: Done): string {
  const text = `${cells} ${cells === 1 ? "cell" : "cells"}  ${seconds.toFixed(1)} s`;
  if (failure instanceof ClaimsError) return `${text}  ${failure.message}`;
  return failure ? `${text}  stopped in cell ${failure.details.cell}` : text;
}
