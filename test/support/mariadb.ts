import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A database server of a test's own: data, socket and process are gone after `stop`. */
export interface MariaDb {
  socket: string;
  /** Runs SQL as the administrator and gives what the client prints. */
  sql: (statements: string) => string;
  stop: () => Promise<void>;
}

const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/libexec"];

function program(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const server = program("mariadbd");
const installer = program("mariadb-install-db");
const client = program("mariadb");

/** Whether the programs are there; tests that need them are skipped otherwise. */
export const hasMariaDb = Boolean(server && installer && client);

/** Starts a server on a socket in a temporary folder, without any network. */
export async function startMariaDb(): Promise<MariaDb> {
  if (!server || !installer || !client) throw new Error("mariadb-server is not installed");
  const folder = mkdtempSync(join(tmpdir(), "mariadb-"));
  const socket = join(folder, "socket");
  const isRoot = process.getuid?.() === 0;
  const common = [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    ...(isRoot ? ["--user=root"] : []),
  ];
  let daemon: ChildProcess | undefined;

  const sql = (statements: string) =>
    execFileSync(client, ["--no-defaults", `--socket=${socket}`, "--user=root", "--batch"], {
      input: statements,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    });
  const stop = async () => {
    if (daemon && daemon.exitCode === null) {
      const gone = new Promise((done) => daemon?.once("exit", done));
      daemon.kill("SIGTERM");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    execFileSync(
      installer,
      [...common, "--auth-root-authentication-method=normal", "--skip-test-db"],
      { stdio: "ignore" },
    );
    daemon = spawn(
      server,
      [...common, `--socket=${socket}`, `--pid-file=${join(folder, "pid")}`, "--skip-networking"],
      { stdio: "ignore" },
    );
    for (let tries = 0; ; tries++) {
      try {
        sql("SELECT 1");
        return { socket, sql, stop };
      } catch (error) {
        if (tries === 100 || daemon.exitCode !== null) throw error;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
}
