import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { KernelStartError } from "./kernel-errors";

const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Ports = Record<`${(typeof CHANNELS)[number]}_port`, number>;

/** Where a kernel listens and the key that messages are signed with: Jupyter's connection file. */
export interface Connection extends Ports {
  transport: string;
  /** With tcp an address; with ipc how the paths of all sockets begin. */
  ip: string;
  key: string;
  signature_scheme: "hmac-sha256";
}

export interface OwnConnection {
  connection: Connection;
  file: string;
  /** Removes the folder; harmless when repeated. */
  remove: () => void;
}

const FOLDER = "curriculum-logs-kernel-";
const SOCKET = "channel";
/** Bytes that every system takes for the path of a socket: macOS the fewest. */
const LONGEST_SOCKET_PATH = 103;
const isWindows = process.platform === "win32";

/**
 * A connection with a random key, in a folder that is this user's alone. Everybody on the machine
 * can connect to a port, and to read outputs takes no key: the channels are socket files in that
 * folder. Windows has none, for ZeroMQ; there they are ports, 0 for whichever is free.
 *
 * @throws {KernelStartError} where there is no place for such a folder
 */
export function newConnection(): OwnConnection {
  const folder = newFolder();
  const file = join(folder, "connection.json");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const connection: Connection = {
    transport: isWindows ? "tcp" : "ipc",
    ip: isWindows ? "127.0.0.1" : join(folder, SOCKET),
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
    ...portsBy((_, index) => (isWindows ? 0 : index + 1)),
  };
  try {
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  } catch (error) {
    remove();
    throw noFolder(`${folder}: ${(error as Error).message}`);
  }
  return { connection, file, remove };
}

export function portsBy(portOf: (channel: (typeof CHANNELS)[number], index: number) => number) {
  const entries = CHANNELS.map((channel, index) => [`${channel}_port`, portOf(channel, index)]);
  return Object.fromEntries(entries) as Ports;
}

/** The address of a channel as ZeroMQ takes it. Port 0 is one that is free, written with a star. */
export function channelAddress({ transport, ip }: Connection, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port || "*"}`;
}

function newFolder(): string {
  const parents = isWindows ? [tmpdir()] : [tmpdir(), "/tmp"];
  const failures = new Set<string>();
  for (const parent of parents.map((folder) => resolve(folder))) {
    const socket = join(parent, `${FOLDER}XXXXXX`, `${SOCKET}-5`);
    if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH && !isWindows) {
      failures.add(`${parent} is too long for the path of a socket`);
      continue;
    }
    try {
      return mkdtempSync(join(parent, FOLDER));
    } catch (error) {
      failures.add((error as Error).message);
    }
  }
  throw noFolder([...failures].join("; "));
}

function noFolder(why: string): KernelStartError {
  const name = isWindows ? "TEMP" : "TMPDIR";
  return new KernelStartError(
    `a kernel needs a folder for its sockets, and none can be made: ${why}. Set ${name} to a folder that you may write to, with a short path.`,
  );
}
