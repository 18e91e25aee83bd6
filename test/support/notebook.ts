import type { Cell, CodeCell, Notebook } from "../../lib/notebook/nbformat";

/** A tiny notebook: strings are code cells, and other cells go in as they are. */
export function notebookOf(...cells: (string | Cell)[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "curriculum-logs", display_name: "any", language: "typescript" },
    },
    cells: cells.map((cell, index) =>
      typeof cell === "string" ? codeCell(cell, [], `cell-${index + 1}`) : cell,
    ),
  };
}

export function codeCell(source: string, tags: string[] = [], id = "tagged"): CodeCell {
  return {
    cell_type: "code",
    id,
    metadata: tags.length > 0 ? { tags } : {},
    source,
    execution_count: null,
    outputs: [],
  };
}

export function markdownCell(source: string, id = "prose"): Cell {
  return { cell_type: "markdown", id, metadata: {}, source };
}

/** The code cells of an executed notebook. */
export function codeCellsOf(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
}

/** Code that hears nothing, as `while (true) {}` would, but takes none of the processor's time. */
export const FOR_EVER = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";
