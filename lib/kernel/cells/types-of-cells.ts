import { join } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { getCodeMetadata } from "tslab/dist/metadata";
import { PROJECT_ROOT } from "../../keep/paths";

/** Exports without types. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
}
interface Names {
  locals?: Map<string, unknown>;
  identifiers: Map<string, string>;
}

/** The options of tslab 1.0.22 on Node 18 and newer. */
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  declaration: true,
  experimentalDecorators: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.React,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
};

/**
 * Whether a kernel would find nothing wrong with the types of each notebook's cells: all are checked
 * in one program, where a kernel makes one for each cell. A cell is a file that imports the names of
 * those before it. What this cannot tell (modules in cells, a new value for an earlier name) counts
 * as wrong: the kernel then checks for itself.
 *
 * @param notebooks the sources of the code cells of each
 */
export function haveRightTypes(notebooks: readonly (readonly string[])[]): boolean[] {
  const files = new Map<string, string>();
  const names = notebooks.map((cells, notebook) => {
    if (cells.some(isSpecial)) return undefined;
    return addCells(files, cells, (cell) => `__cell_${notebook}_${cell}__`);
  });
  const program = ts.createProgram([...files.keys()], OPTIONS, hostWith(files));
  return names.map((own) => own?.every((name) => isRight(program, name)) ?? false);
}

/** Adds a file for each cell; returns the files' names. */
function addCells(
  files: Map<string, string>,
  cells: readonly string[],
  moduleOf: (cell: number) => string,
): string[] {
  const madeIn = new Map<string, string>();
  return cells.map((source, cell) => {
    const { declared, mentioned } = namesIn(source);
    const imports = mentioned
      .filter((name) => madeIn.has(name) && !declared.includes(name))
      .map((name) => `import { ${name} } from "./${madeIn.get(name)}";`);
    const file = join(PROJECT_ROOT, `${moduleOf(cell)}.ts`);
    files.set(file, [...imports, source, `export { ${declared.join(", ")} };`].join("\n"));
    for (const name of declared) madeIn.set(name, moduleOf(cell));
    return file;
  });
}

function namesIn(source: string) {
  const file = ts.createSourceFile("cell.ts", `export {};\n${source}`, ts.ScriptTarget.ES2022);
  (ts as unknown as Internals).bindSourceFile(file, OPTIONS);
  const { locals = new Map(), identifiers } = file as unknown as Names;
  return { declared: [...locals.keys()], mentioned: [...identifiers.keys()] };
}

function hostWith(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile } = host;
  return {
    ...host,
    getCurrentDirectory: () => PROJECT_ROOT,
    fileExists: (path) => files.has(path) || fileExists(path),
    readFile: (path) => files.get(path) ?? readFile(path),
    getSourceFile: (path, version) => {
      const text = files.get(path) ?? readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
  };
}

function isRight(program: ts.Program, name: string): boolean {
  const file = program.getSourceFile(name);
  return ts.getPreEmitDiagnostics(program, file).every((found) => found.file !== file);
}

function isSpecial(source: string): boolean {
  const { module, mode } = getCodeMetadata(source);
  return module !== undefined || mode === "browser";
}
