import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closeToOthers } from "../keep/own-folder";
import { CACHE_DIR, NOTEBOOKS_DIR, OUT_DIR } from "../keep/paths";
import { hash } from "../keep/source-code";
import { compiledBy } from "../kernel/cells/kept-cells";
import type { CellError } from "../notebook/cell-error";
import { checkClaims } from "../notebook/claims/check-claims";
import { ClaimsError } from "../notebook/claims/claims-error";
import type { Notebook } from "../notebook/nbformat";
import { withParameterNote } from "../notebook/parameters";
import { counted } from "../words/format-words";
import { visibleLines } from "../words/visible-text";
import type { RunOptions } from "./arguments";
import { chooseNotebooks } from "./choose-notebooks";
import { describeNotebook } from "./describe-notebook";
import {
  areSame,
  contents,
  isUnchanged,
  type KeptRun,
  keepRun,
  keyOf,
  readKeptRun,
} from "./kept-run";
import { strangerNotice } from "./kernel-settings";
import { Progress } from "./progress";
import { type Job, readJobs } from "./read-jobs";
import { type Result, runJobs, tellOnce } from "./run-jobs";
import { dayAndMinute, EXIT, elapsed, type Surroundings } from "./surroundings";
import { prepareOutDir, writeNotebook } from "./write-results";

/** Loaded while kernels work. */
const pageWriter = () => require("./write-pages") as typeof import("./write-pages");

interface Done {
  job: Job;
  run: KeptRun;
  /** Why it stopped, or what is wrong with its numbers. */
  failure?: CellError | ClaimsError;
}

/**
 * Runs notebooks, each in its own kernel, and writes them and their pages. What nothing has changed
 * for since its last run is left as it is.
 *
 * @returns the exit code
 * @throws before anything runs: mistakes in the command line, a notebook, a setting or a folder
 */
export async function run(options: RunOptions, around: Surroundings): Promise<number> {
  const { screen, errors, from, signal } = around;
  const files = chooseNotebooks(options.notebooks, NOTEBOOKS_DIR, from);
  const folder = options.out === undefined ? OUT_DIR : resolve(from, options.out);
  const jobs = readJobs(files, options, { from, folder, began: new Date() });
  prepareOutDir(folder);
  for (const own of [OUT_DIR, CACHE_DIR]) closeToOthers(own);
  for (const { isOwn, shownAs } of jobs) {
    if (!isOwn) errors.write(`${strangerNotice(shownAs, options)}\n`);
  }
  const start = performance.now();
  // Before anything runs: what changes meanwhile is noticed by the next run.
  const code = compiledBy();
  const keys = jobs.map((job) => keyOf(job, code));
  const earlier = jobs.map((job) => readKeptRun(job, folder));
  const progress = new Progress(
    screen,
    jobs.map((job) => job.name),
    earlier.map((run) => run?.seconds),
  );
  const onTold = tellOnce((line) => progress.say(line));
  const done: Done[] = [];
  const waiting: Job[] = [];
  let problem: unknown;
  try {
    for (const job of jobs) {
      const run = options.force || options.refresh ? undefined : earlier[job.index];
      if (run && isUnchanged(run, keys[job.index] ?? "")) {
        for (const told of run.told) onTold(told);
        done.push({ job, run: withPages(run, job, jobs, folder) });
        progress.end(
          job.index,
          `${counted(run.cells, "cell")}  unchanged since ${dayAndMinute(run.at)}`,
        );
      } else waiting.push(job);
    }
    const onResult = (result: Result) => {
      const one = writeDone(result, { jobs, keys, done, folder });
      done.push(one);
      progress.end(one.job.index, outcome(one));
      return one.failure === undefined;
    };
    const { jobs: atOnce, timeout } = options;
    await runJobs(waiting, { atOnce, timeout, signal, progress, onResult, onTold });
  } catch (error) {
    if (!signal.aborted) problem = error;
  }
  progress.clear();
  if (problem && done.length === 0) throw problem;
  let index = "";
  try {
    index = pageWriter().writeIndex(folder, done.map(toEntry));
  } catch (error) {
    problem ??= error;
  }
  if (problem) throw problem;

  const failure = done.find((one) => one.failure)?.failure;
  const interrupted = signal.aborted;
  if (failure && !interrupted) errors.write(`\n${visibleLines(failure.format())}\n`);
  if (interrupted) errors.write("\ninterrupted\n");
  const unchanged = jobs.length - waiting.length;
  const ran = done.filter((one) => !one.failure).length - unchanged;
  const kept = failure || interrupted ? "What ran is kept" : "Open";
  const others = unchanged > 0 ? `, ${unchanged} unchanged (--force runs all)` : "";
  screen.write(`\n${ran} of ${jobs.length} notebooks ran${others}, ${elapsed(start)} in all.\n`);
  screen.write(`${kept}: ${pathToFileURL(index)}\n`);
  if (interrupted) return EXIT.interrupted;
  return failure ? EXIT.failed : EXIT.ok;
}

