import { setTimeout as wait } from "node:timers/promises";
import type { Kernel } from "../kernel/kernel";
import { KernelDiedError } from "../kernel/kernel-errors";
import { KERNEL_DISPLAY_NAME, KERNEL_NAME } from "../kernel/kernelspec";
import { CellError, type CellErrorDetails } from "./cell-error";
import { type Displays, type Listeners, OutputCollector } from "./collect-outputs";
import { type CodeCell, hasTag, joinText, type Notebook } from "./nbformat";

export interface ExecuteOptions extends Listeners {
  shownAs: string;
  timeout?: number;
  signal?: AbortSignal;
  /** Gets the number of each cell that begins, and how many there are. */
  onCell?: (codeCell: number, codeCells: number) => void;
}

export interface Execution {
  notebook: Notebook;
  failure?: CellError;
  cells: number;
  seconds: number;
}

const kernelspec = {
  name: KERNEL_NAME,
  display_name: KERNEL_DISPLAY_NAME,
  language: "typescript",
};

/** After a failed cell, tslab aborts what arrives within 200 ms. */
const AFTER_FAILURE_MS = 250;

interface Run {
  cell: CodeCell;
  /** Where messages say that it is. */
  at: Pick<CellErrorDetails, "notebook" | "cell" | "codeCell" | "id" | "source" | "cellNumbers">;
  collector: OutputCollector;
}

/** What happened to a cell, not in it. */
type Problem = Pick<CellErrorDetails, "kind" | "ename" | "evalue" | "traceback">;

/**
 * Runs code cells in order until one fails. As in nbclient, empty cells and those tagged
 * `skip-execution` are left out, those tagged `raises-exception` may fail, and `execution` in the
 * metadata has times.
 *
 * @param kernel a fresh one; a time-out ends it
 */
export async function executeNotebook(
  notebook: Notebook,
  kernel: Kernel,
  options: ExecuteOptions,
): Promise<Execution> {
  const start = performance.now();
  const displays: Displays = new Map();
  const cellNumbers = new Map<string, number>();
  const cells = notebook.cells.map((cell) => (cell.cell_type === "code" ? cleared(cell) : cell));
  const codeCells = cells.filter((cell) => cell.cell_type === "code");
  const runs: Run[] = [];
  let failure: CellError | undefined;

  for (const [index, cell] of codeCells.entries()) {
    const source = joinText(cell.source);
    if (source.trim() === "" || hasTag(cell, "skip-execution")) continue;
    options.onCell?.(index + 1, codeCells.length);
    const number = cells.indexOf(cell) + 1;
    const run: Run = {
      cell,
      at: {
        notebook: options.shownAs,
        cell: number,
        codeCell: index + 1,
        id: cell.id,
        source,
        cellNumbers,
      },
      collector: new OutputCollector(displays, options),
    };
    runs.push(run);
    const problem = await runCell(run, kernel, options);
    cellNumbers.set(`cell[${cell.execution_count}]`, number);
    if (run.collector.failed && hasTag(cell, "raises-exception")) await wait(AFTER_FAILURE_MS);
    failure = problem ? new CellError({ ...problem, ...run.at }) : firstFailure(runs);
    if (failure) break;
  }
  if (!failure) {
    // Then everything that the kernel has sent has arrived.
    await kernel.request("kernel_info_request", {}).catch(() => {});
    failure = firstFailure(runs);
  }
  for (const { cell, collector } of runs) {
    cell.outputs = collector.outputs;
    cell.metadata = { ...cell.metadata, execution: collector.timing };
  }
  const { language_info } = kernel.info;
  const metadata = { ...notebook.metadata, kernelspec, language_info };
  const seconds = (performance.now() - start) / 1000;
  return { notebook: { ...notebook, metadata, cells }, failure, cells: runs.length, seconds };
}

/** Also from after the cell: a timer, a promise that nobody awaited. */
function firstFailure(runs: Run[]): CellError | undefined {
  for (const { cell, collector, at } of runs) {
    if (hasTag(cell, "raises-exception")) continue;
    const error = collector.outputs.find((output) => output.output_type === "error");
    if (error) return new CellError({ kind: "error", ...error, place: collector.place, ...at });
  }
  return undefined;
}

async function runCell(
  { cell, collector, at }: Run,
  kernel: Kernel,
  { timeout = 600, signal }: ExecuteOptions,
): Promise<Problem | undefined> {
  let problem: Problem | undefined;
  const stop = (kind: Problem["kind"], ename: string, evalue: string) => {
    problem = { kind, ename, evalue, traceback: [evalue] };
    kernel.kill();
  };
  const interrupt = () => stop("interrupted", "Interrupted", "interrupted");
  const late = () =>
    stop("timeout", "TimeoutError", `ran longer than ${timeout} s: raise it with --timeout`);
  const timer = setTimeout(late, timeout * 1000);
  if (signal?.aborted) interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    const reply = await kernel.execute(at.source, collector.take);
    collector.timing["shell.execute_reply"] = reply.header.date;
    cell.execution_count = Number(reply.content.execution_count) || null;
    const { status } = reply.content;
    if (status !== "ok" && !collector.failed) {
      collector.error("Error", `the kernel answered ${status}`, []);
    }
  } catch (error) {
    if (!problem && !(error instanceof KernelDiedError)) throw error;
    const { name, message } = error as Error;
    const traceback = message.split("\n");
    problem ??= { kind: "kernel-died", ename: name, evalue: message, traceback };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
  }
  if (problem && !collector.failed) {
    collector.error(problem.ename, problem.evalue, problem.traceback);
  }
  return problem;
}

function cleared(cell: CodeCell): CodeCell {
  const { execution: _, ...metadata } = cell.metadata;
  return { ...cell, metadata, outputs: [], execution_count: null };
}
