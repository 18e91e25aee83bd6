import { type ChildProcess, spawn } from "node:child_process";
import { PROJECT_ROOT } from "../keep/paths";
import type { Ports } from "./connection";
import { kernelCommand } from "./kernel-command";
import { type Environment, neededByKernel } from "./kernel-environment";
import type { KernelExit } from "./kernel-errors";

const STDERR_CHARACTERS = 8_000;

export class KernelProcess {
  readonly exited: Promise<KernelExit>;
  readonly ports: Promise<Ports>;
  exit: KernelExit | undefined;
  stderr = "";
  private readonly child: ChildProcess;

  constructor(
    connectionFile: string,
    env: Environment,
    { compiled, loadsLibrary }: { compiled?: string; loadsLibrary?: boolean } = {},
  ) {
    const needsCompiler = compiled === undefined;
    const [command = process.execPath, ...args] = kernelCommand(PROJECT_ROOT, needsCompiler);
    if (compiled) args.push("--compiled", compiled);
    if (loadsLibrary) args.push("--library");
    const child = spawn(command, [...args, "--owned", connectionFile], {
      cwd: PROJECT_ROOT,
      env: { ...neededByKernel(process.env), ...env },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches us alone, and we end the kernel and its children.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.child = child;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_CHARACTERS);
    });
    this.ports = new Promise((resolve) => {
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        // The first line has the ports.
        if (said.includes("\n")) return;
        said += text;
        const end = said.indexOf("\n");
        if (end >= 0) resolve(JSON.parse(said.slice(0, end)) as Ports);
      });
    });
    // A kernel that is gone closes its end; its exit is reported.
    child.stdin.on("error", () => {});
    this.exited = new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null) => {
        this.exit ??= { code, signal, stderr: lastLines(this.stderr) };
        resolve(this.exit);
      };
      child.once("error", (error) => {
        this.stderr += error.message;
        ended(null, null);
      });
      child.once("close", ended);
      // A child of the kernel may hold its stdout open.
      child.once("exit", (code, signal) => setTimeout(ended, 200, code, signal).unref());
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (this.exit || pid === undefined) return;
    try {
      if (process.platform === "win32") this.child.kill(signal);
      else process.kill(-pid, signal);
    } catch {}
  }
}

/** Without blank lines and packed code. */
function lastLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && line.length < 500);
  return lines.slice(-12).join("\n");
}
