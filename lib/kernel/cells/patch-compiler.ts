import { createCellProgram } from "./cell-program";
import type { KeptCell } from "./kept-cells";

/** A cell that was compiled once has no module in between. */
export type Maps = Pick<KeptCell, "toSource"> & Partial<Pick<KeptCell, "toModule">>;
type Compiler = typeof import("@tslab/typescript-for-tslab");

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/**
 * Gives tslab a compiler with source maps and without what a cell does not need. Its exports are
 * read-only: the module cache gets a copy, before tslab loads it.
 */
export function patchCompiler(onCell: (maps: Required<Maps>) => void): void {
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
      },
      sys,
      // References between files are for builders of many; for one cell they double the time.
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
}

/** Unwatched: otherwise a file that appears in the project makes each later cell of tslab fail. */
function unwatched({ sys }: Compiler): Compiler["sys"] {
  const closed = { close() {} };
  sys.useCaseSensitiveFileNames = true;
  const still = { watchFile: () => closed, watchDirectory: () => closed };
  return Object.assign(Object.create(sys), still);
}
