import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { type Notice, warningsBy } from "../tell/notice";
import { codeVersion } from "./code-version";
import { closeToOthers } from "./own-folder";
import { CACHE_DIR } from "./paths";
import { replaceFile, sweepUnfinished } from "./replaced-file";
import { shownPath } from "./shown-text";
import { hash } from "./source-code";

/** What is kept, and what decides whether a kept one still holds. */
export interface CacheKey {
  /** What kind of thing is kept, as `sample`: part of the files' names. */
  source: string;
  /** What was asked for. Another value is another entry. */
  parameters: Record<string, string | number>;
  /** What the tables were made from, as hashes. Another value makes the entry stale. */
  fingerprint: Record<string, string>;
}

/** Tables by name, and lines about them that are to be said again when they come from the cache. */
export interface Cacheable {
  tables: Record<string, pl.DataFrame>;
  notes: string[];
  /** False for tables that are not to be kept. */
  isKept?: boolean;
}

export interface CacheOptions {
  /** Folder of the cache; the project's `data/cache/` where not given. */
  dir?: string;
  /** Makes the tables anew even where the cache has them. */
  refresh?: boolean;
  /** Entries made before this moment do not count. */
  since?: Date;
  notice: Notice;
  /** Takes what is wrong with the cache; `notice` and the run's terminal get it where not given. */
  warn?: Notice;
}

export interface Cached extends Cacheable {
  /** When the tables were made. */
  made: Date;
  isFromCache: boolean;
  /** Why the tables could not be kept; undefined where they are, or were not to be. */
  notKept?: string;
}

/**
 * What an entry consists of, written last: until it is in its place the entry before it
 * counts, so a kill at any moment leaves the old entry or the new one. It names its
 * tables' files, which are called by their content's hash and never change.
 */
interface Manifest extends CacheKey {
  format: "curriculum-logs cache";
  version: string;
  made: string;
  notes: string[];
  tables: Record<string, { file: string; sha256: string; rows: number }>;
}

const FORMAT = "curriculum-logs cache";
/** Why an entry does not count although nothing is wrong with it. */
const STALE = "is stale: what it was made from has changed";
const OTHER_VERSION = "is from another version";
const HOUR = 3_600_000;
/** Entries kept per source, newest first. */
const ENTRIES_KEPT = 4;

/**
 * The tables of `key` from the cache, or made by `build` and then kept there. A notice
 * says so where an entry could not be used or written; the run goes on.
 */
export async function throughCache(
  key: CacheKey,
  build: () => Cacheable | Promise<Cacheable>,
  { dir = CACHE_DIR, refresh = false, since, notice, warn = warningsBy(notice) }: CacheOptions,
): Promise<Cached> {
  closeToOthers(dir);
  const path = join(dir, manifestName(key));
  if (!refresh) {
    const entry = readEntry(path, dir, key, since);
    if (typeof entry !== "string") return entry;
    const say = entry === STALE || entry === OTHER_VERSION ? notice : warn;
    if (entry !== "") say(`Cache ${shownPath(path)} ${entry}: made anew.`);
  }
  const built = await build();
  const made = new Date();
  let notKept: string | undefined;
  if (built.isKept !== false) {
    try {
      writeEntry(path, dir, key, built, made);
    } catch (error) {
      notKept = `${shownPath(dir)} cannot be written (${(error as Error).message})`;
      warn(
        `Not cached, as ${notKept}: what was there before is still there. Make room or rights; until then each run reads again.`,
      );
    }
    sweep(dir, path);
  }
  return { ...built, made, isFromCache: false, notKept };
}

/** The entry, or why it cannot be used: empty where there is none. */
function readEntry(path: string, dir: string, key: CacheKey, since?: Date): Cached | string {
  if (!existsSync(path)) return "";
  const manifest = readManifest(path);
  if (!manifest) return "is damaged";
  if (manifest.version !== cacheVersion()) return OTHER_VERSION;
  if (JSON.stringify(manifest.fingerprint) !== JSON.stringify(key.fingerprint)) {
    return STALE;
  }
  const made = new Date(manifest.made);
  // a clock that was wrong may have written a moment that is still to come
  if (since && (made < since || made > new Date())) return "";
  const tables: Record<string, pl.DataFrame> = {};
  for (const [name, { file, sha256, rows }] of Object.entries(manifest.tables)) {
    try {
      const bytes = readFileSync(join(dir, file));
      if (hash(bytes) !== sha256) return `is damaged (table ${name})`;
      const table = pl.readParquet(bytes);
      if (table.height !== rows) return `is damaged (table ${name})`;
      tables[name] = table;
    } catch {
      return `has lost table ${name}`;
    }
  }
  return { tables, notes: manifest.notes, made, isFromCache: true };
}

