import { parseArgs } from "node:util";
import { MOST_ANOMALIES } from "../keep/settings";
import { visibleText } from "../words/visible-text";
import { takenByNpm } from "./npm-options";

/** What the user asked for. */
export type Command =
  | { name: "run"; options: RunOptions }
  | { name: "kernel"; remove: boolean }
  | { name: "clean" }
  | { name: "sample"; options: SampleOptions }
  | { name: "db"; options: DbOptions }
  | { name: "help" };

export interface RunOptions {
  /** Numbers, names or paths; none means all. */
  notebooks: string[];
  /** Parameters by name, values as typed. */
  set: Record<string, string>;
  source?: string;
  rows?: number;
  seed?: number;
  /** Further stories of each kind in the sample. */
  anomalies?: number;
  /** Folder with the user's files. */
  data?: string;
  /** What a line that cannot be read leads to. */
  onBadRows?: string;
  /** Whether the source is read anew, whatever the cache has. */
  refresh?: boolean;
  /** Seconds per cell. */
  timeout: number;
  /** Where results go; undefined is the project's out/. */
  out?: string;
}

export interface SampleOptions {
  /** How many rows; undefined is as many as the log has. */
  rows?: number;
  seed?: number;
  /** Folder for the files. */
  to: string;
}

export interface DbOptions {
  /** Fills the database, empties it, or reads it into the cache. */
  action: "load" | "drop" | "read";
  /** What it is filled with; undefined is the sample, or files where a folder is named. */
  source?: "files" | "sample";
  rows?: number;
  seed?: number;
  data?: string;
}

/** A command line that asks for something impossible. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const HELP = `Runs the notebooks and writes what they found to out/.

  npm start                     all of notebooks/, in order
  npm start -- 04 06            some, by number, name or path
  npm run kernel                installs the kernel for Jupyter and VS Code (-- --remove removes it)
  npm run clean                 removes out/ and data/cache/
  npm run sample -- --to DIR    writes the sample as files there, of any size
  npm run db -- load            fills the database of the settings with the sample or files
  npm run db -- read            reads it into data/cache/ and says how fast
  npm run db -- drop            removes what was loaded

Options of npm start (after --):
  --set NAME=VALUE    replaces a value in the cell tagged "parameters"; may be repeated
  --source SOURCE     where the logs come from: mysql, files or sample; mysql also hands the
                      database's settings to notebooks that are not in notebooks/
  --rows N            rows of the sample
  --seed N            seed of the sample
  --anomalies N       further stories of each kind to be found in the sample (0)
  --data DIR          folder with your own files (data/)
  --refresh           reads the source anew, once, whatever data/cache/ has
  --on-bad-rows set-aside
                      sets lines that cannot be read aside in out/ and reads the others
  --timeout SECONDS   how long one cell may take (600)
  --out DIR           where the results go (out/)
  --help              this text

Options of npm run sample (after --):
  --to DIR            where the log and cohorts.csv go; neither may be there yet
  --rows N            how many rows (900223), up to 500000000
  --seed N            seed of the sample (1)

Options of npm run db -- load (after load):
  --data DIR          files there instead of the sample; --source files takes those in data/
  --rows N, --seed N  of the sample
`;

export const DEFAULT_TIMEOUT = 600;
/** What the commands other than `run` take. */
const OPTIONS = {
  kernel: ["remove"],
  clean: [] as string[],
  sample: ["rows", "seed", "to"],
  db: ["source", "rows", "seed", "data"],
};
const DB_ACTIONS = ["load", "drop", "read"] as const;
const SOURCES = ["mysql", "files", "sample"];
const ON_BAD_ROWS = ["error", "set-aside"];

