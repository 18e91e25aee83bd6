import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

/** In a thread of its own: a cell may keep the main thread busy. */
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
 * Ends this process when its parent is gone, even killed: the system closes stdin. The folder of
 * the connection file and sockets goes too.
 */
export function exitWithParent(connectionFile: string): void {
  const workerData = dirname(connectionFile);
  new Worker(WATCH_STDIN, { eval: true, execArgv: [], stdin: false, workerData }).unref();
}
