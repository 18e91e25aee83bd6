import { type CodeCell, joinText, type Notebook, type TextCell } from "./nbformat";

/** A value that can be set from the command line. */
export type ParameterValue = string | number | boolean | null;

export interface Parameter {
  name: string;
  value: ParameterValue;
}

/** A parameter that was set, with the value that the notebook itself has. */
export interface SetParameter extends Parameter {
  was: ParameterValue;
}

/** A setting that a notebook cannot take. */
export class ParameterError extends Error {
  override name = "ParameterError";
}

/** `const k = 2;`, with or without a type, a semicolon and a comment behind it. */
const ASSIGNMENT =
  /^(\s*(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::([^=]+))?=\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`|-?[\d.][\w.+-]*|true|false|null)(\s*(?:;\s*)?(?:\/\/.*|\/\*.*)?)$/;

/** The notebook's parameters: the literal values assigned in its cell tagged `parameters`. */
export function parametersOf(notebook: Notebook): Parameter[] {
  const cell = parametersCell(notebook);
  if (!cell) return [];
  return linesOf(cell).flatMap((line) => {
    const found = ASSIGNMENT.exec(line);
    return found ? [{ name: found[2]!, value: readLiteral(found[4]!) }] : [];
  });
}

/**
 * Replaces values in the cell tagged `parameters`, as papermill does.
 *
 * @param settings each name with the text given for it: a JSON literal of the same kind as the
 *   value it replaces; text needs no quotes; a value that is null takes any kind
 * @returns a new notebook, and what was set in it
 * @throws {ParameterError} if a name is not a parameter (it lists those there are) or a value is of
 *   another kind
 * @example
 * setParameters(notebook, { k: "3" }); // const k = 2; // deviations -> const k = 3; // deviations
 */
export function setParameters(
  notebook: Notebook,
  settings: Record<string, string>,
): { notebook: Notebook; set: SetParameter[] } {
  const known = parametersOf(notebook);
  for (const name of Object.keys(settings)) {
    if (known.some((parameter) => parameter.name === name)) continue;
    throw new ParameterError(unknownParameter(name, known));
  }
  const set: SetParameter[] = [];
  const target = parametersCell(notebook);
  const cells = notebook.cells.map((cell) => {
    if (cell !== target) return cell;
    const source = linesOf(cell as CodeCell).map((line) => {
      const found = ASSIGNMENT.exec(line);
      const [, start = "", name = "", type, literal = "", rest = ""] = found ?? [];
      const text = Object.hasOwn(settings, name) ? settings[name] : undefined;
      if (!found || text === undefined) return line;
      const was = readLiteral(literal);
      const value = readSetting(name, text, was, type);
      set.push({ name, value, was });
      return `${start}${JSON.stringify(value)}${rest}`;
    });
    return { ...cell, source: source.join("\n") };
  });
  return { notebook: { ...notebook, cells }, set };
}

/** What to say about a name that no notebook has. */
export function unknownParameter(name: string, known: Parameter[]): string {
  const list = known.map((each) => `${each.name} = ${JSON.stringify(each.value)}`).join(", ");
  return `there is no parameter ${name}; ${list ? `there are: ${list}` : "the notebook has none (no cell is tagged parameters)"}`;
}

/**
 * The notebook with a cell below its parameters that says what was set for this run.
 *
 * @param set as `setParameters` returned it
 */
export function withParameterNote(notebook: Notebook, set: SetParameter[]): Notebook {
  const index = notebook.cells.findIndex(isParametersCell);
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
  return {
    ...notebook,
    cells: [...notebook.cells.slice(0, index + 1), note, ...notebook.cells.slice(index + 1)],
  };
}

function parametersCell(notebook: Notebook): CodeCell | undefined {
  return notebook.cells.find(isParametersCell);
}

function isParametersCell(cell: Notebook["cells"][number]): cell is CodeCell {
  return cell.cell_type === "code" && (cell.metadata.tags?.includes("parameters") ?? false);
}

function linesOf(cell: CodeCell): string[] {
  return joinText(cell.source).split("\n");
}

/** A literal of the cell as a value. */
function readLiteral(literal: string): ParameterValue {
  if (literal === "null") return null;
  if (literal === "true" || literal === "false") return literal === "true";
  const quote = literal[0];
  if (quote !== '"' && quote !== "'" && quote !== "`") return Number(literal.replaceAll("_", ""));
  const inner = literal.slice(1, -1).replace(/\\(['`])/g, "$1");
  const json = quote === '"' ? literal : `"${inner.replace(/(^|[^\\])"/g, '$1\\"')}"`;
  try {
    return JSON.parse(json) as string;
  } catch {
    return inner;
  }
}

/** The text given on the command line as a value of the same kind as the one it replaces. */
function readSetting(
  name: string,
  text: string,
  was: ParameterValue,
  type: string | undefined,
): ParameterValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  const mayBeNull = /\bnull\b/.test(type ?? "");
  if (was === null) {
    if (typeof value !== "object" || value === null) return value as ParameterValue;
  } else if (typeof value === typeof was || (value === null && mayBeNull)) {
    return value as ParameterValue;
  } else if (typeof was === "string") {
    return text;
  }
  const expected = was === null ? "a number, text, true, false or null" : `a ${typeof was}`;
  throw new ParameterError(
    `parameter ${name} is ${JSON.stringify(was)}: expected ${expected}, found ${JSON.stringify(text)}`,
  );
}

/** Text as Markdown code, whatever backticks are in it. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g)?.map((run) => run.length) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  return runs.length > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function freeId(notebook: Notebook, id: string): string {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  for (let n = 2, chosen = id; ; chosen = `${id}-${n++}`) if (!taken.has(chosen)) return chosen;
}
