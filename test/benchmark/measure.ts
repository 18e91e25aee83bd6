import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** The machine and its Node.js, for the first line of a benchmark. */
export function machine(): string {
  const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
  return `Node ${process.version}, ${cpus().length} × ${cpu}`;
}

/** Runs it once to warm up and then several times. */
export function timed<T>(runs: number, run: () => T): { value: T; seconds: number[] } {
  let value = run();
  const seconds = Array.from({ length: runs }, () => {
    const start = performance.now();
    value = run();
    return (performance.now() - start) / 1000;
  });
  return { value, seconds };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

export function inSeconds(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(3)} s`.padStart(10);
}

/** Greatest memory of this process, in megabytes. */
export const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

/** What a program prints as JSON. */
export function runJson<T>(command: string, args: readonly string[], input = ""): T {
  const options = { input, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The same of a script of this project, in a process of its own. */
export function runScript<T>(file: string, ...args: string[]): T {
  const typescript = require.resolve("../../lib/typescript.cjs");
  return runJson<T>(process.execPath, ["--require", typescript, file, ...args]);
}

/** Says whether two results are the same; the exit code tells too. */
export function sayWhetherSame(what: string, isSame: boolean): void {
  console.log(`${what}: ${isSame ? "the same" : "NOT THE SAME"}`);
  if (!isSame) process.exitCode = 1;
}
