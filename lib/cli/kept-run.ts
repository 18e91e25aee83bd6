import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE_DIR, PROJECT_ROOT } from "../keep/paths";
import { replaceFile } from "../keep/replaced-file";
import { READ_SINCE, SETTING_NAMES } from "../keep/settings";
import { hash } from "../keep/source-code";
import { codeOf } from "../notebook/nbformat";
import type { Told } from "../tell/tell-run";
import type { Job } from "./read-jobs";

/** What is known of a notebook's last run; its results lie in the folder for results. */
export interface KeptRun {
  /** Changes with the notebook, its parameters, the settings and the code; empty if it cannot tell. */
  key: string;
  /** Hashes of the files that the run read and wrote; null for what cannot be known again. */
  files: Record<string, string | null>;
  /** The same of its pages. */
  pages: Record<string, string | null>;
  /** What was said of the data. */
  told: Told[];
  cells: number;
  seconds: number;
  /** When it ended. */
  at: string;
}

const RUNS = join(CACHE_DIR, "runs");
/** The oldest are forgotten. */
const MOST_RUNS = 50;

/** A cell that reads what the library does not tell of, or asks for the time or for chance. */
const UNTOLD =
  /\b(?:require|import|fetch)\s*\(|\b(?:process|globalThis|performance)\b|\b(?:read|scan)(?:CSV|JSON|Json|IPC|Parquet|Avro|Delta|Records)|\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b/;
const TOLD = /^(?:\.\/lib(?:\/index)?|nodejs-polars)$/;

export function readKeptRun({ name }: Job, folder: string): KeptRun | undefined {
  return readRun(fileOf(name, folder));
}

function readRun(file: string): (KeptRun & { folder: string }) | undefined {
  try {
    const run = JSON.parse(readFileSync(file, "utf8")) as KeptRun & { folder: string };
    return run.files && run.pages && Array.isArray(run.told) ? run : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Forgets the oldest runs, and those whose folder is gone. A run that cannot be kept is made again
 * the next time.
 */
export function keepRun({ name }: Job, folder: string, run: KeptRun): void {
  const file = fileOf(name, folder);
  try {
    replaceFile(file, JSON.stringify({ folder, ...run }));
    const files = readdirSync(RUNS).map((each) => join(RUNS, each));
    const newestFirst = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    for (const [at, each] of newestFirst.entries()) {
      if (at >= MOST_RUNS || !existsSync(readRun(each)?.folder ?? "")) rmSync(each);
    }
  } catch {
    forget(file);
  }
}

/** Nothing to do where another user's folder does not let us. */
function forget(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/** Whether the run would be the same again. */
export function isUnchanged(run: KeptRun, key: string): boolean {
  return run.key !== "" && run.key === key && areSame(run.files);
}

export function areSame(files: KeptRun["files"]): boolean {
  return Object.entries(files).every(([path, sha256]) => sha256 === contentOf(path));
}

/** The files' hashes; files that are not there are left out. */
export function contents(paths: readonly string[]): KeptRun["files"] {
  const there = paths.filter((path) => existsSync(path));
  return Object.fromEntries(there.map((path) => [path, contentOf(path) ?? null]));
}

/**
 * Changes with all that a run depends on but the files that it reads; empty if cells may read others.
 *
 * @param code changes with the library
 */
export function keyOf({ notebook, set, settings }: Job, code: string): string {
  if (!codeOf(notebook).every(tellsAll)) return "";
  const asked = { ...settings, [READ_SINCE]: undefined };
  const isOfPlace = ([name]: [string, unknown]) => /^(?:TZ|LANG|LC_|POLARS_)/.test(name);
  const place = Object.entries(process.env).filter(isOfPlace);
  const dataDir = resolve(PROJECT_ROOT, settings[SETTING_NAMES.data] ?? "data");
  return hash(JSON.stringify([code, notebook, set, asked, place, namesIn(dataDir)]));
}

function tellsAll(source: string): boolean {
  // Behind each import its clause, which has no quotes, and then the file's name in quotes.
  const [, ...imports] = source.split(/\bimport\b/);
  const names = imports.map((text) => text.split(/["']/, 2)[1] ?? "");
  return !UNTOLD.test(source) && names.every((name) => TOLD.test(name));
}

/** A new file may be a new source of data. */
function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== "cache") : [];
}

function contentOf(path: string): string | undefined {
  try {
    return hash(readFileSync(path));
  } catch {
    return undefined;
  }
}

function fileOf(name: string, folder: string): string {
  return join(RUNS, `${hash(JSON.stringify([folder, name])).slice(0, 16)}.json`);
}
