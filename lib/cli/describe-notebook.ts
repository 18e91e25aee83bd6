import { checkClaims } from "../notebook/claims/check-claims";
import type { IndexEntry } from "../notebook/html/index-page";
import { joinText, type Notebook } from "../notebook/nbformat";

export function describeNotebook(
  notebook: Notebook,
  name: string,
): { title: string; summary: string } {
  const text = notebook.cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => joinText(cell.source))
    .join("\n\n");
  const heading = /^#\s+(\S.*)$/m.exec(text);
  const below = heading ? text.slice(heading.index + heading[0].length) : text;
  const summary = below
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .find((block) => block !== "" && !/^([#>|`<]|[*+-]\s|\d+\.\s)/.test(block));
  return { title: plain(heading?.[1] ?? name), summary: plain(summary ?? "") };
}

export function indexEntry(notebook: Notebook, name: string): IndexEntry {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
  const milliseconds = cells.map(({ metadata }) => {
    const times = (metadata.execution ?? {}) as Record<string, string>;
    const [busy = "", idle = ""] = [times["iopub.status.busy"], times["iopub.status.idle"]];
    return Math.max(0, Date.parse(idle) - Date.parse(busy) || 0);
  });
  const outputs = cells.flatMap((cell) => cell.outputs);
  const hasFailed = outputs.some((output) => output.output_type === "error");
  return {
    fileName: `${name}.html`,
    ...describeNotebook(notebook, name),
    cells: cells.filter((cell) => cell.execution_count !== null).length,
    seconds: milliseconds.reduce((sum, each) => sum + each, 0) / 1000,
    failed: hasFailed || checkClaims(notebook).length > 0,
  };
}

/** Without Markdown's marks. */
function plain(markdown: string): string {
  // What is no link is taken too: looking again could take forever.
  return markdown
    .replace(/!?\[([^\]]*)(?:\](?:\([^)]*(\))?)?)?/g, (whole, words, end) => (end ? words : whole))
    .replace(/(\*\*|__|\*|`)(.+?)\1/g, "$2")
    .replace(/\s+/g, " ")
    .trim();
}
