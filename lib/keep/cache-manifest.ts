import { readFileSync } from "node:fs";
import pl from "nodejs-polars";
import { codeVersion } from "./code-version";
import { replaceFile } from "./replaced-file";
import { hash } from "./source-code";

export interface CacheKey {
  /** What is kept, as `sample`: part of the files' names. */
  source: string;
  /** Another value is another entry. */
  parameters: Record<string, string | number>;
  /** Hashes of what the tables were made from. Another value makes the entry stale. */
  fingerprint: Record<string, string>;
}

export interface TableFile {
  file: string;
  sha256: string;
  rows: number;
}

/** Written last: a kill leaves the old entry or the new one. */
interface Manifest extends CacheKey {
  made: string;
  notes: string[];
  tables: Record<string, TableFile>;
}

const FORMAT = "curriculum-logs cache";

export const MANIFEST_END = ".manifest.json";

export function manifestName({ source, parameters }: CacheKey): string {
  const asked = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${source}-${hash(JSON.stringify(asked)).slice(0, 16)}${MANIFEST_END}`;
}

export function writeManifest(path: string, manifest: Manifest): void {
  const whole = { format: FORMAT, version: cacheVersion(), ...manifest };
  const content = `${JSON.stringify(whole, null, 2)}\n`;
  replaceFile(path, `${hash(content)}\n${content}`);
}

/** Undefined if damaged: the first line is the hash of the others. */
export function readManifest(path: string): (Manifest & { version: string }) | undefined {
  try {
    const [sum, ...lines] = readFileSync(path, "utf8").split("\n");
    const content = lines.join("\n");
    const manifest = JSON.parse(content);
    return sum === hash(content) && isManifest(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** The hash before it proves nothing about its form. */
function isManifest({ format, made, notes, tables }: Manifest & { format: string }): boolean {
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

let version: string | undefined;

/** Changes with the code that makes the tables and with the Polars that stores them. */
export function cacheVersion(): string {
  if (version === undefined) {
    const { acquire, keep, twin } = codeVersion("acquire", "keep", "twin");
    version = `${hash([acquire, keep, twin].join())} polars ${pl.version}`;
  }
  return version;
}
