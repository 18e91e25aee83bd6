import { inspect } from "node:util";
import { visibleText } from "../../words/visible-text";
import { type CellCompiler, cellName } from "./cell-compiler";
import { codeFrame, type FailurePlace } from "./code-frame";

/** A failure as Jupyter's messages carry it, and the place for those who can use it. */
export interface CellFailure {
  ename: string;
  evalue: string;
  traceback: string[];
  /** Where in the failing cell; nothing when the failure cannot be placed there. */
  place?: FailurePlace;
}

type Diagnostic = ReturnType<CellCompiler["diagnostics"]>[number];

/** Type errors of a cell, or of a library file it imports, as tsc words them. */
export function describeDiagnostics(source: string, diagnostics: Diagnostic[]): CellFailure {
  const messages = mergeChains(diagnostics);
  const inCell = messages.find((message) => !message.fileName);
  const blocks = messages.map((message) => {
    const where = `${message.fileName ?? "cell"}:${message.start.line + 1}:${message.start.character + 1}`;
    const text = `${where} - error TS${message.code}: ${message.messageText}`;
    return message.fileName ? text : `${text}\n\n${codeFrame(source, spanOf(message))}\n`;
  });
  const first = messages[0];
  const more = messages.length > 1 ? ` (and ${messages.length - 1} more)` : "";
  const file = first?.fileName
    ? `${first.fileName}:${first.start.line + 1}:${first.start.character + 1}: `
    : "";
  return {
    ename: first ? `TS${first.code}` : "TypeError",
    evalue: first ? `${file}${first.messageText}${more}` : "the cell does not compile",
    traceback: blocks.flatMap((block) => block.split("\n")),
    place: inCell && spanOf(inCell),
  };
}

/** What a cell threw: an Error with its stack, or any other value. */
export function describeThrown(thrown: unknown, prompt: number, cells: CellCompiler): CellFailure {
  const isError =
    thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";
  const ename = isError ? String((thrown as Error).name || "Error") : "Thrown";
  const evalue = isError ? String((thrown as Error).message) : safeInspect(thrown);
  const text = isError ? errorText(thrown as Error) : evalue;
  const name = cellName(prompt);
  const place = placeIn(text, name);
  const source = cells.sourceOf(name);
  const picture =
    place && source !== undefined ? ["", ...codeFrame(source, place).split("\n")] : [];
  const traceback = [...lines(text), ...picture].map((line) => visibleText(line));
  return {
    ename: visibleText(ename),
    evalue: lines(evalue)
      .map((line) => visibleText(line))
      .join("\n"),
    traceback,
    place,
  };
}

/** Causes told, in case an error is among its own. */
const CAUSES_TOLD = 5;

/** An error's message and stack, and those of what caused it. */
function errorText(error: Error, depth = 0): string {
  const text = typeof error.stack === "string" ? error.stack : `${error.name}: ${error.message}`;
  const causes = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  const told = causes.filter((cause) => cause !== undefined && depth < CAUSES_TOLD);
  return [
    text,
    ...told.map((cause) => {
      const isError = cause instanceof Error;
      return `caused by ${isError ? errorText(cause, depth + 1) : safeInspect(cause)}`;
    }),
  ].join("\n");
}

/** The first frame of a stack that lies in this cell. */
function placeIn(stack: string, name: string): FailurePlace | undefined {
  for (const line of stack.split("\n")) {
    const at = line.lastIndexOf(`${name}:`);
    if (at < 0 || !/^\s+at /.test(line)) continue;
    const found = /^(\d+):(\d+)/.exec(line.slice(at + name.length + 1));
    if (found) return { line: Number(found[1]), column: Number(found[2]) };
  }
  return undefined;
}

function spanOf({ start, end }: Diagnostic): FailurePlace {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** tslab flattens a chain of reasons into errors of their own; the reasons belong to the first. */
function mergeChains(diagnostics: Diagnostic[]): Diagnostic[] {
  const merged: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const last = merged.at(-1);
    const isReason =
      last &&
      !diagnostic.fileName &&
      last.start.offset === diagnostic.start.offset &&
      last.end.offset === diagnostic.end.offset;
    if (isReason) last.messageText += `\n  ${diagnostic.messageText}`;
    else merged.push({ ...diagnostic });
  }
  return merged;
}

/** A message may quote the log, and what is in there was chosen by strangers. */
function lines(text: string): string[] {
  return text.replaceAll("\t", "  ").split(/\r?\n/);
}

function safeInspect(value: unknown): string {
  try {
    return typeof value === "string" ? value : inspect(value, { depth: 3 });
  } catch {
    return "a value that cannot be shown";
  }
}
