import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CACHE_DIR, PROJECT_ROOT } from "../keep/paths";
import { replaceFile } from "../keep/replaced-file";
import { hash } from "../keep/source-code";
import { compiledBy, importsOwnFiles } from "./cells/kept-cells";
import { kernelFiles } from "./kernel-command";

const KEPT = join(CACHE_DIR, "checked-cells.json");
/** The least recent are forgotten. */
const MOST_KEPT = 100;

/**
 * Whether the cells of each notebook are known to have the right types, checked by a process of its
 * own, once for all. Notebooks that were right stay so until they or the library change.
 *
 * @param notebooks the sources of the code cells of each
 */
export async function checkCells(
  notebooks: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<boolean[]> {
  const version = compiledBy();
  const keys = notebooks.map((cells) => hash(JSON.stringify([version, cells])));
  const known = readKept();
  const asked = notebooks.filter((_, at) => !known.includes(keys[at] as string));
  const found = asked.length > 0 ? await askProcess(asked, signal) : [];
  const isRight = keys.map((key) => known.includes(key) || found.shift() === true);
  const right = keys.filter((_, at) => isRight[at] && !notebooks[at]?.some(importsOwnFiles));
  if (asked.length > 0) keep([...new Set([...right, ...known])].slice(0, MOST_KEPT));
  return isRight;
}

/** All false where the process cannot tell: kernels check for themselves. */
async function askProcess(
  notebooks: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<boolean[]> {
  const [compiler = "", loader = ""] = kernelFiles(PROJECT_ROOT);
  const file = join(__dirname, "cells", "print-types-of-cells.ts");
  const child = spawn(process.execPath, ["--require", compiler, "--require", loader, file], {
    cwd: PROJECT_ROOT,
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
    signal,
  });
  const noProcess = new Promise<string>((resolve) => child.once("error", () => resolve("")));
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(notebooks));
  try {
    return JSON.parse(await Promise.race([text(child.stdout), noProcess])) as boolean[];
  } catch {
    return notebooks.map(() => false);
  }
}

function readKept(): string[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(KEPT, "utf8"));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(keys: string[]): void {
  try {
    replaceFile(KEPT, JSON.stringify(keys));
  } catch {}
}
