import { type Cell, type CodeCell, hasTag, joinText } from "../nbformat";
import { codeBox } from "./highlight";
import { markdownToHtml } from "./markdown";
import { outputsToHtml } from "./outputs";
import type { PageContext } from "./page-context";

export function cellToHtml(cell: Cell, context: PageContext): string {
  const source = joinText(cell.source);
  const breaks = hasTag(cell, "page-break") ? " page-break" : "";
  if (cell.cell_type === "markdown") {
    const html = markdownToHtml(source, context);
    return html.trim() ? `<div class="cell prose${breaks}">${html}</div>` : "";
  }
  if (cell.cell_type !== "code") return "";
  const anchor = context.anchor(`cell-${cell.id}`);
  const outputs = outputsToHtml(cell.outputs ?? [], anchor, context, cell.metadata?.tags);
  const code = source.trim() ? codeHtml(cell, source) : "";
  return `<div class="cell code-cell${breaks}" id="${anchor}">${code}${outputs}</div>`;
}

/** Their code stays folded. */
const HIDE_CODE = ["hide-code", "hide-input", "remove-input"];

function codeHtml(cell: CodeCell, source: string): string {
  const isParameters = hasTag(cell, "parameters");
  const stays = HIDE_CODE.some((tag) => hasTag(cell, tag));
  const count = Number.isInteger(cell.execution_count) ? ` [${cell.execution_count}]` : "";
  const name = isParameters ? "Parameters" : "Code";
  return (
    `<details class="code"${isParameters ? " open data-keep" : ""}${stays ? " data-keep" : ""}>` +
    `<summary>${name}<span class="count">${count}</span></summary>` +
    `${codeBox(source, `${name} of cell${count}`)}</details>`
  );
}
