import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { KernelStartError } from "./kernel-errors";

const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Ports = Record<`${(typeof CHANNELS)[number]}_port`, number>;

/** Jupyter's connection file: addresses, and the key that signs messages. */
export interface Connection extends Ports {
  transport: string;
  /** With tcp an address, with ipc the beginning of the sockets' paths. */
  ip: string;
  key: string;
  signature_scheme: "hmac-sha256";
}

export interface OwnConnection {
  connection: Connection;
  file: string;
  /** Removes the folder; may be repeated. */
  remove: () => void;
}

const FOLDER = "curriculum-logs-kernel-";
const SOCKET = "channel";
/** Bytes of a socket's path that every system takes. */
const LONGEST_SOCKET_PATH = 103;
const isWindows = process.platform === "win32";

/**
 * A connection with a random key. Security: anybody on the machine can connect to a port and read
 * outputs without the key, so channels are socket files in a folder of this user alone. Windows has
 * none and uses ports.
 *
 * @throws {KernelStartError} if there is no place for the folder
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

/** For ZeroMQ. Port 0, any that is free, is written with a star. */
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
