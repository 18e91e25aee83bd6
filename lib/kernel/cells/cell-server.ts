import { ZmqServer } from "tslab/dist/jupyter";
import { type Connection, channelAddress, type Ports, portsBy } from "../connection";
import { decodeMessage } from "../wire";
import type { CellRunner, ExecuteContent } from "./cell-runner";
import { inOrder } from "./in-order";

type Socket = Parameters<ZmqServer["handleExecute"]>[0];
type Message = Parameters<ZmqServer["handleExecute"]>[1];

interface Internals {
  bindSocket(socket: Listening, port: number): Promise<void>;
  handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void>;
}
interface Listening {
  sendHighWaterMark?: number;
  bind(address: string): Promise<void>;
}

export class CellServer extends ZmqServer {
  ports: Ports | undefined;
  private readonly cellRunner: CellRunner;

  constructor(runner: CellRunner, connectionFile: string) {
    super(runner, connectionFile);
    this.cellRunner = runner;
  }

  override async init(): Promise<void> {
    const server = this as unknown as Internals;
    server.bindSocket = async (socket, port) => {
      // By default ZeroMQ drops outputs once a thousand wait.
      socket.sendHighWaterMark = 0;
      await socket.bind(channelAddress(this.connInfo as Connection, port));
    };
    const handle = server.handleShellMessage;
    server.handleShellMessage = async (socket, ...frames) => {
      // Security: tslab's error for a wrong signature tells all readers the right one.
      if (decodeMessage(frames, this.connInfo.key)) await handle.call(this, socket, ...frames);
    };
    await super.init();
    this.ports = portsBy((channel) => {
      return Number(/[:-](\d+)$/.exec(this[channel].lastEndpoint ?? "")?.[1]);
    });
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
    // The notebook's timers, watchers and pools must not keep the kernel alive.
    setTimeout(() => process.exit(0), 50);
  }
}
