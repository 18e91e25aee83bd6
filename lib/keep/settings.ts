import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parse } from "dotenv";
import { type DatabaseNames, problemInNames } from "./database-names";
import { PROJECT_ROOT } from "./paths";
import { shownText } from "./shown-text";

/** Where `acquireLogs` finds its tables: `mysql`, `files` or `sample`. */
export type Source = "mysql" | "files" | "sample";

/** What happens to a file with lines that cannot be read: an error, or those lines are set aside. */
export type OnBadRows = "error" | "set-aside";

/** What `env.ts` exports. Everything may be left out; text and numbers may be used for numbers. */
export interface Settings {
  host?: string;
  port?: string | number;
  socket?: string;
  user?: string;
  password?: string;
  database?: string;
  ssl?: string | boolean;
  sslCa?: string;
  serverKey?: string;
  connectTimeout?: string | number;
  readTimeout?: string | number;
  /** Tables and columns that the database calls otherwise; text is `logs=access, user_id=student`. */
  names?: string | Record<string, string>;
  source?: string;
  rows?: string | number;
  /** How many further stories of each kind are planted in the sample. */
  anomalies?: string | number;
  seed?: string | number;
  data?: string;
  onBadRows?: string;
}

/** How to reach the database. */
export interface MysqlSettings {
  host?: string;
  port: number;
  /** A socket file of this machine; used in place of `host` and `port`. */
  socket?: string;
  user: string;
  password?: string;
  database: string;
  /** Whether the connection is encrypted and the server's certificate checked. */
  ssl: boolean;
  /** File of the certificate authority that signed the server's certificate. */
  sslCa?: string;
  /** File of the server's public key, with which the password is encrypted where the connection is not. */
  serverKey?: string;
  /** Seconds until the server must have taken us in. */
  connectTimeout: number;
  /** Seconds for which the server may be silent while it is read. */
  readTimeout: number;
  /** Tables and columns that the database calls otherwise. */
  names: DatabaseNames;
}

/** The settings as they apply, checked. */
export interface CheckedSettings {
  /** Undefined where MySQL is not configured: that takes a user, and a host or a socket. */
  mysql?: MysqlSettings;
  /** What MySQL still lacks, by the names in `.env`; empty where it is configured. */
  missing: string[];
  source?: Source;
  rows?: number;
  anomalies?: number;
  seed?: number;
  onBadRows?: OnBadRows;
  /** Folder with the user's files and the cache made from them, whole path. */
  dataDir: string;
}

/** A setting that is missing or not as it must be; the message names it and says where to set it. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** Each setting's name in `.env` and the environment. */
export const SETTING_NAMES: Record<keyof Settings, string> = {
  host: "CURRICULUM_LOGS_HOST",
  port: "CURRICULUM_LOGS_PORT",
  socket: "CURRICULUM_LOGS_SOCKET",
  user: "CURRICULUM_LOGS_USER",
  password: "CURRICULUM_LOGS_PASSWORD",
  database: "CURRICULUM_LOGS_DATABASE",
  ssl: "CURRICULUM_LOGS_SSL",
  sslCa: "CURRICULUM_LOGS_SSL_CA",
  serverKey: "CURRICULUM_LOGS_SERVER_KEY",
  connectTimeout: "CURRICULUM_LOGS_CONNECT_TIMEOUT",
  readTimeout: "CURRICULUM_LOGS_READ_TIMEOUT",
  names: "CURRICULUM_LOGS_NAMES",
  source: "CURRICULUM_LOGS_SOURCE",
  rows: "CURRICULUM_LOGS_ROWS",
  anomalies: "CURRICULUM_LOGS_ANOMALIES",
  seed: "CURRICULUM_LOGS_SEED",
  data: "CURRICULUM_LOGS_DATA",
  onBadRows: "CURRICULUM_LOGS_ON_BAD_ROWS",
};

