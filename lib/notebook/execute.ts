import type { FailurePlace } from "../kernel/cells/code-frame";
import type { Kernel } from "../kernel/kernel";
import { KernelDiedError } from "../kernel/kernel-errors";
import { KERNEL_DISPLAY_NAME, KERNEL_NAME } from "../kernel/kernelspec";
import type { Message } from "../kernel/wire";
import type { Told } from "../tell/tell-run";
import { CellError, type CellErrorDetails } from "./cell-error";
import { type Displays, OutputCollector } from "./collect-outputs";
import { type CodeCell, joinText, type Notebook } from "./nbformat";

export interface ExecuteOptions {
  /** How messages name the notebook. */
  shownAs: string;
  /** How long one cell may take, in seconds. */
  timeout?: number;
  /** Ends the kernel, and with it the run. */
  signal?: AbortSignal;
  /** Called before each cell: its number among the code cells, and how many there are. */
  onCell?: (codeCell: number, codeCells: number) => void;
  /** Called with what the running cell says of how far it is; empty when it has nothing more to say. */
  onLive?: (text: string) => void;
  /** Called with what a cell says about the data of the run. */
  onTold?: (told: Told) => void;
}

export interface Execution {
  /** The notebook with what ran, outputs included; cells after a failure have none. */
  notebook: Notebook;
  /** Why it stopped, if it did. */
  failure?: CellError;
  /** Code cells that were started. */
  cells: number;
  seconds: number;
}

/** Which kernel ran a notebook, as its metadata says it. */
const KERNELSPEC = {
  name: KERNEL_NAME,
  display_name: KERNEL_DISPLAY_NAME,
  language: "typescript",
};

/** After a failed cell, tslab aborts what arrives within 200 ms. */
const AFTER_FAILURE_MS = 250;

/**
 * Runs a notebook's code cells in order and stops at the first that fails.
 *
 * As in nbclient, empty cells and those tagged `skip-execution` are passed over, and a cell tagged
 * `raises-exception` may fail. Each cell's times go to its metadata under `execution`.
 *
 * @param notebook stays as it is
 * @param kernel a fresh one; ended by a time-out, otherwise left running
 */
export async function executeNotebook(
  notebook: Notebook,
  kernel: Kernel,
  { shownAs, timeout = 600, signal, onCell, onLive, onTold }: ExecuteOptions,
): Promise<Execution> {
  const start = performance.now();
  const displays: Displays = new Map();
  const cellNumbers = new Map<string, number>();
  const codeCells = notebook.cells.filter((cell) => cell.cell_type === "code").length;
  const runs: Run[] = [];
  let failure: CellError | undefined;
  const cells = notebook.cells.map((cell) => (cell.cell_type === "code" ? cleared(cell) : cell));

  let codeCell = 0;
  for (const [index, cell] of cells.entries()) {
    if (cell.cell_type !== "code") continue;
    codeCell++;
    const source = joinText(cell.source);
    if (source.trim() === "" || cell.metadata.tags?.includes("skip-execution")) continue;
    onCell?.(codeCell, codeCells);
    const run: Run = {
      cell,
      number: index + 1,
      codeCell,
      source,
      collector: new OutputCollector(displays, onLive, onTold),
    };
    runs.push(run);
    const problem = await runCell(run, kernel, timeout, signal);
    cellNumbers.set(`cell[${cell.execution_count}]`, run.number);
    const mayFail = cell.metadata.tags?.includes("raises-exception");
    if (problem && mayFail && problem.kind === "error") {
      await new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE_MS));
      continue;
    }
    failure = problem ? toError(problem, run) : lateFailure(runs);
    if (failure) break;
  }
  if (!failure) {
    // Whatever the kernel has sent until now has then arrived.
    await kernel.request("kernel_info_request", {}).catch(() => {});
    failure = lateFailure(runs);
  }

  for (const { cell, collector } of runs) {
    cell.outputs = collector.outputs;
    cell.metadata = { ...cell.metadata, execution: collector.timing };
  }
  const metadata = {
    ...notebook.metadata,
    kernelspec: KERNELSPEC,
    language_info: kernel.info.language_info,
  };
  return {
    notebook: { ...notebook, metadata, cells },
    failure,
    cells: runs.length,
    seconds: (performance.now() - start) / 1000,
  };

  function toError(problem: Problem, run: Run): CellError {
    const { number, codeCell, source, cell } = run;
    const at = { notebook: shownAs, cell: number, codeCell, id: cell.id, source, cellNumbers };
    return new CellError({ ...problem, ...at });
  }

  /** An error that came after its cell was done: a timer, a promise that nobody awaited. */
  function lateFailure(done: Run[]): CellError | undefined {
    for (const run of done) {
      if (!run.collector.failed || run.cell.metadata.tags?.includes("raises-exception")) continue;
      const error = run.collector.outputs.find((output) => output.output_type === "error");
      if (error) return toError({ kind: "error", ...error, place: run.collector.place }, run);
    }
    return undefined;
  }
}

interface Run {
  cell: CodeCell;
  number: number;
  codeCell: number;
  source: string;
  collector: OutputCollector;
}

type Problem = Pick<CellErrorDetails, "kind" | "ename" | "evalue" | "traceback" | "place">;

async function runCell(
  run: Run,
  kernel: Kernel,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Problem | undefined> {
  const { cell, collector } = run;
  let problem: Problem | undefined;
  const stop = (kind: Problem["kind"], ename: string, evalue: string) => {
    problem = { kind, ename, evalue, traceback: [evalue] };
    kernel.kill();
  };
  const interrupt = () => stop("interrupted", "Interrupted", "interrupted");
  const timer = setTimeout(() => {
    const evalue = `ran longer than ${timeout} s: raise it with --timeout`;
    stop("timeout", "TimeoutError", evalue);
  }, timeout * 1000);
  if (signal?.aborted) interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    const reply = await kernel.execute(run.source, collector.take);
    collector.timing["shell.execute_reply"] = reply.header.date;
    cell.execution_count = Number(reply.content.execution_count) || null;
    if (reply.content.status !== "ok") problem = readFailure(reply);
  } catch (error) {
    if (!problem && !(error instanceof KernelDiedError)) throw error;
    const { name, message } = error as KernelDiedError;
    problem ??= {
      kind: "kernel-died",
      ename: name,
      evalue: message,
      traceback: message.split("\n"),
    };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
  }
  if (problem && !collector.failed) {
    collector.error(problem.ename, problem.evalue, problem.traceback);
  }
  return problem;
}

function readFailure({ content, metadata }: Message): Problem {
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  return {
    kind: "error",
    ename: String(content.ename ?? "Error"),
    evalue: String(content.evalue ?? `the kernel answered ${content.status}`),
    traceback,
    place: metadata.place as FailurePlace | undefined,
  };
}

/** A copy of a cell as if it had never run. */
function cleared(cell: CodeCell): CodeCell {
  const { execution: _, ...metadata } = cell.metadata;
  return { ...cell, metadata, outputs: [], execution_count: null };
}
