import { hasTag, joinText, type Notebook, type TextCell } from "./nbformat";

export type ParameterValue = string | number | boolean | null;

export interface Parameter {
  name: string;
  value: ParameterValue;
}

export interface SetParameter extends Parameter {
  was: ParameterValue;
}

export class ParameterError extends Error {
  override name = "ParameterError";
}

/** `const k = 2;`, with or without type, semicolon and comment. */
const ASSIGNMENT =
  /^(?<start>\s*(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s*(?::(?<type>[^=]+))?=\s*)(?<literal>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`|-?[\d.][\w.+-]*|true|false|null)(?<rest>\s*(?:;\s*)?(?:\/\/.*|\/\*.*)?)$/;

/** The literal values assigned in the cell tagged `parameters`. */
export function parametersOf(notebook: Notebook): Parameter[] {
  const cell = notebook.cells[parametersIndex(notebook)];
  return linesOf(cell).flatMap((line) => {
    const { name = "", literal = "" } = ASSIGNMENT.exec(line)?.groups ?? {};
    return name ? [{ name, value: readLiteral(literal) }] : [];
  });
}

/**
 * Replaces values in the cell tagged `parameters`, as papermill does.
 *
 * @param settings JSON literals by name; text needs no quotes
 * @throws {ParameterError} for an unknown name, or a value of another kind (null takes any)
 * @example
 * setParameters(notebook, { k: "3" }); // const k = 2; // deviations -> const k = 3; // deviations
 */
export function setParameters(
  notebook: Notebook,
  settings: Record<string, string>,
): { notebook: Notebook; set: SetParameter[] } {
  const known = parametersOf(notebook);
  const unknown = Object.keys(settings).find((name) => !known.some((each) => each.name === name));
  if (unknown !== undefined) throw new ParameterError(unknownParameter(unknown, known));
  const set: SetParameter[] = [];
  const index = parametersIndex(notebook);
  const lines = linesOf(notebook.cells[index]).map((line) => {
    const found = ASSIGNMENT.exec(line)?.groups;
    const { start = "", name = "", type = "", literal = "", rest = "" } = found ?? {};
    const text = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (text === undefined) return line;
    const was = readLiteral(literal);
    const value = readSetting(name, text, was, type);
    set.push({ name, value, was });
    return `${start}${JSON.stringify(value)}${rest}`;
  });
  const cells = notebook.cells.map((cell, place) =>
    place === index ? { ...cell, source: lines.join("\n") } : cell,
  );
  return { notebook: { ...notebook, cells }, set };
}

export function unknownParameter(name: string, known: Parameter[]): string {
  const list = known.map((each) => `${each.name} = ${JSON.stringify(each.value)}`).join(", ");
  return `there is no parameter ${name}; ${list ? `there are: ${list}` : "the notebook has none (no cell is tagged parameters)"}`;
}

/** With a cell below the parameters that says what was set. */
export function withParameterNote(notebook: Notebook, set: SetParameter[]): Notebook {
  const index = parametersIndex(notebook);
  if (set.length === 0 || index < 0) return notebook;
  const list = set.map(
    ({ name, value, was }) =>
      `${codeSpan(`${name} = ${JSON.stringify(value)}`)} (the notebook has ${codeSpan(JSON.stringify(was))})`,
  );
  const note: TextCell = {
    cell_type: "markdown",
    id: freeId(notebook, "parameters-set"),
    metadata: { tags: ["parameters-set"] },
    source: `> **Set for this run:** ${list.join(", ")}`,
  };
  const cells = [...notebook.cells];
  cells.splice(index + 1, 0, note);
  return { ...notebook, cells };
}

function parametersIndex({ cells }: Notebook): number {
  return cells.findIndex((cell) => cell.cell_type === "code" && hasTag(cell, "parameters"));
}

function linesOf(cell: Notebook["cells"][number] | undefined): string[] {
  return joinText(cell?.source ?? "").split("\n");
}

function readLiteral(literal: string): ParameterValue {
  if (literal === "null") return null;
  if (literal === "true" || literal === "false") return literal === "true";
  const quote = literal[0] ?? "";
  if (!"\"'`".includes(quote)) return Number(literal.replaceAll("_", ""));
  const inner = literal.slice(1, -1).replace(/\\(['`])/g, "$1");
  const json = quote === '"' ? literal : `"${inner.replace(/(^|[^\\])"/g, '$1\\"')}"`;
  try {
    return JSON.parse(json) as string;
  } catch {
    return inner;
  }
}

/** A value of the kind of the one it replaces. */
function readSetting(
  name: string,
  text: string,
  was: ParameterValue,
  type: string,
): ParameterValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  const isPlain = typeof value !== "object" || value === null;
  const mayBeNull = value === null && /\bnull\b/.test(type);
  const fits = was === null ? isPlain : typeof value === typeof was || mayBeNull;
  if (fits) return value as ParameterValue;
  if (typeof was === "string") return text;
  const expected = was === null ? "a number, text, true, false or null" : `a ${typeof was}`;
  throw new ParameterError(
    `parameter ${name} is ${JSON.stringify(was)}: expected ${expected}, found ${JSON.stringify(text)}`,
  );
}

/** As Markdown code, whatever backticks are in it. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g)?.map((run) => run.length) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  return runs.length > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function freeId(notebook: Notebook, id: string): string {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  for (let n = 2, chosen = id; ; chosen = `${id}-${n++}`) if (!taken.has(chosen)) return chosen;
}
