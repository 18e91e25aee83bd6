import type { Executor } from "tslab/dist/executor";
import * as jupyter from "tslab/dist/jupyter";
import { TaskCanceledError, TaskQueue } from "tslab/dist/util";
import { type Connection, channelAddress, type Ports } from "../connection";
import { decodeMessage } from "../wire";
import type { CellCompiler } from "./cell-compiler";
import { type CellFailure, describeDiagnostics, describeThrown } from "./describe-error";
import { inOrder } from "./in-order";

/** The module's own object, not an import's copy: tslab's `display` reads its function from there. */
const tslabOutput = require("tslab/dist/jupyter") as { lastWriteDisplayData: unknown };

/** Sends one message on iopub, as an answer to the request that runs the cell. */
type Publish = (type: string, content: object) => void;

interface ExecuteContent {
  code: string;
  silent?: boolean;
  store_history?: boolean;
}

type Reply = { status: string; execution_count: number } & Partial<CellFailure>;

/** tslab aborts what arrives this soon after a failure: Jupyter's queue behind a failed cell. */
const ABORT_MS = 200;

/**
 * Runs cells as tslab does, and says what Jupyter's protocol wants said about them: `execute_input`
 * when a cell starts, an `error` output and a filled-in reply when it fails. tslab alone writes an
 * error as text on stderr, so tools that look for failed cells see none. Silent requests leave no
 * trace, and a promise that fails with nobody waiting for it fails the cell that was running.
 */
export class CellRunner extends jupyter.JupyterHandlerImpl {
  private readonly cells: CellCompiler;
  private readonly runner: Executor;
  private readonly queue = new TaskQueue();
  private prompt = 0;
  private running = false;
  private caught: { thrown: unknown }[] = [];
  private lastPublish: Publish | undefined;

  constructor(runner: Executor, cells: CellCompiler) {
    super(runner, false);
    this.runner = runner;
    this.cells = cells;
  }

  /** What tslab's executor prints as an error: why a cell failed, and nothing else. */
  readonly failed = (first: unknown, ...rest: unknown[]): void => {
    // Compiler errors come as a format and its values; they are read from the compiler instead.
    if (rest.length === 0) this.caught.push({ thrown: first });
  };

  /** A failure that no cell was waiting for: an unhandled rejection, a throw in a timer. */
  background(thrown: unknown): void {
    if (this.running) {
      this.caught.push({ thrown });
    } else if (this.lastPublish) {
      this.lastPublish("error", describeThrown(thrown, this.prompt, this.cells));
    } else {
      process.stderr.write(`${String(thrown)}\n`);
    }
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
      // A mistake of ours must not leave the client waiting for a reply.
      const failure = describeThrown(error, this.prompt, this.cells);
      publish("error", failure);
      return { status: "error", execution_count: this.prompt, ...failure };
    }
  }

  private async runNow(request: ExecuteContent, publish: Publish, quiet: boolean): Promise<Reply> {
    const counted = !quiet && request.store_history !== false;
    const prompt = counted ? ++this.prompt : 0;
    const display = (data: object, update: boolean) =>
      publish(update ? "update_display_data" : "display_data", data);
    const write = (name: string, text: string) => publish("stream", { name, text });
    process.stdout.write = this.createWriteToIopub("stdout", write) as typeof process.stdout.write;
    process.stderr.write = this.createWriteToIopub("stderr", write) as typeof process.stderr.write;
    tslabOutput.lastWriteDisplayData = display;
    if (!quiet) this.lastPublish = publish;
    publish("execute_input", { code: request.code, execution_count: prompt });

    this.caught = [];
    this.running = true;
    this.cells.begin(prompt, request.code);
    let ok = false;
    try {
      ok = await this.runner.execute(request.code);
      // Rejections that nobody handles are reported before the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    } catch (error) {
      this.caught.push({ thrown: error });
    } finally {
      this.running = false;
    }
    if (ok && this.caught.length === 0) return { status: "ok", execution_count: prompt };
    const failure = this.failure(prompt, request.code);
    publish("error", failure);
    return { status: "error", execution_count: prompt, ...failure };
  }

  private failure(prompt: number, source: string): CellFailure {
    const first = this.caught[0];
    if (first) return describeThrown(first.thrown, prompt, this.cells);
    return describeDiagnostics(source, this.cells.diagnostics());
  }
}

class CellFailed extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super("cell failed");
    this.reply = reply;
  }
}

type Message = Parameters<jupyter.ZmqServer["handleExecute"]>[1];
/** What tslab's server keeps to itself. */
interface Internals {
  bindSocket(socket: Listening, port: number): Promise<void>;
  handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void>;
}
interface Listening {
  sendHighWaterMark?: number;
  bind(address: string): Promise<void>;
}
type Socket = Parameters<jupyter.ZmqServer["handleExecute"]>[0];

function portOf(socket: { lastEndpoint: string | null }): number {
  return Number(/[:-](\d+)$/.exec(socket.lastEndpoint ?? "")?.[1]);
}

/** tslab's server, with cells run by a `CellRunner`. */
export class CellServer extends jupyter.ZmqServer {
  /** Where it listens, once it does. */
  ports: Ports | undefined;
  private readonly cellRunner: CellRunner;

  constructor(runner: CellRunner, connectionFile: string) {
    super(runner, connectionFile);
    this.cellRunner = runner;
  }

  override async init(): Promise<void> {
    const server = this as unknown as Internals;
    server.bindSocket = async (socket, port) => {
      // By default ZeroMQ drops outputs, silently, once a thousand wait to be sent.
      socket.sendHighWaterMark = 0;
      await socket.bind(channelAddress(this.connInfo as Connection, port));
    };
    const handle = server.handleShellMessage;
    server.handleShellMessage = async (socket, ...frames) => {
      // tslab's error for a wrong signature has the right one in it, for all who read outputs.
      if (decodeMessage(frames, this.connInfo.key)) await handle.call(this, socket, ...frames);
    };
    await super.init();
    this.ports = {
      shell_port: portOf(this.shell),
      iopub_port: portOf(this.iopub),
      stdin_port: portOf(this.stdin),
      control_port: portOf(this.control),
      hb_port: portOf(this.hb),
    };
    this.iopub = inOrder(this.iopub) as typeof this.iopub;
  }

  override async handleExecute(socket: Socket, message: Message): Promise<void> {
    const answer = (type: string, content: object, to: unknown) => {
      const reply = message.createReply();
      const { place, ...plain } = content as { place?: unknown };
      reply.header.msg_type = type;
      reply.content = plain;
      if (place) reply.metadata = { place };
      reply.signAndSend(this.connInfo.key, to);
    };
    const content = message.content as ExecuteContent;
    const reply = await this.cellRunner.run(content, (type, body) =>
      answer(type, body, this.iopub),
    );
    answer("execute_reply", reply, socket);
  }

  override close(): void {
    super.close();
    // Timers, watchers and pools of the notebook must not keep a kernel that was told to end.
    setTimeout(() => process.exit(0), 50);
  }
}
