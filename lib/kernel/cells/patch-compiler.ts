import vm from "node:vm";
import { createCellProgram } from "./cell-program";
import type { KeptCell } from "./kept-cells";

export type Maps = Pick<KeptCell, "toModule" | "toSource">;
type Compiler = typeof import("@tslab/typescript-for-tslab");

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/**
 * Replaces the compiler that tslab gets by one that makes source maps and leaves out what a cell does
 * not need. Its exports are read-only, so the module cache gets a copy, before tslab loads it.
 */
export function patchCompiler(onCell: (maps: Maps) => void): void {
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
      // Types of @types packages that cells do not import are not worth 0.2 s per kernel.
      // Nothing is written to where output goes: its paths need no check, file by file.
      {
        ...(options as object),
        inlineSourceMap: true,
        types: ["node"],
        suppressOutputPathCheck: true,
      },
      sys,
      // Which file refers to which matters to builders that emit what a change affects; a cell is
      // one file. Working it out anew for each cell takes as long as checking it.
      compiler.createAbstractBuilder,
      ...reports,
    ]),
  );
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

/**
 * tslab watches the whole project, and a file that appears in it while a kernel runs (a cache, a
 * page) makes each later cell fail with "Unexpected pending rebuildTimer". The modules of a kernel
 * are loaded once anyway: to see a change in lib/, restart the kernel.
 */
function unwatched({ sys }: Compiler): Compiler["sys"] {
  const closed = { close() {} };
  sys.useCaseSensitiveFileNames = true;
  const still = { watchFile: () => closed, watchDirectory: () => closed };
  return Object.assign(Object.create(sys), still);
}

/** Node would put a line of the compiled code before each stack. */
function hideCompiledLines(): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const isNamed = typeof options === "object";
    return runInThisContext(code, isNamed ? { ...options, displayErrors: false } : options);
  };
}
