import { SourceMap, type SourceMapping } from "node:module";
import vm from "node:vm";
import type { Converter, ConvertResult } from "tslab/dist/converter";
import { CompiledNotebook } from "./compiled-notebook";
import { KeptCells } from "./kept-cells";
import { type Maps, patchCompiler } from "./patch-compiler";

/** 1-based, in a cell's TypeScript. */
export interface CellPlace {
  line: number;
  column: number;
}

/** V8's name for the code of a cell. */
export const cellName = (prompt: number): string => `cell[${prompt}]`;

/** tslab's executor writes it before a cell's code, on the same line. */
const WRAPPER = "(function(exports, require) { ";
const ASYNC_WRAPPER = "(async function(exports, require) { ";
/** tslab puts `export {};` on a line of its own before a cell. */
const LINES_BEFORE_CELL = 1;

interface CompiledCell {
  source: string;
  maps?: Maps;
  /** Characters that tslab puts before the first line. */
  shift: number;
  lines: number;
}

/**
 * tslab's compiler, with source maps: tslab compiles a cell twice (to ES modules, then to CommonJS)
 * and keeps none. Each cell's code is named `cell[N]` by its prompt number. Make it before
 * `tslab/dist/converter` is loaded.
 */
export class CellCompiler {
  /** Of the last `convert`: all, with codes; tslab keeps one line each. */
  diagnostics: ConvertResult["diagnostics"] = [];
  private made: Converter | undefined;
  private lastMaps: Required<Maps> | undefined;
  private readonly kept = new KeptCells();
  private readonly notebook: CompiledNotebook | undefined;
  /** Modules that cells declare change what later cells mean. */
  private hasModules = false;
  private readonly cells = new Map<string, CompiledCell>();
  private current = cellName(0);

  /** @param compiled the file of `compileNotebooks`, for a kernel that runs this notebook alone */
  constructor(compiled?: string) {
    if (compiled) this.notebook = new CompiledNotebook(compiled);
    else {
      patchCompiler((maps) => {
        this.lastMaps = maps;
      });
    }
    hideCompiledLines();
  }

  begin(prompt: number, source: string): void {
    this.current = cellName(prompt);
    this.diagnostics = [];
    this.cells.set(this.current, { source, shift: 0, lines: Number.POSITIVE_INFINITY });
  }

  /** A place in a cell's TypeScript; undefined for the compiler's own lines. */
  locate(name: string, line: number, column: number): CellPlace | undefined {
    const cell = this.cells.get(name);
    return cell && placeIn(cell, line, column);
  }

  /** Whether the line is the call that tslab puts behind a cell. */
  isCall(name: string, line: number): boolean {
    return line > (this.cells.get(name)?.lines ?? Number.POSITIVE_INFINITY);
  }

  sourceOf(name: string): string | undefined {
    return this.cells.get(name)?.source;
  }

  /** Takes a second to make. */
  compiler(): Converter {
    const { createConverter } =
      require("tslab/dist/converter") as typeof import("tslab/dist/converter");
    this.made ??= createConverter({ isJS: false, isBrowser: false });
    return this.made;
  }

  /** For tslab's `createExecutor`. */
  readonly converter: Converter = {
    convert: (previous, source) => {
      const { maps, ...result } = this.keptOrCompiled(previous, source);
      this.diagnostics = result.diagnostics;
      const cell = this.cells.get(this.current);
      if (result.output && cell) {
        const shift = (result.hasToplevelAwait ? ASYNC_WRAPPER : WRAPPER).length;
        result.output += `\n//# sourceURL=${this.current}`;
        const lines = result.output.split("\n").length;
        this.cells.set(this.current, { ...cell, maps, shift, lines });
      }
      return result;
    },
    inspect: (...args) => this.compiler().inspect(...args),
    complete: (...args) => this.compiler().complete(...args),
    addModule: (...args) => {
      this.hasModules = true;
      return this.compiler().addModule(...args);
    },
    close: () => this.made?.close(),
  };

  private keptOrCompiled(previous: string, source: string): ConvertResult & { maps?: Maps } {
    if (this.notebook) {
      const { toSource, ...result } = this.notebook.take(source);
      return { ...result, diagnostics: [], maps: { toSource } };
    }
    const before = this.hasModules ? undefined : this.kept.read(previous, source);
    if (before) {
      const { toModule, toSource, ...result } = before;
      return { ...result, diagnostics: [], maps: { toModule, toSource } };
    }
    this.lastMaps = undefined;
    const result = this.compiler().convert(previous, source);
    const maps = this.lastMaps as Required<Maps> | undefined;
    const { output, declOutput = "", hasToplevelAwait = false, lastExpressionVar } = result;
    if (output !== undefined && maps && result.diagnostics.length === 0 && !this.hasModules) {
      const cell = { output, declOutput, hasToplevelAwait, lastExpressionVar, ...maps };
      this.kept.keep(previous, source, cell);
    }
    return { ...result, maps };
  }
}

function placeIn(cell: CompiledCell, line: number, column: number): CellPlace | undefined {
  if (!cell.maps) return undefined;
  const start = line === 1 ? Math.max(0, column - 1 - cell.shift) : column - 1;
  const { toModule, toSource } = cell.maps;
  const inModule = toModule
    ? entry(toModule, line - 1, start)
    : { originalLine: line - 1, originalColumn: start };
  const inCell = inModule && entry(toSource, inModule.originalLine, inModule.originalColumn);
  if (!inCell || inCell.originalLine < LINES_BEFORE_CELL) return undefined;
  const cellLine = inCell.originalLine - LINES_BEFORE_CELL;
  const at = inCell.originalColumn;
  const text = cell.source.split("\n")[cellLine] ?? "";
  // An imported function's call is placed at its parenthesis; its name reads better.
  const name = text[at] === "(" ? /(?<![\w$])[\w$]+$/.exec(text.slice(0, at))?.[0] : undefined;
  return { line: cellLine + 1, column: at - (name?.length ?? 0) + 1 };
}

/** Read late: only an error asks for a place. */
function entry(map: string, line: number, column: number): SourceMapping | undefined {
  const found = new SourceMap(JSON.parse(map)).findEntry(line, column);
  return "originalLine" in found ? found : undefined;
}

/** Node would put compiled code before each stack. */
function hideCompiledLines(): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const isNamed = typeof options === "object";
    return runInThisContext(code, isNamed ? { ...options, displayErrors: false } : options);
  };
}
