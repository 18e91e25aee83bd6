import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_END, readManifest } from "./cache-manifest";
import { sweepUnfinished } from "./replaced-file";

const HOUR = 3_600_000;
/** Per source, newest first. */
const ENTRIES_KEPT = 4;

/** Removes old entries, and tables and unfinished files that nobody can still be writing. */
export function sweepCache(dir: string, current: string): void {
  try {
    const names = readdirSync(dir);
    const age = (name: string) => Date.now() - statSync(join(dir, name)).mtimeMs;
    const remove = (name: string) => rmSync(join(dir, name), { force: true });
    const needed = new Set<string>();
    const entries = new Map<string, number>();
    const manifests = names.filter((name) => name.endsWith(MANIFEST_END));
    for (const name of manifests.sort((a, b) => age(a) - age(b))) {
      const manifest = readManifest(join(dir, name));
      const source = manifest?.source ?? "";
      const newer = entries.get(source) ?? 0;
      entries.set(source, newer + 1);
      if (manifest && (newer < ENTRIES_KEPT || join(dir, name) === current)) {
        for (const { file } of Object.values(manifest.tables)) needed.add(file);
      } else if (manifest || age(name) > HOUR) remove(name);
    }
    for (const name of names) {
      if (name.endsWith(".parquet") && !needed.has(name) && age(name) > HOUR) remove(name);
    }
    sweepUnfinished(dir);
  } catch {
    // another process is sweeping too, or the folder is read-only
  }
}
