import vm from "node:vm";
import type * as ts from "@tslab/typescript-for-tslab";
import { createCellProgram } from "./cell-program";
import type { KeptCell } from "./kept-cells";

export type Maps = Pick<KeptCell, "toModule" | "toSource">;
type Compiler = typeof import("@tslab/typescript-for-tslab");

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/**
 * Gives tslab a compiler with source maps and without what a cell does not need. Its exports are
 * read-only: the module cache gets a copy, before tslab loads it.
 *
 * @param isChecked the cells' types are known to be right: each is compiled by itself
 */
export function patchCompiler(onCell: (maps: Maps) => void, isChecked: boolean): void {
  const id = require.resolve("@tslab/typescript-for-tslab");
  const compiler = require(id) as Compiler;
  const descriptors: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(compiler);
  const replace = (name: keyof Compiler, value: unknown) => {
    descriptors[name] = { value, enumerable: true };
  };
  replace("sys", unwatched(compiler));
  replace("createWatchProgram", createCellProgram(compiler));
  replace("createWatchCompilerHost", (...[files, options, sys, , ...reports]: unknown[]) =>
    Reflect.apply(compiler.createWatchCompilerHost, compiler, [
      files,
      // Unused @types cost 0.2 s per kernel. Nothing is written: paths need no check.
      {
        ...(options as object),
        inlineSourceMap: true,
        types: ["node"],
        suppressOutputPathCheck: true,
        ...(isChecked && ALONE),
      },
      sys,
      // References between files are for builders of many; for one cell they double the time.
      compiler.createAbstractBuilder,
      ...reports,
    ]),
  );
  if (isChecked) replace("getPreEmitDiagnosticsOfFiles", syntaxAndAwaits);
  const transpileModule: Compiler["transpileModule"] = (code, options) => {
    const inline = INLINE_MAP.exec(code);
    if (!inline) return compiler.transpileModule(code, options);
    const output = compiler.transpileModule(code.slice(0, inline.index), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    const toSource = Buffer.from(inline[1] ?? "", "base64").toString();
    if (output.sourceMapText) onCell({ toModule: output.sourceMapText, toSource });
    const mapped = output.outputText.lastIndexOf("//# sourceMappingURL=");
    return { ...output, outputText: output.outputText.slice(0, mapped < 0 ? undefined : mapped) };
  };
  replace("transpileModule", transpileModule);
  const cached = require.cache[id];
  if (cached) cached.exports = Object.defineProperties({}, descriptors);
  hideCompiledLines();
}

/** No file is read but the cell: what it imports is of any type. */
const ALONE = { noLib: true, lib: undefined, noResolve: true, types: [] };

/** By this message tslab finds out that a cell awaits. */
const AWAIT_OUTSIDE_FUNCTION = 1308;

function syntaxAndAwaits(program: ts.Program, files: ts.SourceFile[]): ts.Diagnostic[] {
  return files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file).filter(({ code }) => code === AWAIT_OUTSIDE_FUNCTION),
  ]);
}

/** Unwatched: otherwise a file that appears in the project makes each later cell of tslab fail. */
function unwatched({ sys }: Compiler): Compiler["sys"] {
  const closed = { close() {} };
  sys.useCaseSensitiveFileNames = true;
  const still = { watchFile: () => closed, watchDirectory: () => closed };
  return Object.assign(Object.create(sys), still);
}

/** Node would put compiled code before each stack. */
function hideCompiledLines(): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const isNamed = typeof options === "object";
    return runInThisContext(code, isNamed ? { ...options, displayErrors: false } : options);
  };
}
