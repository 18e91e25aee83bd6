import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CACHE_DIR, PROJECT_ROOT } from "../keep/paths";
import { replaceFile, sweepUnfinished } from "../keep/replaced-file";
import { hash } from "../keep/source-code";
import type { CompiledCell } from "./cells/compiled-cell";
import { compiledBy, importsOwnFiles } from "./cells/kept-cells";
import { kernelFiles } from "./kernel-command";

const KEPT = join(CACHE_DIR, "compiled");
/** The least recent are forgotten. */
const MOST_KEPT = 100;

/** A notebook's compiled cells are in this file, if `compileNotebooks` has made it. */
export function compiledFile(cells: readonly string[], version = compiledBy()): string {
  return join(KEPT, `${hash(JSON.stringify([version, cells])).slice(0, 32)}.json`);
}

/**
 * Compiles the cells of notebooks whose types are right, in a process of its own, once for all. They
 * are kept until they or the library change.
 *
 * @param notebooks the sources of the code cells of each
 * @returns of which there are compiled cells; kernels check the others for themselves
 */
export async function compileNotebooks(
  notebooks: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<boolean[]> {
  const version = compiledBy();
  const files = notebooks.map((cells) => compiledFile(cells, version));
  const isKnown = files.map(
    (file, at) => existsSync(file) && !notebooks[at]?.some(importsOwnFiles),
  );
  const asked = notebooks.filter((_, at) => !isKnown[at]);
  const compiled = asked.length > 0 ? await askProcess(asked, signal) : [];
  return files.map((file, at) => {
    if (isKnown[at]) return true;
    const cells = compiled.shift();
    return cells ? isWritten(file, cells) : false;
  });
}

/** None where the process cannot tell: kernels check for themselves. */
async function askProcess(
  notebooks: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<(CompiledCell[] | null)[]> {
  const [compiler = "", loader = ""] = kernelFiles(PROJECT_ROOT);
  const file = join(__dirname, "cells", "print-compiled.ts");
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
    return JSON.parse(await Promise.race([text(child.stdout), noProcess]));
  } catch {
    return [];
  }
}

function isWritten(file: string, cells: CompiledCell[]): boolean {
  try {
    replaceFile(file, JSON.stringify(cells));
    forgetOldest();
    return true;
  } catch {
    return false;
  }
}

function forgetOldest(): void {
  sweepUnfinished(KEPT);
  const files = readdirSync(KEPT).map((name) => join(KEPT, name));
  const age = (file: string) => -statSync(file).mtimeMs;
  const oldest = files.sort((a, b) => age(a) - age(b)).slice(MOST_KEPT);
  for (const file of oldest) rmSync(file, { force: true });
}
