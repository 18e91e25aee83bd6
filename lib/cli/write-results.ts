import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../keep/own-folder";
import { replaceFile, sweepUnfinished } from "../keep/replaced-file";
import { inOneLine } from "../keep/write-error";
import type { Notebook } from "../notebook/nbformat";

/** Before anything runs. */
export function prepareOutDir(folder: string): void {
  inOneLine(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    sweepUnfinished(folder);
  });
}

export function writeNotebook(folder: string, name: string, notebook: Notebook): string {
  return writeResult(folder, `${name}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** Writes a file whole or not at all. */
export function writeResult(folder: string, file: string, text: string): string {
  const path = join(folder, file);
  inOneLine(path, () => replaceFile(path, text));
  return path;
}
