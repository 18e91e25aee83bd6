import { joinText, type MimeBundle, type MultilineText, type Output } from "../nbformat";
import { escapeHtml } from "../show/escape-html";
import { FIGURE_MIME, TABLE_MIME } from "../show/mime-types";
import { figureToHtml, readFigure } from "./figure";
import type { PageContext } from "./page-context";
import { proseToHtml } from "./prose-output";
import { sanitizeHtml } from "./sanitize";
import { readTable, tableToHtml } from "./table";
import { terminalText } from "./terminal-text";
import { tilesHtml } from "./tiles";

/**
 * A cell's outputs; what it wrote to one stream in several pieces is one text.
 *
 * @param tags of the cell, some of which give its tables and prose a form of their own
 */
export function outputsToHtml(
  outputs: readonly Output[],
  anchor: string,
  context: PageContext,
  tags: readonly string[] = [],
): string {
  return joinStreams(outputs)
    .map((output) => outputToHtml(output, { anchor, tags }, context))
    .join("\n");
}

interface OfCell {
  anchor: string;
  tags: readonly string[];
}

function outputToHtml(output: Output, cell: OfCell, context: PageContext): string {
  switch (output.output_type) {
    case "stream":
      return streamHtml(joinText(output.text), output.name === "stderr");
    case "error":
      context.firstError ||= cell.anchor;
      return errorHtml(output.ename, output.evalue, output.traceback ?? []);
    case "display_data":
    case "execute_result":
      return bundleHtml(output.data ?? {}, output.metadata ?? {}, cell, context);
    default:
      return "";
  }
}

/** The best form that a page can show; nothing from the kernel is trusted. */
function bundleHtml(
  data: MimeBundle,
  metadata: Record<string, unknown>,
  cell: OfCell,
  context: PageContext,
): string {
  const about = (type: string) => (metadata[type] ?? {}) as Record<string, unknown>;
  const figure = readFigure(data[FIGURE_MIME]);
  if (figure) {
    const description = String(about(FIGURE_MIME).description ?? "");
    return figureToHtml(figure, description, textOf(data["image/svg+xml"]), context);
  }
  const table = readTable(data[TABLE_MIME], about(TABLE_MIME));
  if (table) {
    const tiles = cell.tags.includes("key-figures") ? tilesHtml(table.table, table.info) : "";
    return tiles || tableToHtml(table.table, table.info, context);
  }
  if (data["text/markdown"] !== undefined) {
    const ofCell = { ...cell, metadata: metadata["text/markdown"] };
    return proseToHtml(textOf(data["text/markdown"]), ofCell, context);
  }
  if (data["text/html"] !== undefined) {
    const html = sanitizeHtml(textOf(data["text/html"]));
    if (html.trim() !== "")
      return `<div class="output html" tabindex="0" role="group" aria-label="Output">${html}</div>`;
  }
  const picture = pictureHtml(data);
  if (picture) return picture;
  if (data["application/json"] !== undefined) {
    return streamHtml(JSON.stringify(data["application/json"], null, 2) ?? "", false);
  }
  return streamHtml(textOf(data["text/plain"]), false);
}

function pictureHtml(data: MimeBundle): string {
  const words = escapeHtml(
    terminalText(textOf(data["text/plain"])).slice(0, 400) || "Picture made by this cell",
  );
  const image = (source: string) =>
    `<figure class="output"><img class="image" alt="${words}" src="${source}"></figure>`;
  const svg = textOf(data["image/svg+xml"]);
  // As an image, an SVG runs no script and loads nothing.
  if (svg) return image(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
  for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const base64 = textOf(data[type]).replace(/\s/g, "");
    if (base64 && /^[\w+/=]+$/.test(base64)) return image(`data:${type};base64,${base64}`);
  }
  return "";
}

function streamHtml(text: string, isStderr: boolean): string {
  const shown = escapeHtml(terminalText(text).replace(/\n$/, ""));
  if (shown === "") return "";
  const label = isStderr ? "Error stream" : "Text output";
  return (
    `<div class="output stream${isStderr ? " stderr" : ""}">${isStderr ? '<p class="label">stderr</p>' : ""}` +
    `<pre tabindex="0" role="group" aria-label="${label}">${shown}</pre></div>`
  );
}

function errorHtml(name: string, message: string, traceback: readonly string[]): string {
  const heading = terminalText([name, message].filter(Boolean).join(": "));
  const trace = terminalText(traceback.join("\n"));
  return (
    `<div class="output error"><p class="label">Error</p><p class="message">${escapeHtml(heading)}</p>` +
    (trace.trim()
      ? `<pre tabindex="0" role="group" aria-label="Where it happened">${escapeHtml(trace)}</pre>`
      : "") +
    `</div>`
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? joinText(value.map(String) as MultilineText) : "";
}

function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined[joined.length - 1];
    if (
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name
    ) {
      joined[joined.length - 1] = { ...last, text: joinText(last.text) + joinText(output.text) };
    } else {
      joined.push(output);
    }
  }
  return joined;
}