/**
 * Reads a command line.
 *
 * @param environment tells what npm kept of it
 * @throws {UsageError} if it cannot be understood; the message says what was expected
 */
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
  if (!isName(command)) {
    throw new UsageError(
      `there is no command "${command}"; there are run, kernel, clean, sample and db`,
    );
  }
  if (command !== "run") {
    const allowed = OPTIONS[command];
    const action = command === "db" ? rest.shift() : undefined;
    const extra = rest[0] ?? Object.keys(values).find((option) => !allowed.includes(option));
    if (extra !== undefined) throw new UsageError(`${command} does not take "${extra}"`);
    if (command === "clean") return { name: "clean" };
    if (command === "kernel") return { name: "kernel", remove: values.remove === true };
    if (command === "db") return { name: "db", options: dbOptions(action, values) };
    if (!values.to)
      throw new UsageError("sample needs --to and a folder: npm run sample -- --to DIR");
    const rows = wholeNumber("--rows", values.rows, 1);
    const seed = wholeNumber("--seed", values.seed, 0);
    return { name: "sample", options: { rows, seed, to: values.to } };
  }
  if (values.remove) throw new UsageError("--remove belongs to the command kernel");
  if (values.to !== undefined) throw new UsageError("--to belongs to the command sample");
  if (values.source !== undefined && !SOURCES.includes(values.source)) {
    throw new UsageError(`--source takes mysql, files or sample, not "${values.source}"`);
  }
  const onBadRows = values["on-bad-rows"];
  if (onBadRows !== undefined && !ON_BAD_ROWS.includes(onBadRows)) {
    throw new UsageError(`--on-bad-rows takes error or set-aside, not "${onBadRows}"`);
  }
  const options: RunOptions = {
    notebooks: rest,
    set: readSettings(values.set ?? []),
    source: values.source,
    rows: wholeNumber("--rows", values.rows, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    anomalies: anomalies(values.anomalies),
    data: values.data,
    onBadRows,
    refresh: values.refresh,
    timeout: seconds(values.timeout),
    out: values.out,
  };
  return { name: "run", options };
}

function dbOptions(
  action: string | undefined,
  values: ReturnType<typeof read>["values"],
): DbOptions {
  const known = DB_ACTIONS.find((name) => name === action);
  if (!known) {
    const found = action === undefined ? "" : `, not "${action}"`;
    throw new UsageError(`db takes load, drop or read${found}`);
  }
  const { source, data } = values;
  const allowed = known === "load" ? OPTIONS.db : known === "read" ? ["data"] : [];
  const extra = Object.keys(values).find((option) => !allowed.includes(option));
  if (extra !== undefined) throw new UsageError(`db ${known} does not take "${extra}"`);
  if (source !== undefined && source !== "files" && source !== "sample") {
    throw new UsageError(`db load takes --source files or sample, not "${source}"`);
  }
  const rows = wholeNumber("--rows", values.rows, 1);
  const seed = wholeNumber("--seed", values.seed, 0);
  return { action: known, source, rows, seed, data };
}

function anomalies(text: string | undefined): number | undefined {
  const count = wholeNumber("--anomalies", text, 0);
  if (count === undefined || count <= MOST_ANOMALIES) return count;
  throw new UsageError(`--anomalies takes at most ${MOST_ANOMALIES}, not "${text}"`);
}

function isName(command: string): command is "run" | keyof typeof OPTIONS {
  return command === "run" || Object.keys(OPTIONS).includes(command);
}

function read(args: string[], environment: Record<string, string | undefined>) {
  try {
    const known = {
      args,
      allowPositionals: true,
      options: {
        set: { type: "string", multiple: true },
        source: { type: "string" },
        rows: { type: "string" },
        seed: { type: "string" },
        anomalies: { type: "string" },
        data: { type: "string" },
        "on-bad-rows": { type: "string" },
        refresh: { type: "boolean" },
        timeout: { type: "string" },
        out: { type: "string" },
        to: { type: "string" },
        remove: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    } as const;
    const parsed = parseArgs(known);
    const { flags, mistake } = takenByNpm(parsed.positionals, known.options, environment);
    if (mistake) throw new UsageError(visibleText(mistake));
    Object.assign(parsed.values, Object.fromEntries(flags.map((name) => [name, true])));
    return parsed;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readSettings(settings: string[]): Record<string, string> {
  const entries = settings.map((setting) => {
    const at = setting.indexOf("=");
    const name = setting.slice(0, Math.max(at, 0)).trim();
    if (name === "") throw new UsageError(`--set takes NAME=VALUE, not "${setting}"`);
    return [name, setting.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(entries);
}

function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${option} takes an integer from ${least} on, not "${text}"`);
  }
  return value;
}

function seconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT;
  const value = Number(text);
  // Timers hold at most 2^31 ms.
  if (text.trim() === "" || !(value > 0) || value > 2_000_000) {
    throw new UsageError(`--timeout takes seconds above 0, not "${text}"`);
  }
  return value;
}
