import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parse } from "dotenv";
import { type DatabaseNames, problemInNames } from "./database-names";
import { PROJECT_ROOT } from "./paths";
import { shownText } from "./shown-text";

export const SOURCES = ["mysql", "files", "sample"] as const;
export type Source = (typeof SOURCES)[number];

export const ON_BAD_ROWS = ["error", "set-aside"] as const;
/** Lines that cannot be read are an error, or are set aside. */
export type OnBadRows = (typeof ON_BAD_ROWS)[number];

const DATABASE_KEYS = [
  ...(["host", "port", "socket", "user", "password", "database", "ssl", "sslCa"] as const),
  ...(["serverKey", "connectTimeout", "readTimeout", "names"] as const),
] as const;
const KEYS = [
  ...DATABASE_KEYS,
  ...(["source", "rows", "anomalies", "seed", "data", "onBadRows"] as const),
] as const;
type Key = (typeof KEYS)[number];

/** What `env.ts` exports; `env.example.ts` explains each. */
export type Settings = { [key in Key]?: string | number | boolean | Record<string, string> };

const variableOf = (key: Key) =>
  `CURRICULUM_LOGS_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Each setting's variable: `CURRICULUM_LOGS_SSL_CA` of `sslCa`. */
export const SETTING_NAMES = Object.fromEntries(
  KEYS.map((key) => [key, variableOf(key)]),
) as Record<Key, string>;

export const DATABASE_VARIABLES: readonly string[] = DATABASE_KEYS.map((key) => SETTING_NAMES[key]);

/** When a run with `--refresh` began: older entries of the cache do not count. */
export const READ_SINCE = "CURRICULUM_LOGS_READ_SINCE";

/** Stories of each kind beside the published ones. */
export const MOST_ANOMALIES = 20;

export const WHERE_TO_SET = "Set it in .env, or in env.ts (copied from env.example.ts)";

const LONGEST_TIMEOUT = 86_400;

/** Times are in seconds. */
export interface MysqlSettings {
  host?: string;
  port: number;
  socket?: string;
  user: string;
  password?: string;
  database: string;
  ssl: boolean;
  sslCa?: string;
  serverKey?: string;
  connectTimeout: number;
  readTimeout: number;
  names: DatabaseNames;
}

export interface CheckedSettings {
  /** Undefined without a user, and a host or a socket. */
  mysql?: MysqlSettings;
  /** What MySQL lacks, by variable. */
  missing: string[];
  source?: Source;
  rows?: number;
  anomalies?: number;
  seed?: number;
  onBadRows?: OnBadRows;
  /** The user's files and the cache. */
  dataDir: string;
}

/** A setting is missing or wrong; the message says where to set it. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

type Values = { [key in Key]?: string };
type Environment = Record<string, string | undefined>;
interface Where {
  root?: string;
  environment?: Environment;
}

/**
 * Each setting from the environment, else `env.ts`, else `.env`. Empty text counts as not set.
 *
 * @throws {SettingsError} if a file cannot be read, or a name or value is wrong
 */
export function readSettings(where: Where = {}): CheckedSettings {
  const set = valuesSet(where);
  const missing: string[] = [];
  if (!set.user) missing.push(SETTING_NAMES.user);
  if (!set.host && !set.socket) missing.push(`${SETTING_NAMES.host} (or ${SETTING_NAMES.socket})`);
  return {
    mysql: missing.length > 0 ? undefined : mysqlSettings(set),
    missing,
    source: oneOf("source", set, SOURCES),
    rows: integer("rows", set, 1),
    anomalies: integer("anomalies", set, 0, MOST_ANOMALIES),
    seed: integer("seed", set, 0),
    onBadRows: oneOf("onBadRows", set, ON_BAD_ROWS),
    dataDir: resolve(where.root ?? PROJECT_ROOT, set.data ?? "data"),
  };
}

/** The settings in force as variables, for a process that is to have the same. */
export function settingVariables(where: Where = {}): Environment {
  const set = valuesSet(where);
  return Object.fromEntries(KEYS.map((key) => [SETTING_NAMES[key], set[key]]));
}

function valuesSet({ root = PROJECT_ROOT, environment = process.env }: Where): Values {
  // env.ts may change it
  const outer = { ...environment };
  const inFile = readEnvFile(join(root, ".env"));
  const inModule = loadEnvModule(join(root, "env.ts"));
  return Object.fromEntries(
    KEYS.map((key) => {
      const name = SETTING_NAMES[key];
      return [key, outer[name] || settingText(inModule[key]) || inFile[name] || undefined];
    }),
  );
}

function readEnvFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  let inFile: Record<string, string>;
  try {
    inFile = parse(readFileSync(path));
  } catch (error) {
    throw new SettingsError(`.env cannot be read: ${(error as Error).message}`);
  }
  const known = Object.values(SETTING_NAMES);
  const slip = Object.keys(inFile).find(
    (name) => name.startsWith("CURRICULUM_LOGS_") && !known.includes(name),
  );
  if (slip === undefined) return inFile;
  throw new SettingsError(
    `.env sets ${slip}, which is no setting: correct its name or take it out; there are ${known.join(", ")}`,
  );
}

/** Empty without such a file. */
export function loadEnvModule(path: string): Settings {
  if (!existsSync(path)) return {};
  try {
    // tsx's own require compiles TypeScript under every runner
    const loaded = createRequire(__filename)("../tsx.cjs").require(path, __filename);
    return loaded.default ?? loaded;
  } catch (error) {
    throw new SettingsError(`env.ts cannot be loaded: ${(error as Error).message}`);
  }
}

/** As it would stand in `.env`. */
export function settingText(value: Settings[Key]): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.entries(value)
    .map(([known, own]) => `${known}=${own}`)
    .join();
}

function mysqlSettings(set: Values): MysqlSettings {
  const { host, socket, user = "", password, sslCa, serverKey } = set;
  const ssl = oneOf("ssl", set, ["true", "false"]);
  return {
    ...{ host, socket, user, password, sslCa, serverKey },
    port: integer("port", set, 1, 65_535) ?? 3306,
    database: set.database ?? "curriculum_logs",
    // security: nobody can listen to a local socket
    ssl: ssl === undefined ? socket === undefined : ssl === "true",
    connectTimeout: integer("connectTimeout", set, 1, LONGEST_TIMEOUT) ?? 10,
    readTimeout: integer("readTimeout", set, 1, LONGEST_TIMEOUT) ?? 60,
    names: databaseNames(set.names),
  };
}

function databaseNames(text = ""): DatabaseNames {
  const pairs = text.split(",").filter((pair) => pair.trim() !== "");
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

function oneOf<T extends string>(key: Key, set: Values, choices: readonly T[]): T | undefined {
  const value = set[key] as T | undefined;
  if (value === undefined || choices.includes(value)) return value;
  throw wrongSetting(key, choices.join(", ").replace(/, ([\w-]+)$/, " or $1"), value);
}

function integer(key: Key, set: Values, least: number, most = Number.MAX_SAFE_INTEGER) {
  const value = set[key];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw wrongSetting(key, `an integer from ${least} to ${most}`, value);
}

function wrongSetting(key: Key, expected: string, found: string): SettingsError {
  return new SettingsError(
    `${SETTING_NAMES[key]} must be ${expected}; found ${shownText(found)}. ${WHERE_TO_SET}.`,
  );
}
