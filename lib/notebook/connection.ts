import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inOneLine } from "../keep/write-error";

/** The ports of Jupyter's five channels. */
export interface Ports {
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

/** Where a kernel listens and the key that messages are signed with: Jupyter's connection file. */
export interface Connection extends Ports {
  transport: "tcp";
  ip: "127.0.0.1";
  key: string;
  signature_scheme: "hmac-sha256";
}

/**
 * A connection of this machine with a random key and no ports yet: the kernel takes whichever are
 * free when it binds them, and says which. Ports chosen by anybody else could be taken by then.
 */
export function newConnection(): Connection {
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
    shell_port: 0,
    iopub_port: 0,
    stdin_port: 0,
    control_port: 0,
    hb_port: 0,
  };
}

/**
 * Writes a connection file that only this user can read, in a folder of its own.
 *
 * @returns the file, and a function that removes it with its folder (harmless when repeated)
 */
export function writeConnectionFile(connection: Connection): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-kernel-"));
  const file = join(folder, "connection.json");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    inOneLine(file, () => writeFileSync(file, JSON.stringify(connection), { mode: 0o600 }));
  } catch (error) {
    remove();
    throw error;
  }
  return { file, remove };
}
