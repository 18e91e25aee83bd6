import { type ChildProcess, spawn } from "node:child_process";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { type MysqlSettings, SETTING_NAMES, type Settings } from "../../lib/keep/settings";

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Settings as the environment has them, and nothing of the developer's own. */
export function environmentOf(
  settings: Partial<MysqlSettings>,
  data: string,
): Record<string, string> {
  const environment = Object.fromEntries(Object.values(SETTING_NAMES).map((name) => [name, ""]));
  for (const [key, value] of Object.entries({ ...settings, data })) {
    if (value === undefined || typeof value === "object") continue;
    environment[SETTING_NAMES[key as keyof Settings]] = String(value);
  }
  return environment;
}

/** Our command line, as npm starts it. */
const COMMAND = [process.execPath, "--require", "./lib/typescript.cjs", "lib/cli.ts"];

/** Starts the command line in a process of its own; it may be an argument of another command. */
export function startCommand(
  args: string[],
  environment: Record<string, string>,
  within: string[] = [],
): Started {
  return startProcess([...within, ...COMMAND, ...args], environment);
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Outcome>;
}

export function startProcess(line: string[], environment: Record<string, string>): Started {
  const [command = "", ...args] = line;
  const child = spawn(command, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ended = new Promise<Outcome>((done) => {
    child.once("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}
