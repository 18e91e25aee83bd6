import { connect, type Socket } from "node:net";
import type { MysqlSettings } from "../../keep/settings";
import { visibleText } from "../../words/visible-text";
import { codedError } from "./database-error";

/** Without a database none is chosen. */
export type ConnectionSettings = Omit<MysqlSettings, "database"> & { database?: string };

export interface OpenedSocket {
  socket: Socket;
  /** Why the other end may be no MySQL server, if `error` came before its greeting. */
  complaint(error: unknown): Error | undefined;
}

/** The server's first byte: version 10 of its greeting, or an error. */
const GREETINGS = [10, 255];

/** The driver's socket, with a host name for TLS also where that is an address. */
export function openSocket(settings: ConnectionSettings): OpenedSocket {
  const { host, port, socket: path, connectTimeout } = settings;
  const socket = path === undefined ? connect(port, host) : connect(path);
  socket.setKeepAlive(true).setNoDelay(true);
  let isConnected = false;
  let greeting: Buffer | undefined;
  socket.once("connect", () => {
    isConnected = true;
  });
  socket.once("data", (bytes: Buffer) => {
    greeting = bytes;
    if (!isGreeting(bytes)) socket.destroy();
  });
  const complaint = (error: unknown) => {
    if (!isConnected) return undefined;
    if (greeting === undefined) {
      const isLate = (error as { code?: string }).code === "ETIMEDOUT";
      const end = isLate
        ? `, but there was no greeting within ${connectTimeout} s`
        : " and ended without a greeting";
      return codedError("NO_GREETING", `the connection was taken${end}`);
    }
    if (isGreeting(greeting)) return undefined;
    const start = visibleText(greeting.toString("latin1"), { max: 40 });
    const words = `what answers there is no MySQL server: it began with "${start}"`;
    return codedError("NOT_MYSQL", words);
  };
  return {
    socket: path === undefined ? Object.assign(socket, { _host: host }) : socket,
    complaint,
  };
}

/** Three bytes of length, the number 0, and the version. */
function isGreeting(bytes: Buffer): boolean {
  return bytes.length < 5 || (bytes[3] === 0 && GREETINGS.includes(bytes[4] as number));
}
