import { findSourceMap } from "node:module";
import type { CellCompiler } from "./cell-compiler";

/** Frames between a cell and the event loop. */
const MACHINERY =
  /[\\/]node_modules[\\/]tslab[\\/]|[\\/]lib[\\/]kernel[\\/]|^node:vm$|^node:internal[\\/](process|vm|timers|modules)/;

/** Reaches the cell from inside the library; Node's ten do not. */
const DEEPEST_STACK = 50;

/**
 * Stacks show a cell's TypeScript (`cell[3]:2:7`) and library files through tsx's source maps,
 * without the kernel's frames. Node's own mapping is off while `prepareStackTrace` is set.
 */
export function showWrittenLines(cells: CellCompiler): void {
  Error.stackTraceLimit = DEEPEST_STACK;
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames
      .filter((frame) => {
        const file = fileOf(frame);
        return !MACHINERY.test(file) && !cells.isCall(file, frame.getLineNumber() ?? 0);
      })
      .map((frame) => `    at ${describeFrame(frame, cells)}`);
    return [headline(error), ...lines].join("\n");
  };
}

function describeFrame(frame: NodeJS.CallSite, cells: CellCompiler): string {
  // A function of an earlier cell is called on tslab's proxy of all names.
  const text = String(frame).replace(/^(async )?Proxy\./, "$1");
  const file = fileOf(frame);
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!file || line === null || column === null) return text;
  const place = cells.locate(file, line, column) ?? inFile(file, line, column);
  if (!place) return text;
  return text.replace(`${file}:${line}:${column}`, () => `${file}:${place.line}:${place.column}`);
}

function fileOf(frame: NodeJS.CallSite): string {
  return frame.getScriptNameOrSourceURL() || frame.getFileName() || "";
}

function inFile(file: string, line: number, column: number) {
  const found = findSourceMap(file)?.findEntry(line - 1, column - 1);
  return found && "originalLine" in found
    ? { line: found.originalLine + 1, column: found.originalColumn + 1 }
    : undefined;
}

function headline(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
