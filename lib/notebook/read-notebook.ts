import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { visibleText } from "../words/visible-text";
import { type Cell, joinText, type MultilineText, type Notebook } from "./nbformat";

export class NotebookFileError extends Error {
  override name = "NotebookFileError";
}

/**
 * Reads a notebook as format 4.5: cells get ids.
 *
 * @param shownAs the file's name in messages
 * @throws {NotebookFileError} if it cannot be read, is no notebook, or is for another language
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

export function parseNotebook(text: string, shownAs: string): Notebook {
  try {
    const { metadata, cells } = expectNotebook(text);
    const language = languageOf(metadata);
    if (language && language !== "typescript") {
      throw new NotebookFileError(
        `${shownAs} is written for a ${shown(language)} kernel; this project runs TypeScript notebooks`,
      );
    }
    const used = new Set<string>();
    const read = cells.map((cell, index) => readCell(cell, index, used));
    return { nbformat: 4, nbformat_minor: 5, metadata, cells: read };
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    throw new NotebookFileError(`${shownAs} is not a notebook: ${error.message}`);
  }
}

class Unexpected extends Error {}

function expectThat(holds: boolean, expected: string, found: string): asserts holds {
  if (!holds) throw new Unexpected(`expected ${expected}, found ${found}`);
}

function expectNotebook(text: string): { metadata: Record<string, unknown>; cells: unknown[] } {
  expectThat(text.trim() !== "", "JSON", "an empty file");
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Unexpected(`expected JSON, found ${shown((error as Error).message)}`);
  }
  expectThat(isObject(value), "a JSON object", kind(value));
  const { nbformat, cells } = value;
  expectThat(nbformat === 4, '"nbformat": 4', `"nbformat": ${plain(nbformat)}`);
  expectThat(Array.isArray(cells), "a list of cells", kind(cells));
  expectThat(cells.length > 0, "at least one cell", "none");
  return { metadata: isObject(value.metadata) ? value.metadata : {}, cells };
}

function readCell(cell: unknown, index: number, used: Set<string>): Cell {
  const where = `in cell ${index + 1}`;
  expectThat(isObject(cell), `an object ${where}`, kind(cell));
  const { cell_type: type, source, outputs, execution_count: count } = cell;
  const isKnown = type === "code" || type === "markdown" || type === "raw";
  const found = type === undefined ? "none" : plain(type);
  expectThat(isKnown, `cell_type code, markdown or raw ${where}`, found);
  const isText = typeof source === "string" || isTexts(source);
  expectThat(isText, `a source of text ${where}`, kind(source));
  const metadata = isObject(cell.metadata) ? cell.metadata : {};
  const { tags } = metadata;
  expectThat(tags === undefined || isTexts(tags), `metadata.tags of text ${where}`, plain(tags));
  const read = { ...cell, id: cellId(cell.id, source, index, used), metadata, source };
  if (type !== "code") return { ...read, cell_type: type } as Cell;
  return {
    ...read,
    cell_type: "code",
    outputs: Array.isArray(outputs) ? outputs : [],
    execution_count: typeof count === "number" ? count : null,
  } as Cell;
}

/** The cell's own id, or one that is the same on every run. */
function cellId(id: unknown, source: MultilineText, index: number, used: Set<string>): string {
  let chosen = typeof id === "string" && /^[\w-]{1,64}$/.test(id) ? id : "";
  for (let salt = 0; chosen === "" || used.has(chosen); salt++) {
    const text = `${index} ${salt} ${joinText(source)}`;
    chosen = createHash("sha256").update(text).digest("hex").slice(0, 8);
  }
  used.add(chosen);
  return chosen;
}

function languageOf({ kernelspec, language_info: info }: Record<string, unknown>) {
  const named = isObject(kernelspec) ? kernelspec.language : undefined;
  const language = named ?? (isObject(info) ? info.name : undefined);
  return typeof language === "string" ? language.toLowerCase() : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** JSON if short, else the kind of value. */
function plain(value: unknown): string {
  return typeof value === "object" || value === undefined
    ? kind(value)
    : shown(JSON.stringify(value));
}

const shown = (text: string) => visibleText(text, { max: 100 });

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
