import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { CACHE_DIR, OUT_DIR } from "./paths";

/**
 * Makes a folder, and those it is in, for this user alone: what a log says about people is not for
 * everybody on the machine. A folder that is there stays as it is, unless it is the project's own.
 *
 * @returns the first folder that had to be made
 */
export function makeFolder(path: string): string | undefined {
  const firstMade = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (path === OUT_DIR || path === CACHE_DIR) closeToOthers(path);
  return firstMade;
}

/**
 * Takes rights away from others in a folder of this user's: an earlier version left it open. Does
 * nothing where there is no such folder, it is a link, or the disk knows no rights.
 *
 * @param rights that others lose; all of them where not given
 */
export function closeToOthers(path: string, rights = 0o077): void {
  try {
    const stats = lstatSync(path);
    const isOwn = stats.isDirectory() && stats.uid === process.getuid?.();
    if (isOwn && (stats.mode & rights) !== 0) chmodSync(path, stats.mode & 0o7777 & ~rights);
  } catch {
    // then they are as they were, which is no reason to stop
  }
}
