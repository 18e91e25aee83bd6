import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { visibleText } from "../words/visible-text";
import { type Cell, joinText, type Notebook } from "./nbformat";

/** What is wrong with a notebook file, and with which. */
export class NotebookFileError extends Error {
  override name = "NotebookFileError";
}

/**
 * Reads a notebook and raises it to format 4.5: cells get the ids that older ones lack.
 *
 * @param file path of an .ipynb
 * @param shownAs how messages name the file
 * @throws {NotebookFileError} if it cannot be read, is not JSON, not nbformat 4, has no cells, or
 *   is written for a kernel of another language
 */
export function readNotebook(file: string, shownAs = file): Notebook {
  let text: string;
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new Error("it is a folder");
    // reading a pipe or a device may never end
    if (!found.isFile()) throw new Error("it is a pipe or a device");
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new NotebookFileError(`${shownAs} cannot be read: ${(error as Error).message}`);
  }
  return parseNotebook(text, shownAs);
}

/** As `readNotebook`, from a file's text. */
export function parseNotebook(text: string, shownAs: string): Notebook {
  const fail = (expected: string, found: string): never => {
    throw new NotebookFileError(
      `${shownAs} is not a notebook: expected ${expected}, found ${found}`,
    );
  };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return fail("JSON", text.trim() === "" ? "an empty file" : shown((error as Error).message));
  }
  if (!isObject(value)) return fail("a JSON object", kind(value));
  if (value.nbformat !== 4) return fail('"nbformat": 4', `"nbformat": ${plain(value.nbformat)}`);
  if (!Array.isArray(value.cells)) return fail("a list of cells", kind(value.cells));
  if (value.cells.length === 0) return fail("at least one cell", "none");
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const language = languageOf(metadata);
  if (language && language !== "typescript") {
    throw new NotebookFileError(
      `${shownAs} is written for a ${shown(language)} kernel; this project runs TypeScript notebooks`,
    );
  }
  const used = new Set<string>();
  const cells = value.cells.map((cell, index) => readCell(cell, index, used, fail));
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

type Fail = (expected: string, found: string) => never;

function readCell(cell: unknown, index: number, used: Set<string>, fail: Fail): Cell {
  const where = `in cell ${index + 1}`;
  if (!isObject(cell)) return fail(`an object ${where}`, kind(cell));
  const type = cell.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    return fail(
      `cell_type code, markdown or raw ${where}`,
      type === undefined ? "none" : plain(type),
    );
  }
  const { source } = cell;
  const isText = typeof source === "string";
  if (!isText && !isTexts(source)) {
    return fail(`a source of text ${where}`, kind(source));
  }
  const metadata = isObject(cell.metadata) ? cell.metadata : {};
  const { tags } = metadata;
  if (tags !== undefined && !isTexts(tags)) fail(`metadata.tags of text ${where}`, plain(tags));
  const base = {
    ...cell,
    id: cellId(cell.id, joinText(source as string | string[]), index, used),
    metadata,
    source,
  };
  if (type !== "code") return { ...base, cell_type: type } as Cell;
  const outputs = Array.isArray(cell.outputs) ? cell.outputs : [];
  const count = typeof cell.execution_count === "number" ? cell.execution_count : null;
  return { ...base, cell_type: "code", outputs, execution_count: count } as Cell;
}

/** The cell's own id where the format allows it; otherwise one that is the same on every run. */
function cellId(id: unknown, source: string, index: number, used: Set<string>): string {
  let chosen = typeof id === "string" && /^[\w-]{1,64}$/.test(id) ? id : "";
  for (let salt = 0; chosen === "" || used.has(chosen); salt++) {
    chosen = createHash("sha256").update(`${index} ${salt} ${source}`).digest("hex").slice(0, 8);
  }
  used.add(chosen);
  return chosen;
}

function languageOf(metadata: Record<string, unknown>): string | undefined {
  const { kernelspec, language_info: info } = metadata;
  const named = isObject(kernelspec) ? kernelspec.language : undefined;
  const ran = isObject(info) ? info.name : undefined;
  const language = named ?? ran;
  return typeof language === "string" ? language.toLowerCase() : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** A value as JSON has it where that is short; else what kind of value it is. */
function plain(value: unknown): string {
  if (typeof value === "object" || value === undefined) return kind(value);
  return shown(JSON.stringify(value));
}

function shown(text: string): string {
  return visibleText(text, { max: 100 });
}

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
