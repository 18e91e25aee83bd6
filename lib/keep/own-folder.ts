import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { CACHE_DIR, OUT_DIR } from "./paths";

/** Makes a folder and its parents for this user alone; returns the first that was made. */
export function makeFolder(path: string): string | undefined {
  const firstMade = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (path === OUT_DIR || path === CACHE_DIR) closeToOthers(path);
  return firstMade;
}

/** Takes rights away from others in this user's folder, where the disk knows rights. */
export function closeToOthers(path: string, rights = 0o077): void {
  try {
    const stats = lstatSync(path);
    const isOwn = stats.isDirectory() && stats.uid === process.getuid?.();
    if (isOwn && (stats.mode & rights) !== 0) chmodSync(path, stats.mode & 0o7777 & ~rights);
  } catch {}
}
