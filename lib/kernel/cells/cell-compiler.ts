import { SourceMap, type SourceMapping } from "node:module";
import type { Converter, ConvertResult } from "tslab/dist/converter";
import { KeptCells } from "./kept-cells";
import { type Maps, patchCompiler } from "./patch-compiler";

/** A place in a cell's TypeScript, 1-based. */
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

interface CompiledCell {
  source: string;
  maps?: Maps;
  /** Characters that tslab puts before the first line. */
  shift: number;
  /** Lines of JavaScript. */
  lines: number;
}

/**
 * tslab's compiler, made to remember where each line of a cell's JavaScript comes from. It must be
 * made before anything loads `tslab/dist/converter`.
 *
 * tslab compiles a cell twice (TypeScript to ES modules, those to CommonJS) and keeps no source
 * map, so a stack frame would point into code that nobody wrote. Here both steps make a map, and
 * each cell's code is named `cell[N]` after its prompt number, which V8 shows in stack frames.
 */
export class CellCompiler {
  /** What the last `convert` found wrong: all of it, with codes, where tslab keeps one line each. */
  diagnostics: ConvertResult["diagnostics"] = [];
  private made: Converter | undefined;
  private lastMaps: Maps | undefined;
  private readonly kept = new KeptCells();
  /** Modules that cells have declared: what a cell means then depends on them too. */
  private hasModules = false;
  private readonly cells = new Map<string, CompiledCell>();
  private current = cellName(0);

  constructor() {
    patchCompiler((maps) => {
      this.lastMaps = maps;
    });
  }

  /** Says which prompt number and source the next `convert` is for. */
  begin(prompt: number, source: string): void {
    this.current = cellName(prompt);
    this.diagnostics = [];
    this.cells.set(this.current, { source, shift: 0, lines: Number.POSITIVE_INFINITY });
  }

  /** The place in a cell's TypeScript; nothing where the line is the compiler's own. */
  locate(name: string, line: number, column: number): CellPlace | undefined {
    const cell = this.cells.get(name);
    return cell && placeIn(cell, line, column);
  }

  /** Whether a line of a cell's JavaScript is the call that tslab puts behind it. */
  isCall(name: string, line: number): boolean {
    return line > (this.cells.get(name)?.lines ?? Number.POSITIVE_INFINITY);
  }

  /** The source of a cell that ran, by its name (`cell[3]`). */
  sourceOf(name: string): string | undefined {
    return this.cells.get(name)?.source;
  }

  /** tslab's own, which takes a second to make. */
  compiler(): Converter {
    const { createConverter } =
      require("tslab/dist/converter") as typeof import("tslab/dist/converter");
    this.made ??= createConverter({ isJS: false, isBrowser: false });
    return this.made;
  }

  /** What `createExecutor` takes in place of tslab's own. */
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
    const before = this.hasModules ? undefined : this.kept.read(previous, source);
    if (before) {
      const { toModule, toSource, ...result } = before;
      return { ...result, diagnostics: [], maps: { toModule, toSource } };
    }
    this.lastMaps = undefined;
    const result = this.compiler().convert(previous, source);
    const maps = this.lastMaps as Maps | undefined;
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
  const inModule = entry(cell.maps.toModule, line - 1, start);
  const inCell =
    inModule && entry(cell.maps.toSource, inModule.originalLine, inModule.originalColumn);
  if (!inCell || inCell.originalLine < LINES_BEFORE_CELL) return undefined;
  const cellLine = inCell.originalLine - LINES_BEFORE_CELL;
  const at = inCell.originalColumn;
  const text = cell.source.split("\n")[cellLine] ?? "";
  // An imported function's call is placed at its parenthesis; its name reads better.
  const name = text[at] === "(" ? /(?<![\w$])[\w$]+$/.exec(text.slice(0, at))?.[0] : undefined;
  return { line: cellLine + 1, column: at - (name?.length ?? 0) + 1 };
}

/** Only an error asks for a place: the map is read then. */
function entry(map: string, line: number, column: number): SourceMapping | undefined {
  const found = new SourceMap(JSON.parse(map)).findEntry(line, column);
  return "originalLine" in found ? found : undefined;
}
