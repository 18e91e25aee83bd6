import { createConverter } from "tslab/dist/converter";
import { createExecutor, type Executor } from "tslab/dist/executor";
import { JupyterHandlerImpl } from "tslab/dist/jupyter";
import { TaskCanceledError, TaskQueue } from "tslab/dist/util";
import { PROJECT_ROOT } from "../../keep/paths";
import type { CellCompiler } from "./cell-compiler";
import { type CellFailure, describeDiagnostics, describeThrown } from "./describe-error";
import { freeMemory } from "./free-memory";

/** Not an import's copy: tslab's `display` reads its function from this object. */
const tslabOutput = require("tslab/dist/jupyter") as { lastWriteDisplayData: unknown };

/** Sends a message on iopub, as an answer to the cell's request. */
export type Publish = (type: string, content: object) => void;

export interface ExecuteContent {
  code: string;
  silent?: boolean;
  store_history?: boolean;
}

type Reply = { status: string; execution_count: number } & Partial<CellFailure>;

class CellFailed extends Error {
  constructor(readonly reply: Reply) {
    super("cell failed");
  }
}

/** tslab aborts what arrives this soon after a failure: the queue behind a failed cell. */
const ABORT_MS = 200;

/**
 * Runs cells as tslab does, but a failure becomes an `error` output and a full reply, not text on
 * stderr. Silent requests leave no trace. An unhandled rejection fails the running cell.
 */
export class CellRunner extends JupyterHandlerImpl {
  private readonly cells: CellCompiler;
  private readonly runner: Executor;
  private readonly queue = new TaskQueue();
  private prompt = 0;
  private running = false;
  private caught: { thrown: unknown }[] = [];
  private lastPublish: Publish | undefined;

  constructor(cells: CellCompiler) {
    let report = (_thrown: unknown) => {};
    const runner = createExecutor(PROJECT_ROOT, convertersOf(cells), {
      log: console.log,
      // Why a cell failed; compiler errors, a format and values, come from the compiler.
      error: (first, ...rest) => rest.length === 0 && report(first),
    });
    super(runner, false);
    report = (thrown) => this.caught.push({ thrown });
    this.cells = cells;
    this.runner = runner;
  }

  interrupt(): void {
    this.runner.interrupt();
  }

  /** An unhandled rejection, or a throw in a timer. */
  background(thrown: unknown): void {
    if (this.running) this.caught.push({ thrown });
    else if (this.lastPublish) this.lastPublish("error", this.describe(thrown));
    else process.stderr.write(`${String(thrown)}\n`);
  }

  async run(request: ExecuteContent, publish: Publish): Promise<Reply> {
    const quiet = request.silent === true;
    try {
      return await this.queue.add(async () => {
        const reply = await this.runNow(request, quiet ? () => {} : publish, quiet);
        if (reply.status === "error") throw new CellFailed(reply);
        return reply;
      });
    } catch (error) {
      if (error instanceof CellFailed) {
        this.queue.reset(quiet ? undefined : ABORT_MS);
        return error.reply;
      }
      if (error instanceof TaskCanceledError) {
        return { status: "aborted", execution_count: this.prompt };
      }
      // A mistake of ours must not leave the client waiting.
      const failure = this.describe(error);
      publish("error", failure);
      return { status: "error", execution_count: this.prompt, ...failure };
    }
  }

  private async runNow(request: ExecuteContent, publish: Publish, quiet: boolean): Promise<Reply> {
    const { code } = request;
    const counted = !quiet && request.store_history !== false;
    const prompt = counted ? ++this.prompt : 0;
    const write = (name: string, text: string) => publish("stream", { name, text });
    process.stdout.write = this.createWriteToIopub("stdout", write) as typeof process.stdout.write;
    process.stderr.write = this.createWriteToIopub("stderr", write) as typeof process.stderr.write;
    tslabOutput.lastWriteDisplayData = (data: object, update: boolean) =>
      publish(update ? "update_display_data" : "display_data", data);
    if (!quiet) this.lastPublish = publish;
    publish("execute_input", { code, execution_count: prompt });

    this.caught = [];
    this.running = true;
    this.cells.begin(prompt, code);
    let ok = false;
    try {
      ok = await this.runner.execute(code);
      // Unhandled rejections are reported before the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    } catch (error) {
      this.caught.push({ thrown: error });
    } finally {
      this.running = false;
      await freeMemory();
    }
    const [first] = this.caught;
    if (ok && !first) return { status: "ok", execution_count: prompt };
    const failure = first
      ? describeThrown(first.thrown, prompt, this.cells)
      : describeDiagnostics(code, this.cells.diagnostics);
    publish("error", failure);
    return { status: "error", execution_count: prompt, ...failure };
  }

  private describe(thrown: unknown): CellFailure {
    return describeThrown(thrown, this.prompt, this.cells);
  }
}

function convertersOf({ converter }: CellCompiler) {
  let browser: ReturnType<typeof createConverter> | undefined;
  return {
    node: converter,
    get browser() {
      browser ??= createConverter({ isJS: false, isBrowser: true });
      return browser;
    },
    close() {
      converter.close();
      browser?.close();
    },
  };
}
