import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../keep/own-folder";
import { CACHE_DIR, PROJECT_ROOT } from "../../keep/paths";
import { replaceFile, sweepUnfinished } from "../../keep/replaced-file";
import { hash, sourceCode } from "../../keep/source-code";

export interface KeptCell {
  output: string;
  /** What this cell and those before it declare. */
  declOutput: string;
  hasToplevelAwait: boolean;
  lastExpressionVar?: string;
  toModule: string;
  toSource: string;
}

/** More cells than anybody writes: then all are forgotten. */
const MOST_CELLS = 5_000;
/** A cell that imports files of its own depends on more than the library's version. */
const OWN_FILES = /["']\.{1,2}\/(?!lib["'/])/;

/**
 * Cells that compiled without an error, on disk: after the same cells and with the same library,
 * the same cell need not be compiled again. Compiling takes as long as running in a notebook of
 * many short cells. What cannot be read or written is compiled as ever.
 */
export class KeptCells {
  private tidied = false;

  /** @param version of all that a cell's meaning depends on besides its text and the cells before */
  constructor(
    private readonly folder = join(CACHE_DIR, "cells"),
    private readonly version = compiledBy(),
  ) {}

  /** @param previous the declarations of the cells before */
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
    if (OWN_FILES.test(previous) || OWN_FILES.test(source)) return;
    const file = this.fileOf(previous, source);
    try {
      this.tidy();
      replaceFile(file, JSON.stringify(cell));
    } catch {}
  }

  /** Before the first cell of a version is kept, those of others go. */
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

/** Changes with the library's code, the packages installed and Node's own version. */
function compiledBy(): string {
  const library = sourceCode(join(PROJECT_ROOT, "lib"));
  const packages = readFileSync(join(PROJECT_ROOT, "package-lock.json"));
  return hash(`${library}${hash(packages)}${process.version}`).slice(0, 16);
}