/** The manifest, if it is whole: its first line is the hash of the others. */
function readManifest(path: string): Manifest | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const firstLine = text.indexOf("\n");
    const content = text.slice(firstLine + 1);
    if (text.slice(0, firstLine) !== hash(content)) return undefined;
    const manifest = JSON.parse(content) as Manifest;
    return isManifest(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is what `writeEntry` writes; it may be anything, with the right hash before it. */
function isManifest({ format, made, notes, tables }: Manifest): boolean {
  const isText = (value: unknown) => typeof value === "string";
  return (
    format === FORMAT &&
    !Number.isNaN(Date.parse(made)) &&
    Array.isArray(notes) &&
    notes.every(isText) &&
    Object.values(tables).every(
      ({ file, sha256, rows }) => isText(file) && isText(sha256) && Number.isSafeInteger(rows),
    )
  );
}

function writeEntry(path: string, dir: string, key: CacheKey, built: Cacheable, made: Date): void {
  const manifest: Manifest = {
    format: FORMAT,
    version: cacheVersion(),
    ...key,
    made: made.toISOString(),
    notes: built.notes,
    tables: {},
  };
  const written: string[] = [];
  try {
    for (const [name, table] of Object.entries(built.tables)) {
      const bytes = table.writeParquet({ compression: "zstd" });
      const sha256 = hash(bytes);
      const file = `${key.source}-${name}-${sha256.slice(0, 16)}.parquet`;
      // the same content may be another entry's too
      if (!existsSync(join(dir, file))) written.push(file);
      replaceFile(join(dir, file), bytes);
      manifest.tables[name] = { file, sha256, rows: table.height };
    }
    const content = `${JSON.stringify(manifest, null, 2)}\n`;
    replaceFile(path, `${hash(content)}\n${content}`);
  } catch (error) {
    for (const file of written) rmSync(join(dir, file), { force: true });
    throw error;
  }
}

/**
 * Removes what no entry needs: all but the newest entries of each source, and, once they
 * are an hour old, so that no other process can be at work on them, unfinished files and
 * tables without an entry.
 */
function sweep(dir: string, current: string): void {
  try {
    const names = readdirSync(dir);
    const age = (name: string) => Date.now() - statSync(join(dir, name)).mtimeMs;
    const remove = (name: string) => rmSync(join(dir, name), { force: true });

    const needed = new Set<string>();
    const entries = new Map<string, number>();
    const manifests = names.filter((name) => name.endsWith(MANIFEST_END));
    manifests.sort((a, b) => age(a) - age(b));
    for (const name of manifests) {
      const manifest = readManifest(join(dir, name));
      const source = manifest?.source ?? "";
      const newer = entries.get(source) ?? 0;
      entries.set(source, newer + 1);
      const isKept = manifest && (newer < ENTRIES_KEPT || join(dir, name) === current);
      if (isKept) for (const { file } of Object.values(manifest.tables)) needed.add(file);
      else if (manifest || age(name) > HOUR) remove(name);
    }
    for (const name of names) {
      if (name.endsWith(".parquet") && !needed.has(name) && age(name) > HOUR) remove(name);
    }
    sweepUnfinished(dir);
  } catch {
    // another process is sweeping too, or the folder is read-only: nothing is lost
  }
}

const MANIFEST_END = ".manifest.json";

function manifestName({ source, parameters }: CacheKey): string {
  const asked = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${source}-${hash(JSON.stringify(asked)).slice(0, 16)}${MANIFEST_END}`;
}

let version: string | undefined;

/**
 * Changes with the code that makes the tables and with the Polars that stores them, so
 * an entry made by other code is never taken for one made by this.
 */
function cacheVersion(): string {
  if (version === undefined) {
    const { acquire, keep, twin } = codeVersion("acquire", "keep", "twin");
    version = `${hash([acquire, keep, twin].join())} polars ${pl.version}`;
  }
  return version;
}
