import { readdirSync, readFileSync } from "node:fs";

/** Whether a process exists and is not a zombie. */
export function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+Z/m.test(readProc(`/proc/${pid}/status`));
}

/** Whether this system lists its processes as files. */
export const canListProcesses = process.platform === "linux";

/** Running processes that have this text in their command line. */
export function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readProc(`/proc/${pid}/cmdline`).includes(text) && isRunning(pid));
}

function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
