import { codeBox } from "../html/highlight";
import { markdownToHtml } from "../html/markdown";
import { outputsToHtml } from "../html/outputs";
import type { PageContext } from "../html/page-context";
import { type Cell, hasTag, joinText, type Output } from "../nbformat";
import { escapeHtml, shownHtml } from "../show/escape-html";
import { TABLE_MIME } from "../show/mime-types";
import type { Slide } from "./slides-of";

/** On a slide; the report has all. */
const MOST_ROWS = 8;

export interface SlideContent {
  html: string;
  heading: string;
  isTitle: boolean;
  /** For the speaker, as HTML. */
  notes: string;
}

/** Null where its cells show nothing. */
export function slideContent(slide: Slide, context: PageContext): SlideContent | null {
  const hadTitle = context.titleText !== "";
  const headings = context.headings.length;
  let html = "";
  for (const { isFragment, cells } of slide.parts) {
    const shown = cells.map((cell) => cellHtml(cell, context)).join("\n");
    if (shown.trim() === "") continue;
    html += isFragment ? `<div class="fragment">${shown}</div>\n` : `${shown}\n`;
  }
  const isTitle = !hadTitle && context.titleText !== "";
  if (isTitle) html = `<h1>${context.titleHtml}</h1>\n${html}`;
  if (html === "") return null;
  const heading = isTitle ? context.titleText : (context.headings[headings]?.text ?? "");
  return { html, heading, isTitle, notes: notesHtml(slide, context) };
}

/** Words only, of code cells what they displayed or printed. */
function notesHtml({ notes }: Slide, context: PageContext): string {
  return notes
    .map((cell) =>
      cell.cell_type === "code"
        ? outputsToHtml(cell.outputs.filter(isWords), "", context)
        : markdownToHtml(joinText(cell.source), context),
    )
    .join("\n")
    .trim();
}

function isWords(output: Output): boolean {
  if (output.output_type === "stream") return output.name === "stdout";
  return output.output_type === "display_data" && output.data?.["text/markdown"] !== undefined;
}

function cellHtml(cell: Cell, context: PageContext): string {
  const source = joinText(cell.source);
  if (cell.cell_type === "markdown") {
    const html = markdownToHtml(source, context);
    return html.trim() ? `<div class="prose">${html}</div>` : "";
  }
  if (cell.cell_type !== "code") return "";
  const anchor = context.anchor(`cell-${cell.id}`);
  const outputs = (cell.outputs ?? []).filter((output) => !isWarning(output)).map(shortened);
  const code = hasTag(cell, "show-code") && source.trim() ? codeBox(source, "Code") : "";
  return code + outputsToHtml(outputs, anchor, context, cell.metadata?.tags);
}

/** A cell's error stream is for whoever runs it. */
function isWarning(output: Output): boolean {
  return output.output_type === "stream" && output.name === "stderr";
}

/** A table with its first rows only. */
function shortened(output: Output): Output {
  if (!("data" in output)) return output;
  const table = output.data?.[TABLE_MIME] as { data?: unknown } | undefined;
  if (!Array.isArray(table?.data) || table.data.length <= MOST_ROWS) return output;
  const about = { total_rows: table.data.length, ...(output.metadata?.[TABLE_MIME] as object) };
  const rows = table.data.slice(0, MOST_ROWS);
  return {
    ...output,
    data: { ...output.data, [TABLE_MIME]: { ...table, data: rows } },
    metadata: { ...output.metadata, [TABLE_MIME]: about },
  };
}

/** @param above heading of a subslide's slide */
export function slideHtml(
  { html, heading, isTitle, notes }: SlideContent,
  { number, total, above, foot }: { number: number; total: number; above: string; foot: string },
): string {
  const name = `Slide ${number} of ${total}${heading ? `: ${heading}` : ""}`;
  return (
    `<section class="slide${isTitle ? " title-slide" : ""}" role="group" aria-roledescription="slide" ` +
    `aria-label="${escapeHtml(name)}" data-heading="${escapeHtml(heading || above)}" data-place="${number} / ${total}">\n` +
    `<div class="slide-body">\n${above ? `<p class="above">${shownHtml(above, 80)}</p>\n` : ""}${html}` +
    `${foot ? `<p class="about">${escapeHtml(foot)}</p>\n` : ""}</div>\n` +
    `${notes ? `<aside class="notes prose" aria-label="Speaker notes">${notes}</aside>\n` : ""}</section>`
  );
}