/** The names of those that say how to reach the database. */
export const DATABASE_VARIABLES: readonly string[] = (
  [
    ...([
      "host",
      "port",
      "socket",
      "user",
      "password",
      "database",
      "ssl",
      "sslCa",
      "serverKey",
    ] as const),
    ...(["connectTimeout", "readTimeout", "names"] as const),
  ] satisfies (keyof Settings)[]
).map((key) => SETTING_NAMES[key]);

/**
 * Set by a run that reads anew, and no setting of a user's: the moment it began. What the cache got
 * before does not count, so the first notebook reads and the others take what it kept.
 */
export const READ_SINCE = "CURRICULUM_LOGS_READ_SINCE";

/** Stories of each kind that may be planted beside the published ones. */
export const MOST_ANOMALIES = 20;

/** The advice that ends every message about a setting. */
export const WHERE_TO_SET = "Set it in .env, or in env.ts (copied from env.example.ts)";

const DEFAULT_PORT = 3306;
const DEFAULT_DATABASE = "curriculum_logs";
const DEFAULT_CONNECT_TIMEOUT = 10;
const DEFAULT_READ_TIMEOUT = 60;
const LONGEST_TIMEOUT = 86_400;
export const SOURCES: readonly Source[] = ["mysql", "files", "sample"];
export const ON_BAD_ROWS: readonly OnBadRows[] = ["error", "set-aside"];

/**
 * The settings in force: of each, the environment's value, else that of `env.ts`, else
 * that of `.env`; empty text counts as not set. `env.ts` need not be there.
 *
 * @throws {SettingsError} where `.env` cannot be read or sets what is no setting, `env.ts` cannot
 *   be loaded, or a value is none that the setting can have
 */
export function readSettings({
  root = PROJECT_ROOT,
  environment = process.env as Record<string, string | undefined>,
} = {}): CheckedSettings {
  const set = gatherSettings(root, environment);
  const missing: string[] = [];
  if (!set.user) missing.push(SETTING_NAMES.user);
  if (!set.host && !set.socket) missing.push(`${SETTING_NAMES.host} (or ${SETTING_NAMES.socket})`);
  return {
    mysql: missing.length > 0 ? undefined : mysqlSettings(set),
    missing,
    source: oneOf("source", set.source, SOURCES),
    rows: wholeNumber("rows", set.rows, 1, Number.MAX_SAFE_INTEGER),
    anomalies: wholeNumber("anomalies", set.anomalies, 0, MOST_ANOMALIES),
    seed: wholeNumber("seed", set.seed, 0, Number.MAX_SAFE_INTEGER),
    onBadRows: oneOf("onBadRows", set.onBadRows, ON_BAD_ROWS),
    dataDir: resolve(root, set.data ?? "data"),
  };
}

/**
 * A line for each of `.env` and `env.ts` that sets a password and that others may read; none on
 * Windows, where a file's mode does not say who may. What is wrong with a file, `readSettings` says.
 */
export function passwordsOthersRead(root = PROJECT_ROOT): string[] {
  if (process.platform === "win32") return [];
  const isOpen = (name: string) => orElse(() => statSync(join(root, name)).mode & 0o044, 0) !== 0;
  const inFile = orElse(() => parse(readFileSync(join(root, ".env"))), {});
  const inModule = orElse(() => settingText(loadModule(join(root, "env.ts")).password), "");
  // env.ts mostly hands on what .env says
  const isFromFile = inModule !== "" && Object.values(inFile).includes(inModule);
  const holders: string[] = [];
  if (inFile[SETTING_NAMES.password] || isFromFile) holders.push(".env");
  if (inModule !== "" && !isFromFile) holders.push("env.ts");
  return holders
    .filter(isOpen)
    .map((name) => `${name} can be read by other users of this machine: chmod 600 ${name}`);
}

function orElse<T>(read: () => T, other: T): T {
  try {
    return read();
  } catch {
    return other;
  }
}

/** The settings in force as variables of an environment, for a process that shall have the same. */
export function settingVariables({
  root = PROJECT_ROOT,
  environment = process.env as Record<string, string | undefined>,
} = {}): Record<string, string | undefined> {
  const set = gatherSettings(root, environment);
  const names = Object.entries(SETTING_NAMES) as [keyof Settings, string][];
  return Object.fromEntries(names.map(([key, name]) => [name, set[key]]));
}

