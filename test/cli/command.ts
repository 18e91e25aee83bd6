import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import type { Notebook } from "../../lib/notebook/nbformat";
import { type Outcome as Ended, startCommand } from "../support/db-command";
import { newFolder } from "../support/new-folder";
import { canListProcesses, processesWith } from "../support/processes";

/** What came out, `stderr` without notices: what is said of notebooks that are not the project's. */
export type Outcome = Ended & { notices: string[] };

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
    const environment = { TMPDIR: scratch, TEMP: scratch, INIT_CWD: folder, ...env };
    const { child, ended } = startCommand(["run", "--out", out, ...args], environment, within);
    children.push(child);
    const told = ended.then((done): Outcome => {
      const notices = done.stderr.match(NOTICE) ?? [];
      return { ...done, stderr: done.stderr.replace(NOTICE, ""), notices };
    });
    return { child, ended: told };
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
