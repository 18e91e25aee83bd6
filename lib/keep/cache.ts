import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { type Notice, warningsBy } from "../tell/notice";
import {
  type CacheKey,
  cacheVersion,
  manifestName,
  readManifest,
  type TableFile,
  writeManifest,
} from "./cache-manifest";
import { closeToOthers } from "./own-folder";
import { CACHE_DIR } from "./paths";
import { replaceFile } from "./replaced-file";
import { shownPath } from "./shown-text";
import { hash } from "./source-code";
import { sweepCache } from "./sweep-cache";

export interface Cacheable {
  tables: Record<string, pl.DataFrame>;
  /** Said again when the tables come from the cache. */
  notes: string[];
  isKept?: boolean;
}

export interface CacheOptions {
  dir?: string;
  refresh?: boolean;
  /** Older entries do not count. */
  since?: Date;
  notice: Notice;
  warn?: Notice;
}

export interface Cached extends Cacheable {
  made: Date;
  isFromCache: boolean;
  notKept?: string;
}

const STALE = "is stale: what it was made from has changed";
const OTHER_VERSION = "is from another version";

/** The tables of `key` from the cache, or made by `build` and then kept. */
export async function throughCache(
  key: CacheKey,
  build: () => Cacheable | Promise<Cacheable>,
  { dir = CACHE_DIR, refresh = false, since, notice, warn = warningsBy(notice) }: CacheOptions,
): Promise<Cached> {
  closeToOthers(dir);
  const path = join(dir, manifestName(key));
  if (!refresh && existsSync(path)) {
    const entry = readEntry(path, dir, key, since);
    if (typeof entry === "object") return entry;
    const say = entry === STALE || entry === OTHER_VERSION ? notice : warn;
    if (entry !== undefined) say(`Cache ${shownPath(path)} ${entry}: made anew.`);
  }
  const built = await build();
  const made = new Date();
  if (built.isKept === false) return { ...built, made, isFromCache: false };
  let notKept: string | undefined;
  try {
    writeEntry(path, dir, key, built, made);
  } catch (error) {
    notKept = `${shownPath(dir)} cannot be written (${(error as Error).message})`;
    warn(
      `Not cached, as ${notKept}: what was there before is still there. Make room or rights; until then each run reads again.`,
    );
  }
  sweepCache(dir, path);
  return { ...built, made, isFromCache: false, notKept };
}

/** The entry, or why it cannot be used; undefined where only too old. */
function readEntry(
  path: string,
  dir: string,
  key: CacheKey,
  since?: Date,
): Cached | string | undefined {
  const manifest = readManifest(path);
  if (!manifest) return "is damaged";
  if (manifest.version !== cacheVersion()) return OTHER_VERSION;
  if (JSON.stringify(manifest.fingerprint) !== JSON.stringify(key.fingerprint)) return STALE;
  const made = new Date(manifest.made);
  // a wrong clock may have written a future moment
  if (since && (made < since || made > new Date())) return undefined;
  const tables: Record<string, pl.DataFrame> = {};
  for (const [name, { file, sha256, rows }] of Object.entries(manifest.tables)) {
    try {
      const bytes = readFileSync(join(dir, file));
      const table = hash(bytes) === sha256 ? pl.readParquet(bytes) : undefined;
      if (table?.height !== rows) return `is damaged (table ${name})`;
      tables[name] = table;
    } catch {
      return `has lost table ${name}`;
    }
  }
  return { tables, notes: manifest.notes, made, isFromCache: true };
}

function writeEntry(path: string, dir: string, key: CacheKey, built: Cacheable, made: Date): void {
  const tables: Record<string, TableFile> = {};
  const written: string[] = [];
  try {
    for (const [name, table] of Object.entries(built.tables)) {
      const bytes = table.writeParquet({ compression: "zstd" });
      const sha256 = hash(bytes);
      const file = `${key.source}-${name}-${sha256.slice(0, 16)}.parquet`;
      // the same content may belong to another entry
      if (!existsSync(join(dir, file))) written.push(file);
      replaceFile(join(dir, file), bytes);
      tables[name] = { file, sha256, rows: table.height };
    }
    writeManifest(path, { ...key, made: made.toISOString(), notes: built.notes, tables });
  } catch (error) {
    for (const file of written) rmSync(join(dir, file), { force: true });
    throw error;
  }
}
