import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { MOST_ANOMALIES } from "../keep/settings";
import { visibleText } from "../words/visible-text";
import { takenByNpm } from "./npm-options";

export type Command =
  | { name: "run"; options: RunOptions }
  | { name: "kernel"; remove: boolean }
  | { name: "clean" }
  | { name: "sample"; options: SampleOptions }
  | { name: "db"; options: DbOptions }
  | { name: "help" };

export interface RunOptions {
  /** Numbers, names or paths; empty means all. */
  notebooks: string[];
  set: Record<string, string>;
  source?: string;
  rows?: number;
  seed?: number;
  anomalies?: number;
  data?: string;
  onBadRows?: string;
  /** Reads anew, whatever the cache has. */
  refresh?: boolean;
  /** Also what nothing has changed for. */
  force?: boolean;
  /** How many run at the same time; by cores and memory if undefined. */
  jobs?: number;
  timeout: number;
  out?: string;
}

export interface SampleOptions {
  /** As many as the log has if undefined. */
  rows?: number;
  seed?: number;
  to: string;
}

export interface DbOptions {
  action: "load" | "drop" | "read";
  /** The sample if undefined, or files where a folder is named. */
  source?: "files" | "sample";
  rows?: number;
  seed?: number;
  data?: string;
}

export class UsageError extends Error {
  override name = "UsageError";
}

export const HELP = readFileSync(join(__dirname, "help.txt"), "utf8");
export const DEFAULT_TIMEOUT = 600;

const OPTIONS = {
  set: { type: "string", multiple: true },
  source: { type: "string" },
  rows: { type: "string" },
  seed: { type: "string" },
  anomalies: { type: "string" },
  data: { type: "string" },
  "on-bad-rows": { type: "string" },
  refresh: { type: "boolean" },
  force: { type: "boolean" },
  jobs: { type: "string" },
  timeout: { type: "string" },
  out: { type: "string" },
  to: { type: "string" },
  remove: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

const TAKES: Record<string, string[]> = {
  kernel: ["remove"],
  clean: [],
  sample: ["rows", "seed", "to"],
  db: ["source", "rows", "seed", "data"],
  "db load": ["source", "rows", "seed", "data"],
  "db read": ["data"],
  "db drop": [],
};

/** @throws {UsageError} if it cannot be understood; the message says what was expected */
export function parseCommand(
  args: string[],
  environment: Record<string, string | undefined> = process.env,
): Command {
  const { values, positionals } = read(args, environment);
  const [command = "run", ...rest] = positionals;
  if (values.help || command === "help") return { name: "help" };
  for (const folder of ["data", "out"] as const) {
    if (values[folder] === "") throw new UsageError(`--${folder} needs a folder`);
  }
  const refuseOthers = (name: string, words: string[]) => {
    const extra = [...words, ...Object.keys(values)].find((word) => !TAKES[name]?.includes(word));
    if (extra !== undefined) throw new UsageError(`${name} does not take "${extra}"`);
  };
  const rows = () => integer("--rows", values.rows, 1);
  const seed = () => integer("--seed", values.seed, 0);
  switch (command) {
    case "clean":
      refuseOthers(command, rest);
      return { name: command };
    case "kernel":
      refuseOthers(command, rest);
      return { name: command, remove: values.remove === true };
    case "sample":
      refuseOthers(command, rest);
      if (values.to)
        return { name: command, options: { rows: rows(), seed: seed(), to: values.to } };
      throw new UsageError("sample needs --to and a folder: npm run sample -- --to DIR");
    case "db": {
      const action = rest.shift();
      refuseOthers(command, rest);
      if (action !== "load" && action !== "drop" && action !== "read") {
        const found = action === undefined ? "" : `, not "${action}"`;
        throw new UsageError(`db takes load, drop or read${found}`);
      }
      refuseOthers(`db ${action}`, []);
      const source = oneOf("db load takes --source", values.source, ["files", "sample"]);
      const { data } = values;
      return { name: command, options: { action, source, rows: rows(), seed: seed(), data } };
    }
    case "run": {
      if (values.remove) throw new UsageError("--remove belongs to the command kernel");
      if (values.to !== undefined) throw new UsageError("--to belongs to the command sample");
      const options: RunOptions = {
        notebooks: rest,
        set: readSettings(values.set ?? []),
        source: oneOf("--source takes", values.source, ["mysql", "files", "sample"]),
        rows: rows(),
        seed: seed(),
        anomalies: anomalies(values.anomalies),
        data: values.data,
        onBadRows: oneOf("--on-bad-rows takes", values["on-bad-rows"], ["error", "set-aside"]),
        refresh: values.refresh,
        force: values.force,
        jobs: integer("--jobs", values.jobs, 1),
        timeout: seconds(values.timeout),
        out: values.out,
      };
      return { name: "run", options };
    }
  }
  throw new UsageError(
    `there is no command "${command}"; there are run, kernel, clean, sample and db`,
  );
}

function read(args: string[], environment: Record<string, string | undefined>) {
  try {
    const parsed = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    const { flags, mistake } = takenByNpm(parsed.positionals, OPTIONS, environment);
    if (mistake) throw new UsageError(visibleText(mistake));
    Object.assign(parsed.values, Object.fromEntries(flags.map((name) => [name, true])));
    return parsed;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readSettings(settings: string[]): Record<string, string> {
  const entries = settings.map((setting) => {
    const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
    if (name.trim() === "") throw new UsageError(`--set takes NAME=VALUE, not "${setting}"`);
    return [name.trim(), value.trim()] as const;
  });
  return Object.fromEntries(entries);
}

function oneOf<T extends string>(takes: string, text: string | undefined, known: readonly T[]) {
  const found = known.find((each) => each === text);
  if (found !== undefined || text === undefined) return found;
  const list = `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
  throw new UsageError(`${takes} ${list}, not "${text}"`);
}

function integer(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${option} takes an integer from ${least} on, not "${text}"`);
}

function anomalies(text: string | undefined): number | undefined {
  const count = integer("--anomalies", text, 0);
  if (count === undefined || count <= MOST_ANOMALIES) return count;
  throw new UsageError(`--anomalies takes at most ${MOST_ANOMALIES}, not "${text}"`);
}

function seconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT;
  const value = Number(text);
  // Timers hold at most 2^31 ms.
  if (text.trim() !== "" && value > 0 && value <= 2_000_000) return value;
  throw new UsageError(`--timeout takes seconds above 0, not "${text}"`);
}
