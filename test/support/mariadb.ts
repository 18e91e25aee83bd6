import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A database server of a test's own: data, socket, port and process are gone after `stop`. */
export interface MariaDb {
  socket: string;
  /** Undefined where it was started without network. */
  port: number | undefined;
  /** Runs SQL as the administrator and gives what the client prints. */
  sql: (statements: string) => string;
  /** Sends the server's process a signal; SIGKILL and SIGTERM end it, and then it is waited for. */
  signal: (signal: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same data, socket and port. */
  start: () => Promise<void>;
  /** The statements that have arrived since the general log was turned on. */
  generalLog: () => string;
  stop: () => Promise<void>;
}

export interface MariaDbOptions {
  /** Listens on a port of 127.0.0.1 too. */
  network?: boolean;
  /** Further options of the server, as `--ssl-cert=FILE`. */
  args?: string[];
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

/** Starts a server on a socket in a temporary folder. */
export async function startMariaDb({
  network = false,
  args = [],
}: MariaDbOptions = {}): Promise<MariaDb> {
  if (!server || !installer || !client) throw new Error("mariadb-server is not installed");
  const folder = mkdtempSync(join(tmpdir(), "mariadb-"));
  const socket = join(folder, "socket");
  const log = join(folder, "general.log");
  const port = network ? await freePort() : undefined;
  const common = [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    // a server that starts clears the folder it shares with others
    `--tmpdir=${folder}`,
    ...(process.getuid?.() === 0 ? ["--user=root"] : []),
  ];
  let daemon: ChildProcess | undefined;

  const sql = (statements: string) =>
    execFileSync(client, ["--no-defaults", `--socket=${socket}`, "--user=root", "--batch"], {
      input: statements,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    });
  const signal = async (name: NodeJS.Signals) => {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = new Promise((done) => daemon?.once("exit", done));
    daemon.kill(name);
    if (name === "SIGKILL" || name === "SIGTERM") await gone;
  };
  const start = async () => {
    const listening =
      port === undefined ? ["--skip-networking"] : ["--bind-address=127.0.0.1", `--port=${port}`];
    const started = spawn(
      server,
      [
        ...common,
        `--socket=${socket}`,
        `--pid-file=${join(folder, "pid")}`,
        `--general-log-file=${log}`,
        ...listening,
        ...args,
      ],
      { stdio: "ignore" },
    );
    daemon = started;
    for (let tries = 0; ; tries++) {
      try {
        sql("SELECT 1");
        return;
      } catch (error) {
        if (tries === 200 || started.exitCode !== null) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  };
  const stop = async () => {
    await signal("SIGCONT");
    await signal("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    execFileSync(
      installer,
      [...common, "--auth-root-authentication-method=normal", "--skip-test-db"],
      { stdio: "ignore" },
    );
    await start();
    const generalLog = () => readFileSync(log, "utf8");
    return { socket, port, sql, signal, start, generalLog, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
