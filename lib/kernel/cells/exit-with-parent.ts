import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

/** Runs in a thread of its own, so it works while a cell keeps the main thread busy. */
const WATCH_STDIN = `
  const folder = require("node:worker_threads").workerData;
  const fs = require("node:fs");
  const stdin = new (require("node:net").Socket)({ fd: 0 });
  stdin.on("error", () => {}).on("close", () => {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {}
    process.kill(process.pid, "SIGKILL");
  }).resume();
`;

/**
 * Ends this process as soon as the one that started it is gone, however that one ended: the
 * operating system closes the other end of stdin even for a process that was killed. The
 * folder with the connection file and the sockets goes too, if it is still there.
 */
export function exitWithParent(connectionFile: string): void {
  const workerData = dirname(connectionFile);
  new Worker(WATCH_STDIN, { eval: true, execArgv: [], stdin: false, workerData }).unref();
}
