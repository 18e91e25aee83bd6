import { joinText, type MimeBundle, type Output } from "../nbformat";
import { escapeHtml } from "../show/escape-html";
import { FIGURE_MIME, TABLE_MIME } from "../show/mime-types";
import { figureToHtml, readFigure } from "./figure";
import { textBox } from "./highlight";
import type { PageContext } from "./page-context";
import { proseToHtml } from "./prose-output";
import { sanitizeHtml } from "./sanitize";
import { readTable, tableToHtml } from "./table";
import { terminalText } from "./terminal-text";
import { tilesHtml } from "./tiles";

/** Pieces of one stream are joined. */
export function outputsToHtml(
  outputs: readonly Output[],
  anchor: string,
  context: PageContext,
  tags: readonly string[] = [],
): string {
  return joinStreams(outputs)
    .map((output) => {
      if (output.output_type === "stream") {
        return streamHtml(joinText(output.text), output.name === "stderr");
      }
      if (output.output_type === "error") {
        context.firstError ||= anchor;
        return errorHtml(output.ename, output.evalue, output.traceback ?? []);
      }
      const isShown = ["display_data", "execute_result"].includes(output.output_type);
      const { data = {}, metadata = {} } = output;
      return isShown ? bundleHtml(data, metadata, { anchor, tags }, context) : "";
    })
    .join("\n");
}

/** The best form that a page can show. Security: nothing from the kernel is trusted. */
function bundleHtml(
  data: MimeBundle,
  metadata: Record<string, unknown>,
  cell: { anchor: string; tags: readonly string[] },
  context: PageContext,
): string {
  const about = (type: string) => (metadata[type] ?? {}) as Record<string, unknown>;
  const figure = readFigure(data[FIGURE_MIME]);
  if (figure) {
    const description = String(about(FIGURE_MIME).description ?? "");
    return figureToHtml(figure, description, textOf(data["image/svg+xml"]), context);
  }
  const found = readTable(data[TABLE_MIME], about(TABLE_MIME));
  if (found) {
    const tiles = cell.tags.includes("key-figures") ? tilesHtml(found.table, found.info) : "";
    return tiles || tableToHtml(found.table, found.info, context);
  }
  if (data["text/markdown"] !== undefined) {
    const text = textOf(data["text/markdown"]);
    return proseToHtml(text, metadata["text/markdown"], cell, context);
  }
  const html = sanitizeHtml(textOf(data["text/html"]));
  if (html.trim() !== "") {
    return `<div class="output html" tabindex="0" role="group" aria-label="Output">${html}</div>`;
  }
  const picture = pictureHtml(data);
  if (picture) return picture;
  const json = data["application/json"];
  const text = json === undefined ? textOf(data["text/plain"]) : JSON.stringify(json, null, 2);
  return streamHtml(text ?? "", false);
}

function pictureHtml(data: MimeBundle): string {
  const text = terminalText(textOf(data["text/plain"])).slice(0, 400);
  const words = escapeHtml(text || "Picture made by this cell");
  const image = (type: string, base64: string) =>
    `<figure class="output"><img class="image" alt="${words}" src="data:${type};base64,${base64}"></figure>`;
  const svg = textOf(data["image/svg+xml"]);
  // Security: as an image, an SVG runs no script and loads nothing.
  if (svg) return image("image/svg+xml", Buffer.from(svg).toString("base64"));
  for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const base64 = textOf(data[type]).replace(/\s/g, "");
    if (/^[\w+/=]+$/.test(base64)) return image(type, base64);
  }
  return "";
}

function streamHtml(text: string, isStderr: boolean): string {
  const shown = escapeHtml(terminalText(text).replace(/\n$/, ""));
  if (shown === "") return "";
  const box = textBox(shown, isStderr ? "Error stream" : "Text output");
  return isStderr
    ? `<div class="output stream stderr"><p class="label">stderr</p>${box}</div>`
    : `<div class="output stream">${box}</div>`;
}

function errorHtml(name: string, message: string, traceback: readonly string[]): string {
  const heading = terminalText([name, message].filter(Boolean).join(": "));
  const trace = terminalText(traceback.join("\n"));
  return (
    `<div class="output error"><p class="label">Error</p><p class="message">${escapeHtml(heading)}</p>` +
    `${trace.trim() ? textBox(escapeHtml(trace), "Where it happened") : ""}</div>`
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(String).join("") : "";
}

function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    const goesOn =
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name;
    if (goesOn) {
      joined[joined.length - 1] = { ...last, text: joinText(last.text) + joinText(output.text) };
    } else {
      joined.push(output);
    }
  }
  return joined;
}
