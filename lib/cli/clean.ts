import { existsSync, rmSync } from "node:fs";
import { CACHE_DIR, OUT_DIR } from "../keep/paths";
import { shownPath } from "../keep/shown-text";

/** Removes results and caches. A user's files in data/ stay. */
export function clean(folders = [OUT_DIR, CACHE_DIR]): string {
  const there = folders.filter((folder) => existsSync(folder));
  for (const folder of there) rmSync(folder, { recursive: true, force: true });
  return there.length > 0
    ? `Removed ${there.map(shownPath).join(" and ")}\n`
    : "There was nothing to remove\n";
}
