import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { Notebook } from "../../lib/notebook/nbformat";
import { newFolder } from "../support/new-folder";
import { canListProcesses, processesWith } from "../support/processes";

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Without the notices. */
  stderr: string;
  /** What is said of notebooks that are not the project's, as all of these are. */
  notices: string[];
}

export interface StartOptions {
  env?: Record<string, string>;
  /** What the command is an argument of. */
  within?: string[];
}

const NOTICE = /^.* is not one of this project's notebooks: .*\n/gm;

/** The command itself, in real processes: what it prints, writes, and leaves behind (nothing). */
export function useCommand(notebooks: Record<string, Notebook>) {
  const folder = newFolder();
  /** For the temporary files of the command and its kernels alone. */
  const scratch = join(folder, "tmp");
  const out = join(folder, "out");
  mkdirSync(scratch);
  const put = (name: string, notebook: Notebook) =>
    writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
  for (const [name, notebook] of Object.entries(notebooks)) put(name, notebook);

  const children: ChildProcess[] = [];
  const kernels = () => (canListProcesses ? processesWith(scratch) : []);
  // A test that fails half-way must not leave its kernels to the next one.
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await eventually(() => kernels().length === 0);
  });

  function start(args: string[], { env = {}, within = [] }: StartOptions = {}) {
    const [command = "", ...rest] = [...within, process.execPath];
    const line = ["--require", "./lib/typescript.cjs", "lib/cli.ts", "run", "--out", out, ...args];
    const child = spawn(command, [...rest, ...line], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, TMPDIR: scratch, TEMP: scratch, INIT_CWD: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let [stdout, stderr] = ["", ""];
    child.stdout?.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (stderr += text));
    const ended = new Promise<Outcome>((resolve) => {
      child.once("close", (code, signal) => {
        const notices = stderr.match(NOTICE) ?? [];
        resolve({ code, signal, stdout, stderr: stderr.replace(NOTICE, ""), notices });
      });
    });
    return { child, ended };
  }

  const leftFiles = () => [
    ...readdirSync(scratch),
    ...(existsSync(out) ? readdirSync(out).filter((name) => !/\.(ipynb|html)$/.test(name)) : []),
  ];

  return {
    ...{ folder, scratch, out, put, start, kernels, leftFiles },
    run: (line: string, options?: StartOptions) => start(line.split(" "), options).ended,
    result: (name: string): Notebook =>
      JSON.parse(readFileSync(join(out, `${name}.ipynb`), "utf8")),
    expectNothingLeft(): void {
      expect(kernels()).toEqual([]);
      expect(leftFiles()).toEqual([]);
    },
  };
}

/** Long enough for a machine that does much else at once. */
export async function eventually(holds: () => boolean, wait = 50): Promise<boolean> {
  for (let waited = 0; waited < 40_000; waited += wait) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return false;
}
