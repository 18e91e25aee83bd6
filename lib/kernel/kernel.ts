import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { PROJECT_ROOT } from "../keep/paths";
import { channelAddress, newConnection, type OwnConnection, type Ports } from "./connection";
import { kernelCommand } from "./kernel-command";
import { neededByKernel } from "./kernel-environment";
import { KernelDiedError, type KernelExit, KernelStartError, startError } from "./kernel-errors";
import { decodeMessage, encodeMessage, type Message, newMessage } from "./wire";

export interface KernelOptions {
  /** Added to what every kernel gets of this process's environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** How long a kernel may take until it answers, in seconds. */
  startTimeout?: number;
  /** Ends the kernel while it starts. */
  signal?: AbortSignal;
}

type Channel = "shell" | "control";
type Listener = (message: Message) => void;

interface Pending {
  reply: (message: Message) => void;
  idle: () => void;
  fail: (error: Error) => void;
}

/** What a kernel says it is: the content of `kernel_info_reply`. */
export interface KernelInfo {
  protocol_version: string;
  implementation: string;
  language_info: { name: string; version: string; [field: string]: unknown };
  [field: string]: unknown;
}

const STDERR_CHARACTERS = 8_000;
/** How long a kernel may take to end by itself, and then after SIGTERM. */
const GRACE_MS = 1_000;

/** Kernels of this process; none outlives it. */
const alive = new Set<Kernel>();
process.on("exit", () => {
  for (const kernel of alive) kernel.kill();
});

/**
 * A client of one tslab kernel in a process of its own, over the Jupyter messaging protocol 5.3:
 * signed messages on ZeroMQ sockets that this user alone can reach.
 *
 * @example
 * const kernel = await Kernel.start();
 * const reply = await kernel.execute("1 + 1", (message) => console.log(message.content));
 * await kernel.shutdown();
 */
export class Kernel {
  /** Resolves, never rejects, when the process has ended. */
  readonly exited: Promise<KernelExit>;
  info!: KernelInfo;

  private readonly own: OwnConnection;
  private readonly process: ChildProcess;
  private readonly session = randomUUID();
  private readonly ports: Promise<Ports>;
  private sockets: { shell: Dealer; control: Dealer; iopub: Subscriber } | undefined;
  private readonly pending = new Map<string, Pending>();
  private readonly listeners = new Map<string, Listener>();
  private sending: Promise<unknown> = Promise.resolve();
  private exit: KernelExit | undefined;
  private stderr = "";

