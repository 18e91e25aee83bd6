import { SourceMap, type SourceMapping } from "node:module";
import vm from "node:vm";
import type { Converter, ConvertResult } from "tslab/dist/converter";
import { createCellProgram } from "./cell-program";
import { type KeptCell, KeptCells } from "./kept-cells";

/**
 * tslab's compiler, made to remember where each line of a cell's JavaScript comes from.
 *
 * tslab compiles a cell twice (TypeScript to ES modules, those to CommonJS) and keeps no source
 * map, so a stack frame would point into code that nobody wrote. Here both steps make a map, and
 * each cell's code is named `cell[N]` after its prompt number, which V8 shows in stack frames.
 */
export interface CellCompiler {
  /** What `createExecutor` takes in place of tslab's own converter. */
  converter: Converter;
  /** Says which prompt number, source and name the next `convert` is for. */
  begin(prompt: number, source: string): void;
  /** What the last `convert` found wrong: all of it, with codes, where tslab keeps one line each. */
  diagnostics(): ConvertResult["diagnostics"];
  /** The place in a cell's TypeScript, 1-based; nothing where the line is the compiler's own. */
  locate(cellName: string, line: number, column: number): CellPlace | undefined;
  /** Whether a line of a cell's JavaScript is the call that tslab puts behind it. */
  isCall(cellName: string, line: number): boolean;
  /** The source of a cell that ran, by its name (`cell[3]`). */
  sourceOf(cellName: string): string | undefined;
  /** Makes the compiler, which takes a second, before a cell needs it. */
  warm(): void;
}

export interface CellPlace {
  line: number;
  column: number;
}

/** The name that V8 shows for the code of the cell with this prompt number. */
export const cellName = (prompt: number): string => `cell[${prompt}]`;

/** What tslab's executor writes before a cell's code, on the same line. */
const WRAPPER = "(function(exports, require) { ";
const ASYNC_WRAPPER = "(async function(exports, require) { ";
/** tslab puts `export {};` on a line of its own before a cell. */
const LINES_BEFORE_CELL = 1;
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/** Source maps, as JSON. */
type Maps = Pick<KeptCell, "toModule" | "toSource">;

interface CompiledCell {
  source: string;
  maps?: Maps;
  /** Characters that tslab puts before the first line. */
  shift: number;
  /** Lines of JavaScript. */
  lines: number;
}

/**
 * Must run before anything loads `tslab/dist/converter`: the compiler's exports are read-only, so
 * the copy that tslab gets is replaced in the module cache.
 */
export function createCellCompiler(): CellCompiler {
  const last: { maps?: Maps } = {};
  patchCompiler((maps) => {
    last.maps = maps;
  });
  const { createConverter } =
    require("tslab/dist/converter") as typeof import("tslab/dist/converter");
  let made: Converter | undefined;
  const compiler = () => {
    made ??= createConverter({ isJS: false, isBrowser: false });
    return made;
  };
  const kept = new KeptCells();
  /** Modules that cells have declared: what a cell means then depends on them too. */
  let hasModules = false;
  const cells = new Map<string, CompiledCell>();
  let current = cellName(0);
  let found: ConvertResult["diagnostics"] = [];

  return {
    begin(prompt, source) {
      current = cellName(prompt);
      found = [];
      cells.set(current, { source, shift: 0, lines: Number.POSITIVE_INFINITY });
    },
    diagnostics: () => found,
    isCall: (name, line) => line > (cells.get(name)?.lines ?? Number.POSITIVE_INFINITY),
    sourceOf: (name) => cells.get(name)?.source,
    warm: () => void compiler(),
    locate(name, line, column) {
      const cell = cells.get(name);
      if (!cell?.maps) return undefined;
      const start = line === 1 ? Math.max(0, column - 1 - cell.shift) : column - 1;
      const inModule = entry(cell.maps.toModule, line - 1, start);
      const inCell =
        inModule && entry(cell.maps.toSource, inModule.originalLine, inModule.originalColumn);
      if (!inCell || inCell.originalLine < LINES_BEFORE_CELL) return undefined;
      const cellLine = inCell.originalLine - LINES_BEFORE_CELL;
      const text = cell.source.split("\n")[cellLine] ?? "";
      const before = text.slice(0, inCell.originalColumn);
      // An imported function's call is placed at its parenthesis; its name reads better.
      const back =
        text[inCell.originalColumn] === "("
          ? (/(?<![\w$])[\w$]+$/.exec(before)?.[0].length ?? 0)
          : 0;
      return { line: cellLine + 1, column: inCell.originalColumn - back + 1 };
    },
    converter: {
      convert(previous, source) {
        const { maps, ...result } = keptOrCompiled(previous, source);
        found = result.diagnostics;
        const cell = cells.get(current);
        if (result.output && cell) {
          const shift = (result.hasToplevelAwait ? ASYNC_WRAPPER : WRAPPER).length;
          result.output += `\n//# sourceURL=${current}`;
          const lines = result.output.split("\n").length;
          cells.set(current, { ...cell, maps, shift, lines });
        }
        return result;
      },
      inspect: (...args) => compiler().inspect(...args),
      complete: (...args) => compiler().complete(...args),
      addModule(...args) {
        hasModules = true;
        return compiler().addModule(...args);
      },
      close: () => made?.close(),
    },
  };

  function keptOrCompiled(previous: string, source: string): ConvertResult & { maps?: Maps } {
    const before = hasModules ? undefined : kept.read(previous, source);
    if (before) {
      const { toModule, toSource, ...result } = before;
      return { ...result, diagnostics: [], maps: { toModule, toSource } };
    }
    last.maps = undefined;
    const result = compiler().convert(previous, source);
    const { maps } = last as { maps?: Maps };
    const { output, declOutput = "", hasToplevelAwait = false, lastExpressionVar } = result;
    if (output !== undefined && maps && result.diagnostics.length === 0 && !hasModules) {
      const cell = { output, declOutput, hasToplevelAwait, lastExpressionVar, ...maps };
      kept.keep(previous, source, cell);
    }
    return { ...result, maps };
  }
}

