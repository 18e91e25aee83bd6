import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { channelAddress, newConnection, type OwnConnection, type Ports } from "./connection";
import type { Environment } from "./kernel-environment";
import { KernelDiedError, type KernelExit, KernelStartError, startError } from "./kernel-errors";
import { KernelProcess } from "./kernel-process";
import { Pending } from "./pending";
import { decodeMessage, encodeMessage, type Message, newMessage } from "./wire";

export interface KernelOptions {
  env?: Environment;
  startTimeout?: number;
  /** The file of the notebook's compiled cells; it must be there when the first cell runs. */
  compiled?: string;
  /** Loads the library before the first cell. */
  loadsLibrary?: boolean;
  /** Ends the kernel while it starts. */
  signal?: AbortSignal;
}

/** The content of `kernel_info_reply`. */
export type KernelInfo = Message["content"] & { language_info: Record<string, unknown> };

type Channel = "shell" | "control";
type Listener = (message: Message) => void;

/** Time to end by itself, and then after SIGTERM. */
const GRACE_MS = 1_000;

const alive = new Set<Kernel>();
process.on("exit", () => {
  for (const kernel of alive) kernel.kill();
});

/** A client of one tslab kernel, over Jupyter's protocol 5.3 on sockets of this user alone. */
export class Kernel {
  info!: KernelInfo;
  private readonly session = randomUUID();
  private sockets: { shell: Dealer; control: Dealer; iopub: Subscriber } | undefined;
  private readonly pending = new Map<string, Pending>();
  private readonly listeners = new Map<string, Listener>();
  private sending: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly own: OwnConnection,
    private readonly process: KernelProcess,
  ) {
    alive.add(this);
    process.exited.then((exit) => this.release(exit));
  }

  /**
   * Starts a kernel at the project root and waits until it answers and its outputs arrive.
   *
   * @throws {KernelStartError} if it ends, is late, or has no place for its sockets
   * @throws the signal's reason
   */
  static async start(options: KernelOptions = {}): Promise<Kernel> {
    const { env = {}, startTimeout = 60, compiled, loadsLibrary, signal } = options;
    signal?.throwIfAborted();
    const own = newConnection();
    let kernel: Kernel | undefined;
    const stop = () => kernel?.kill();
    signal?.addEventListener("abort", stop);
    try {
      kernel = new Kernel(own, new KernelProcess(own.file, env, { compiled, loadsLibrary }));
      await kernel.untilReady(startTimeout);
      return kernel;
    } catch (error) {
      kernel?.kill();
      await kernel?.exited;
      throw error;
    } finally {
      // Connected, nothing must stay on the disk that a killed process would leave.
      own.remove();
      signal?.removeEventListener("abort", stop);
    }
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get exited(): Promise<KernelExit> {
    return this.process.exited;
  }

  /**
   * Waits for the reply and until the kernel is idle.
   *
   * @param onMessage gets each answer on iopub, also later ones (a timer's)
   * @throws {KernelDiedError} as soon as the kernel is gone
   */
  async request(
    type: string,
    content: Message["content"],
    { channel = "shell", onMessage }: { channel?: Channel; onMessage?: Listener } = {},
  ): Promise<Message> {
    const [reply] = await this.ask(type, content, channel, onMessage).both;
    return reply;
  }

  /** A silent cell shows no outputs and has no prompt number. */
  execute(code: string, onMessage?: Listener, { silent = false } = {}): Promise<Message> {
    const rest = { user_expressions: {}, allow_stdin: false, stop_on_error: true };
    const content = { code, silent, store_history: !silent, ...rest };
    return this.request("execute_request", content, { onMessage });
  }

  /** Asks the kernel to end, then forces it. */
  async shutdown(): Promise<KernelExit> {
    if (!this.process.exit) {
      this.request("shutdown_request", { restart: false }, { channel: "control" }).catch(() => {});
      for (const signal of ["SIGTERM", "SIGKILL"] as const) {
        if (await Promise.race([this.exited, pause(GRACE_MS)])) break;
        this.process.signal(signal);
      }
    }
    return this.exited;
  }

  kill(): void {
    this.process.signal("SIGKILL");
    this.own.remove();
  }

  private async untilReady(seconds: number): Promise<void> {
    const late = pause(seconds * 1000).then(() => {
      throw new KernelStartError(
        `the kernel did not answer within ${seconds} s; this machine may be short of processors or memory`,
      );
    });
    const died = this.exited.then((exit) => Promise.reject(new KernelDiedError(exit)));
    // After the start they do not matter.
    for (const failure of [late, died]) failure.catch(() => {});
    try {
      await Promise.race([late, died, this.process.ports.then((ports) => this.connect(ports))]);
    } catch (error) {
      throw error instanceof KernelDiedError ? startError(error.exit, this.process.stderr) : error;
    }
  }

  /** Asks on each channel until a status arrives too: a subscription takes effect late. */
  private async connect(ports: Ports): Promise<void> {
    // Only now: short of threads or files, ZeroMQ would end this process; the kernel ends first.
    const sockets = {
      shell: new Dealer({ linger: 0 }),
      control: new Dealer({ linger: 0 }),
      iopub: new Subscriber({ receiveHighWaterMark: 0, linger: 0 }),
    };
    this.sockets = sockets;
    for (const channel of ["shell", "control", "iopub"] as const) {
      sockets[channel].connect(channelAddress(this.own.connection, ports[`${channel}_port`]));
    }
    sockets.iopub.subscribe();
    this.listen(sockets.shell, (message) => this.replied(message));
    this.listen(sockets.control, (message) => this.replied(message));
    this.listen(sockets.iopub, (message) => this.published(message));
    for (;;) {
      const { reply, idle } = this.ask("kernel_info_request", {});
      this.info = (await reply.promise).content as KernelInfo;
      if (await Promise.race([idle.promise.then(() => true), pause(100)])) break;
    }
    await this.ask("kernel_info_request", {}, "control").reply.promise;
  }

  private ask(
    type: string,
    content: Message["content"],
    channel: Channel = "shell",
    onMessage?: Listener,
  ): Pending {
    const message = newMessage(this.session, type, content);
    const id = message.header.msg_id;
    if (onMessage) this.listeners.set(id, onMessage);
    const pending = new Pending();
    const done = () => this.pending.delete(id);
    pending.both.then(done, done);
    this.pending.set(id, pending);
    if (this.process.exit) {
      pending.fail(new KernelDiedError(this.process.exit));
    } else {
      // ZeroMQ takes one message at a time.
      this.sending = this.sending
        .then(() => this.sockets?.[channel].send(encodeMessage(message, this.own.connection.key)))
        .catch((error) => pending.fail(error));
    }
    return pending;
  }

  private replied(message: Message): void {
    this.pending.get(message.parent.msg_id ?? "")?.reply.resolve(message);
  }

  private published(message: Message): void {
    const { header, parent, content } = message;
    const id = parent.msg_id ?? "";
    this.listeners.get(id)?.(message);
    const isIdle = header.msg_type === "status" && content.execution_state === "idle";
    if (isIdle) this.pending.get(id)?.idle.resolve();
  }

  private async listen(socket: AsyncIterable<Buffer[]>, onMessage: Listener): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decodeMessage(frames, this.own.connection.key);
        if (message) onMessage(message);
      }
    } catch {}
  }

  private release(exit: KernelExit): void {
    alive.delete(this);
    for (const pending of this.pending.values()) pending.fail(new KernelDiedError(exit));
    for (const socket of Object.values(this.sockets ?? {})) socket.close();
    this.own.remove();
  }
}

const pause = (ms: number) => wait(ms, undefined, { ref: false });
