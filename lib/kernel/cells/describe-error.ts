import { inspect } from "node:util";
import { visibleText } from "../../words/visible-text";
import { type CellCompiler, cellName } from "./cell-compiler";
import { codeFrame, type FailurePlace } from "./code-frame";

/** A failure as in Jupyter's messages, and its place. */
export interface CellFailure {
  ename: string;
  evalue: string;
  traceback: string[];
  place?: FailurePlace;
}

type Diagnostic = CellCompiler["diagnostics"][number];

export function describeDiagnostics(source: string, diagnostics: Diagnostic[]): CellFailure {
  const messages = mergeChains(diagnostics);
  const [first] = messages;
  if (!first) return { ename: "TypeError", evalue: "the cell does not compile", traceback: [] };
  const whereIs = ({ fileName, start }: Diagnostic) =>
    `${fileName ?? "cell"}:${start.line + 1}:${start.character + 1}`;
  const blocks = messages.map((message) => {
    const text = `${whereIs(message)} - error TS${message.code}: ${message.messageText}`;
    return message.fileName ? text : `${text}\n\n${codeFrame(source, spanOf(message))}\n`;
  });
  const inCell = messages.find((message) => !message.fileName);
  const more = messages.length > 1 ? ` (and ${messages.length - 1} more)` : "";
  return {
    ename: `TS${first.code}`,
    evalue: `${first.fileName ? `${whereIs(first)}: ` : ""}${first.messageText}${more}`,
    traceback: blocks.flatMap((block) => block.split("\n")),
    place: inCell && spanOf(inCell),
  };
}

export function describeThrown(thrown: unknown, prompt: number, cells: CellCompiler): CellFailure {
  const isError =
    thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";
  const error = thrown as Error;
  const evalue = isError ? String(error.message) : safeInspect(thrown);
  const text = isError ? errorText(error) : evalue;
  const name = cellName(prompt);
  const place = placeIn(text, name);
  const source = cells.sourceOf(name);
  const picture = place && source !== undefined ? `\n\n${codeFrame(source, place)}` : "";
  return {
    ename: visibleText(isError ? String(error.name || "Error") : "Thrown"),
    evalue: shownLines(evalue).join("\n"),
    traceback: shownLines(text + picture),
    place,
  };
}

/** An error may be among its own causes. */
const CAUSES_TOLD = 5;

function errorText(error: Error, depth = 0): string {
  const text = typeof error.stack === "string" ? error.stack : `${error.name}: ${error.message}`;
  const causes = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  const told = causes.filter((cause) => cause !== undefined && depth < CAUSES_TOLD);
  const words = told.map((cause) =>
    cause instanceof Error ? errorText(cause, depth + 1) : safeInspect(cause),
  );
  return [text, ...words.map((each) => `caused by ${each}`)].join("\n");
}

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

/** tslab makes each reason of a chain an error of its own. */
function mergeChains(diagnostics: Diagnostic[]): Diagnostic[] {
  const merged: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const { fileName, start, end, messageText } = diagnostic;
    const last = merged.at(-1);
    const isReason =
      !fileName && last?.start.offset === start.offset && last.end.offset === end.offset;
    if (isReason) last.messageText += `\n  ${messageText}`;
    else merged.push({ ...diagnostic });
  }
  return merged;
}

/** Messages may quote strangers' text from the log. */
function shownLines(text: string): string[] {
  const lines = text.replaceAll("\t", "  ").split(/\r?\n/);
  return lines.map((line) => visibleText(line));
}

function safeInspect(value: unknown): string {
  try {
    return typeof value === "string" ? value : inspect(value, { depth: 3 });
  } catch {
    return "a value that cannot be shown";
  }
}