/** Only an error asks for a place: the map is read then. */
function entry(map: string, line: number, column: number): SourceMapping | undefined {
  const found = new SourceMap(JSON.parse(map)).findEntry(line, column);
  return "originalLine" in found ? found : undefined;
}

type Compiler = typeof import("@tslab/typescript-for-tslab");

function patchCompiler(onCell: (maps: Maps) => void): void {
  const id = require.resolve("@tslab/typescript-for-tslab");
  const compiler = require(id) as Compiler;
  const descriptors: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(compiler);

  const createWatchCompilerHost = (
    files: string[],
    options: object,
    sys: unknown,
    _createProgram: unknown,
    ...reports: unknown[]
  ) =>
    Reflect.apply(compiler.createWatchCompilerHost, compiler, [
      files,
      // Types of @types packages that cells do not import are not worth 0.2 s per kernel.
      // Nothing is written to where output goes: its paths need no check, file by file.
      { ...options, inlineSourceMap: true, types: ["node"], suppressOutputPathCheck: true },
      sys,
      // Which file refers to which matters to builders that emit what a change affects; a cell is
      // one file. Working it out anew for each cell takes as long as checking it.
      compiler.createAbstractBuilder,
      ...reports,
    ]);

  const transpileModule: Compiler["transpileModule"] = (code, options) => {
    const inline = INLINE_MAP.exec(code);
    if (!inline) return compiler.transpileModule(code, options);
    const toSource = Buffer.from(inline[1] ?? "", "base64").toString();
    const plain = code.slice(0, inline.index);
    const output = compiler.transpileModule(plain, {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    if (output.sourceMapText) {
      onCell({ toModule: output.sourceMapText, toSource });
    }
    const mapped = output.outputText.lastIndexOf("//# sourceMappingURL=");
    return { ...output, outputText: output.outputText.slice(0, mapped < 0 ? undefined : mapped) };
  };

  // tslab watches the whole project, and a file that appears in it while a kernel runs (a cache, a
  // page) makes each later cell fail with "Unexpected pending rebuildTimer". The modules of a
  // kernel are loaded once anyway: to see a change in lib/, restart the kernel.
  const closed = { close() {} };
  compiler.sys.useCaseSensitiveFileNames = true;
  const sys = Object.assign(Object.create(compiler.sys), {
    watchFile: () => closed,
    watchDirectory: () => closed,
  });

  descriptors.sys = { value: sys, enumerable: true };
  descriptors.createWatchCompilerHost = { value: createWatchCompilerHost, enumerable: true };
  descriptors.createWatchProgram = { value: createCellProgram(compiler), enumerable: true };
  descriptors.transpileModule = { value: transpileModule, enumerable: true };
  const cached = require.cache[id];
  if (cached) cached.exports = Object.defineProperties({}, descriptors);

  // Node would put a line of the compiled code before each stack.
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) =>
    runInThisContext(
      code,
      typeof options === "object" ? { ...options, displayErrors: false } : options,
    );
}