interface Places {
  jobs: readonly Job[];
  keys: readonly string[];
  done: readonly Done[];
  folder: string;
}

/** Writes what a notebook found. What cannot be written is not done: its page and the index stay. */
function writeDone(result: Result, { jobs, keys, done, folder }: Places): Done {
  const { job, cells, seconds, told } = result;
  // Before a note on parameters moves the cells.
  const problems = checkClaims(result.notebook);
  const failure = result.failure ?? claimsError(job, problems);
  const notebook = withParameterNote(result.notebook, job.set);
  const written = writeNotebook(folder, job.name, notebook);
  const at = new Date().toISOString();
  const reached = failure ? [...done.map((one) => one.job), job] : jobs;
  const pages = writePages(folder, job, notebook, { reached, at, failed: failure !== undefined });
  const read = Object.fromEntries(result.files.map(({ path, sha256 }) => [path, sha256]));
  const files = { ...read, ...contents([written]) };
  const run = {
    key: failure ? "" : (keys[job.index] ?? ""),
    files,
    pages,
    told,
    cells,
    seconds,
    at,
  };
  keepRun(job, folder, run);
  return { job, run, failure };
}

function claimsError(job: Job, problems: ReturnType<typeof checkClaims>): ClaimsError | undefined {
  return problems.length > 0 ? new ClaimsError(job.shownAs, problems) : undefined;
}

/** The run with pages that lead to those of `jobs`: written again where they do not. */
function withPages(run: KeptRun, job: Job, jobs: readonly Job[], folder: string): KeptRun {
  const { links, ...files } = run.pages;
  if (links === hash(JSON.stringify(linksTo(jobs))) && areSame(files)) return run;
  const notebook = JSON.parse(readFileSync(join(folder, `${job.name}.ipynb`), "utf8")) as Notebook;
  const pages = writePages(folder, job, notebook, { reached: jobs, at: run.at, failed: false });
  keepRun(job, folder, { ...run, pages });
  return { ...run, pages };
}

function writePages(
  folder: string,
  { name }: Job,
  notebook: Notebook,
  { reached, at, failed }: { reached: readonly Job[]; at: string; failed: boolean },
): KeptRun["pages"] {
  const pages = linksTo(reached);
  const written = pageWriter().writePages(folder, name, notebook, { pages, at, failed });
  return { ...contents(written), links: hash(JSON.stringify(pages)) };
}

function linksTo(jobs: readonly Job[]): { href: string; title: string }[] {
  return [...jobs]
    .sort((a, b) => a.index - b.index)
    .map(({ name, notebook }) => {
      return { href: `${name}.html`, title: describeNotebook(notebook, name).title };
    });
}

function toEntry({ job, run, failure }: Done) {
  const { title, summary } = describeNotebook(job.notebook, job.name);
  const { cells, seconds } = run;
  const failed = failure !== undefined;
  return { fileName: `${job.name}.html`, title, summary, cells, seconds, failed };
}

function outcome({ run, failure }: Done): string {
  const text = `${counted(run.cells, "cell")}  ${run.seconds.toFixed(1)} s`;
  if (failure instanceof ClaimsError) return `${text}  ${failure.message}`;
  return failure ? `${text}  stopped in cell ${failure.details.cell}` : text;
}
