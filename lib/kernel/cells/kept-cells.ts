import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../keep/own-folder";
import { CACHE_DIR, PROJECT_ROOT } from "../../keep/paths";
import { replaceFile, sweepUnfinished } from "../../keep/replaced-file";
import { hash, sourceCode } from "../../keep/source-code";

export interface KeptCell {
  output: string;
  /** Declarations of this cell and those before. */
  declOutput: string;
  hasToplevelAwait: boolean;
  lastExpressionVar?: string;
  toModule: string;
  toSource: string;
}

/** Beyond that, all are forgotten. */
const MOST_CELLS = 5_000;
/** A cell that imports its own files depends on more than the library's version. */
export function importsOwnFiles(source: string): boolean {
  return /["']\.{1,2}\/(?!lib["'/])/.test(source);
}

/** Compiled cells on disk: none is compiled again after the same cells with the same library. */
export class KeptCells {
  private tidied = false;

  /** @param version of all that a cell's meaning depends on besides the text of cells */
  constructor(
    private readonly folder = join(CACHE_DIR, "cells"),
    private readonly version = compiledBy(),
  ) {}

  /** @param previous declarations of the cells before */
  read(previous: string, source: string): KeptCell | undefined {
    try {
      const cell: KeptCell = JSON.parse(readFileSync(this.fileOf(previous, source), "utf8"));
      const texts = [cell.output, cell.declOutput, cell.toModule, cell.toSource];
      return texts.every((text) => typeof text === "string") ? cell : undefined;
    } catch {
      return undefined;
    }
  }

  keep(previous: string, source: string, cell: KeptCell): void {
    if (importsOwnFiles(previous) || importsOwnFiles(source)) return;
    const file = this.fileOf(previous, source);
    try {
      this.tidy();
      replaceFile(file, JSON.stringify(cell));
    } catch {}
  }

  /** Removes other versions before the first cell is kept. */
  private tidy(): void {
    if (this.tidied) return;
    this.tidied = true;
    const own = join(this.folder, this.version);
    makeFolder(own);
    sweepUnfinished(own);
    for (const name of readdirSync(this.folder)) {
      const folder = join(this.folder, name);
      const isOld = name !== this.version || readdirSync(folder).length > MOST_CELLS;
      if (isOld) rmSync(folder, { recursive: true, force: true });
    }
  }

  private fileOf(previous: string, source: string): string {
    const key = hash(`${hash(previous)}${hash(source)}`).slice(0, 32);
    return join(this.folder, this.version, `${key}.json`);
  }
}

/** Changes with the library, the packages and Node. */
export function compiledBy(): string {
  const library = sourceCode(join(PROJECT_ROOT, "lib"));
  const packages = readFileSync(join(PROJECT_ROOT, "package-lock.json"));
  return hash(`${library}${hash(packages)}${process.version}`).slice(0, 16);
}
