import { Worker } from "node:worker_threads";

/** Seconds that one file may take: of work, and altogether, as others may be at work here too. */
const MOST_WORK = 5;
const MOST_TIME = 60;

/**
 * Ends this process where one file keeps it busy or waiting for too long, with the scratch folder
 * copied to `keptDir`. A thread of its own: one that hangs cannot tell.
 *
 * @returns call `next` before each file, and `stop` at the end
 */
export function watch(
  dir: string,
  keptDir: string,
): { next: (seed: number) => void; stop: () => void } {
  const state = new Float64Array(new SharedArrayBuffer(8));
  const worker = new Worker(SOURCE, {
    eval: true,
    workerData: { state, dir, keptDir, mostWork: MOST_WORK, mostTime: MOST_TIME },
  });
  worker.unref();
  return {
    next: (seed) => {
      state[0] = seed;
    },
    stop: () => void worker.terminate(),
  };
}

// plain JavaScript: a thread does not have this process's compiler
const SOURCE = `
const { workerData } = require("node:worker_threads");
const { cpSync, writeSync } = require("node:fs");
const { state, dir, keptDir, mostWork, mostTime } = workerData;
let seed, since, workBefore;
const work = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
setInterval(() => {
  if (state[0] !== seed) {
    seed = state[0];
    since = Date.now();
    workBefore = work();
  } else if (seed && (work() - workBefore > mostWork || Date.now() - since > 1000 * mostTime)) {
    const kept = keptDir + "/" + seed + "-hangs";
    cpSync(dir, kept, { recursive: true, filter: (path) => !path.endsWith("pipe") });
    writeSync(2, "The file of seed " + seed + " takes too long. It is kept in " + kept + "\\n");
    process.kill(process.pid, "SIGKILL");
  }
}, 250);
`;
