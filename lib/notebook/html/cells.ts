import { visibleLines } from "../../words/visible-text";
import { type Cell, type CodeCell, joinText } from "../nbformat";
import { highlightCode } from "./highlight";
import { markdownToHtml } from "./markdown";
import { outputsToHtml } from "./outputs";
import type { PageContext } from "./page-context";

/** Tags whose code stays folded, whatever the page's switch says. */
const HIDE_CODE = ["hide-code", "hide-input", "remove-input"];
/** Tags that start a new page in print. */
const PAGE_BREAK = "page-break";

/** One cell of a notebook as a part of the page. */
export function cellToHtml(cell: Cell, context: PageContext): string {
  const source = joinText(cell.source);
  const breaks = cell.metadata?.tags?.includes(PAGE_BREAK) ? " page-break" : "";
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

function codeHtml(cell: CodeCell, source: string): string {
  const tags = cell.metadata?.tags ?? [];
  const isParameters = tags.includes("parameters");
  const stays = HIDE_CODE.some((tag) => tags.includes(tag));
  const count = Number.isInteger(cell.execution_count) ? ` [${cell.execution_count}]` : "";
  const name = isParameters ? "Parameters" : "Code";
  return (
    `<details class="code"${isParameters ? " open data-keep" : ""}${stays ? " data-keep" : ""}>` +
    `<summary>${name}<span class="count">${count}</span></summary>` +
    `<pre tabindex="0" role="group" aria-label="${name} of cell${count}"><code>${highlightCode(visibleLines(source))}</code></pre></details>`
  );
}