function gatherSettings(root: string, environment: Record<string, string | undefined>) {
  // read before env.ts runs: it may change the environment
  const outer = { ...environment };
  const inFile = readEnvFile(join(root, ".env"));
  const inModule = loadModule(join(root, "env.ts"));
  const set: Partial<Record<keyof Settings, string>> = {};
  for (const [key, name] of Object.entries(SETTING_NAMES) as [keyof Settings, string][]) {
    set[key] = outer[name] || settingText(inModule[key]) || inFile[name] || undefined;
  }
  return set;
}

/** What `.env` sets, or nothing where there is no such file. */
function readEnvFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    throw new SettingsError(`.env cannot be read: ${(error as Error).message}`);
  }
  const inFile = parse(text);
  const known: readonly string[] = Object.values(SETTING_NAMES);
  for (const name of Object.keys(inFile)) {
    // a slip in a name would else be as if nothing were set
    if (name.startsWith("CURRICULUM_LOGS_") && !known.includes(name)) {
      throw new SettingsError(
        `.env sets ${name}, which is no setting: correct its name or take it out; there are ${known.join(", ")}`,
      );
    }
  }
  return inFile;
}

/** A setting of `env.ts` as it would stand in `.env`. */
function settingText(value: Settings[keyof Settings]): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.entries(value)
    .map(([known, own]) => `${known}=${own}`)
    .join();
}

/** What `env.ts` exports, or nothing where there is no such file. It is looked for at run time, so nothing breaks without it. */
function loadModule(path: string): Settings {
  if (!existsSync(path)) return {};
  const require = createRequire(__filename);
  try {
    // tsx's own require compiles TypeScript under every runner
    const loaded = require("../tsx.cjs").require(path, __filename);
    return loaded.default ?? loaded;
  } catch (error) {
    throw new SettingsError(`env.ts cannot be loaded: ${(error as Error).message}`);
  }
}

function mysqlSettings(set: Partial<Record<keyof Settings, string>>): MysqlSettings {
  const ssl = oneOf("ssl", set.ssl, ["true", "false"] as const);
  return {
    host: set.host,
    port: wholeNumber("port", set.port, 1, 65_535) ?? DEFAULT_PORT,
    socket: set.socket,
    user: set.user as string,
    password: set.password,
    database: set.database ?? DEFAULT_DATABASE,
    // a socket's two ends are on this machine: there is nobody to listen
    ssl: ssl === undefined ? set.socket === undefined : ssl === "true",
    sslCa: set.sslCa,
    serverKey: set.serverKey,
    connectTimeout:
      wholeNumber("connectTimeout", set.connectTimeout, 1, LONGEST_TIMEOUT) ??
      DEFAULT_CONNECT_TIMEOUT,
    readTimeout:
      wholeNumber("readTimeout", set.readTimeout, 1, LONGEST_TIMEOUT) ?? DEFAULT_READ_TIMEOUT,
    names: databaseNames(set.names),
  };
}

function databaseNames(text: string | undefined): DatabaseNames {
  const pairs = (text ?? "").split(",").filter((pair) => pair.trim() !== "");
  const names = Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 0) throw wrongSetting("names", "pairs as logs=access, user_id=student", pair);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
  const problem = problemInNames(names);
  if (problem) throw new SettingsError(`${SETTING_NAMES.names}: ${problem}. ${WHERE_TO_SET}.`);
  return names;
}

function oneOf<T extends string>(
  key: keyof Settings,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined || (choices as readonly string[]).includes(value)) return value as T;
  throw wrongSetting(key, choices.join(", "), value);
}

function wholeNumber(
  key: keyof Settings,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw wrongSetting(key, `an integer from ${least} to ${most}`, value);
}

function wrongSetting(key: keyof Settings, expected: string, found: string): SettingsError {
  return new SettingsError(
    `${SETTING_NAMES[key]} must be ${expected.replace(/, (\w+)$/, " or $1")}; found ${shownText(found)}. ${WHERE_TO_SET}.`,
  );
}
