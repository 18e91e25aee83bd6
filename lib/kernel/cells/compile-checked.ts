import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../keep/own-folder";
import { CACHE_DIR, PROJECT_ROOT } from "../../keep/paths";
import { type CompiledCell, cellFiles, compileCells } from "./compiled-cell";

/** As tslab 1.0.22 checks cells. They lie elsewhere, and import as if they lay in the project. */
const OPTIONS = {
  rootDirs: [PROJECT_ROOT, "."],
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2022",
  lib: ["es2022"],
  types: ["node"],
  strict: false,
  experimentalDecorators: true,
  resolveJsonModule: true,
  jsx: "react",
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Compiles the cells of notebooks whose types are right; null for the others. All are checked at
 * once by the native compiler, where a kernel would check each cell against the whole library. What
 * this cannot tell (modules in cells, a new value for an earlier name) counts as wrong: the kernel
 * then checks for itself.
 *
 * @param notebooks the sources of the code cells of each
 */
export async function compileChecked(
  notebooks: readonly (readonly string[])[],
): Promise<(CompiledCell[] | null)[]> {
  const wrong = wrongNotebooks(notebooks);
  const files = notebooks.map((cells) => cellFiles(cells));
  const compiled = compileCells(files.flatMap((own) => own ?? []));
  const found = await wrong;
  return files.map((own, notebook) => {
    const cells = compiled.splice(0, own?.length ?? 0);
    return own && found?.has(notebook) === false ? cells : null;
  });
}

/** Undefined where the compiler cannot tell. */
async function wrongNotebooks(
  notebooks: readonly (readonly string[])[],
): Promise<Set<number> | undefined> {
  makeFolder(CACHE_DIR);
  // In the project, for its packages to be found.
  const folder = mkdtempSync(join(CACHE_DIR, "types-"));
  try {
    for (const [notebook, cells] of notebooks.entries()) {
      const module = (cell: number) => `cell_${notebook}_${cell}`;
      const files = cellFiles(cells, (cell) => `./${module(cell)}`) ?? [];
      for (const [cell, { text }] of files.entries()) {
        writeFileSync(join(folder, `${module(cell)}.ts`), text);
      }
    }
    const config = { compilerOptions: OPTIONS, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    return await readProblems(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The compiler names files as its folder sees them: ours have no folder before their name. */
const PROBLEM = /^(?:cell_(\d+)_\d+\.ts|.*\.ts)\(\d+,\d+\): error /;

function readProblems(folder: string): Promise<Set<number> | undefined> {
  const compiler = join(PROJECT_ROOT, "node_modules", "typescript", "bin", "tsc");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, "--project", folder, "--pretty", "false"],
      { cwd: folder, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true },
      (error, printed) => {
        const lines = printed.split(/\r?\n/).filter((line) => /^\S/.test(line));
        const problems = lines.map((line) => PROBLEM.exec(line));
        const knows = error === null || (error.code !== undefined && lines.length > 0);
        if (!knows || problems.includes(null)) resolve(undefined);
        else resolve(new Set(problems.flatMap((found) => (found?.[1] ? [Number(found[1])] : []))));
      },
    );
  });
}