  private constructor(own: OwnConnection, child: ChildProcess) {
    this.own = own;
    this.process = child;
    alive.add(this);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_CHARACTERS);
    });
    this.ports = new Promise((resolve) => {
      let said = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        // The first line has the ports; the rest was not meant for us.
        if (said.includes("\n")) return;
        said += text;
        const end = said.indexOf("\n");
        if (end >= 0) resolve(JSON.parse(said.slice(0, end)) as Ports);
      });
    });
    // A kernel that is gone closes its end; that is reported by its exit.
    child.stdin?.on("error", () => {});
    this.exited = new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null) => {
        this.exit ??= { code, signal, stderr: lastLines(this.stderr) };
        this.release(this.exit);
        resolve(this.exit);
      };
      child.once("error", (error) => {
        this.stderr += error.message;
        ended(null, null);
      });
      child.once("close", ended);
      // Something that the kernel started may hold its stdout open: do not wait for it for long.
      child.once("exit", (code, signal) => setTimeout(ended, 200, code, signal).unref());
    });
  }

  /**
   * Starts a kernel at the project root and waits until it answers and its outputs arrive.
   *
   * @throws {KernelStartError} if it ends before that, takes longer than `startTimeout`, or has no
   *   place for its sockets
   * @throws the signal's reason if that comes first
   */
  static async start({ env = {}, startTimeout = 60, signal }: KernelOptions = {}): Promise<Kernel> {
    signal?.throwIfAborted();
    const own = newConnection();
    const [command = process.execPath, ...args] = kernelCommand(PROJECT_ROOT);
    let kernel: Kernel | undefined;
    const stop = () => kernel?.kill();
    signal?.addEventListener("abort", stop);
    try {
      const child = spawn(command, [...args, "--owned", own.file], {
        cwd: PROJECT_ROOT,
        env: { ...neededByKernel(process.env), ...env },
        stdio: ["pipe", "pipe", "pipe"],
        // A group of its own: Ctrl-C reaches us alone, and we end the kernel and what it started.
        detached: process.platform !== "win32",
        windowsHide: true,
      });
      kernel = new Kernel(own, child);
      await kernel.untilReady(startTimeout);
      // Both ends are connected: nothing need lie there that a killed process would leave.
      own.remove();
      return kernel;
    } catch (error) {
      own.remove();
      kernel?.kill();
      await kernel?.exited;
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /**
   * Sends a request and waits for its reply and until the kernel is idle again, when all outputs
   * have arrived.
   *
   * @param onMessage gets every message on iopub that answers this request, also those that come
   *   after it is done (a timer's output)
   * @throws {KernelDiedError} as soon as the kernel is gone
   */
  async request(
    type: string,
    content: Record<string, unknown>,
    { channel = "shell", onMessage }: { channel?: Channel; onMessage?: Listener } = {},
  ): Promise<Message> {
    const { replied, idle } = this.ask(type, content, channel, onMessage);
    const [reply] = await Promise.all([replied, idle]);
    return reply;
  }

  /** Runs code as a cell. A silent one shows no outputs and has no prompt number. */
  execute(code: string, onMessage?: Listener, { silent = false } = {}): Promise<Message> {
    return this.request(
      "execute_request",
      {
        code,
        silent,
        store_history: !silent,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
      },
      { onMessage },
    );
  }

  /** Asks the kernel to end, and makes it; resolves when it has. */
  async shutdown(): Promise<KernelExit> {
    if (!this.exit) {
      this.request("shutdown_request", { restart: false }, { channel: "control" }).catch(() => {});
      for (const signal of ["SIGTERM", "SIGKILL"] as const) {
        const ended = await Promise.race([this.exited, wait(GRACE_MS)]);
        if (ended) break;
        this.signal(signal);
      }
    }
    return this.exited;
  }

  /** Ends the kernel, and what it started, at once. */
  kill(): void {
    this.signal("SIGKILL");
    this.own.remove();
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (this.exit || pid === undefined) return;
    try {
      if (process.platform === "win32") this.process.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }

  private async untilReady(seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `the kernel did not answer within ${seconds} s; this machine may be short of processors or memory`;
      timer = setTimeout(() => reject(new KernelStartError(message)), seconds * 1000);
    });
    try {
      const died = this.exited.then((exit) => Promise.reject(new KernelDiedError(exit)));
      // Later deaths are no business of the start.
      died.catch(() => {});
      await Promise.race([late, died, this.ports.then((ports) => this.connect(ports))]);
    } catch (error) {
      throw error instanceof KernelDiedError ? startError(error.exit, this.stderr) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Connects, and waits for an answer on each channel. A subscription takes effect some time after connecting and
   * what is published before is lost: ask again until the answer's status messages arrive too.
   */
  private async connect({ shell_port, control_port, iopub_port }: Ports): Promise<void> {
    const { connection } = this.own;
    // Only now: where this user may have no more threads or open files, ZeroMQ ends the process
    // without a word. Then the kernel, which needs more, has ended before us.
    const shell = new Dealer({ linger: 0 });
    const control = new Dealer({ linger: 0 });
    const iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
    this.sockets = { shell, control, iopub };
    shell.connect(channelAddress(connection, shell_port));
    control.connect(channelAddress(connection, control_port));
    iopub.connect(channelAddress(connection, iopub_port));
    iopub.subscribe();
    this.listen(shell, (message) => this.replied(message));
    this.listen(control, (message) => this.replied(message));
    this.listen(iopub, (message) => this.published(message));
    for (;;) {
      const { replied, idle } = this.ask("kernel_info_request", {});
      this.info = (await replied).content as unknown as KernelInfo;
      if (await Promise.race([idle.then(() => true), wait(100)])) break;
    }
    await this.ask("kernel_info_request", {}, "control").replied;
  }

  /** Sends a request; the two promises are for its reply and for the end of its outputs. */
  private ask(
    type: string,
    content: Record<string, unknown>,
    channel: Channel = "shell",
    onMessage?: Listener,
  ): { replied: Promise<Message>; idle: Promise<void> } {
    const message = newMessage(this.session, type, content);
    const id = message.header.msg_id;
    if (onMessage) this.listeners.set(id, onMessage);
    const fails: ((error: Error) => void)[] = [];
    const pending: Pending = {
      reply: () => {},
      idle: () => {},
      fail: (error) => {
        for (const fail of fails) fail(error);
      },
    };
    const replied = new Promise<Message>((resolve, reject) => {
      pending.reply = resolve;
      fails.push(reject);
    });
    const idle = new Promise<void>((resolve, reject) => {
      pending.idle = resolve;
      fails.push(reject);
    });
    const done = () => this.pending.delete(id);
    Promise.all([replied, idle]).then(done, done);
    this.pending.set(id, pending);
    if (this.exit) {
      pending.fail(new KernelDiedError(this.exit));
    } else {
      // ZeroMQ takes one message at a time.
      this.sending = this.sending
        .then(() => this.sockets?.[channel].send(encodeMessage(message, this.own.connection.key)))
        .catch(pending.fail);
    }
    return { replied, idle };
  }

  private replied(message: Message): void {
    this.pending.get(message.parent.msg_id ?? "")?.reply(message);
  }

  private published(message: Message): void {
    const id = message.parent.msg_id ?? "";
    this.listeners.get(id)?.(message);
    const isIdle =
      message.header.msg_type === "status" && message.content.execution_state === "idle";
    if (isIdle) this.pending.get(id)?.idle();
  }

  private async listen(socket: AsyncIterable<Buffer[]>, onMessage: Listener): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decodeMessage(frames, this.own.connection.key);
        if (message) onMessage(message);
      }
    } catch {
      // The socket was closed while it waited.
    }
  }

  /** The process is gone: fail what waits for it, and give back sockets and files. */
  private release(exit: KernelExit): void {
    alive.delete(this);
    for (const { fail } of this.pending.values()) fail(new KernelDiedError(exit));
    for (const socket of Object.values(this.sockets ?? {})) socket.close();
    this.own.remove();
  }
}

/** The end of what a dying process wrote, without blank lines and lines of packed code. */
function lastLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && line.length < 500);
  return lines.slice(-12).join("\n");
}

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}
