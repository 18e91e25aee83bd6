import type { Figure } from "../../plot/figure";
import { figureTitle, guardFigure, plainFigureText } from "../../plot/figure-text";
import { figureToSvg } from "../../plot/static-image";
import { visibleText } from "../../visible-text";
import { escapeHtml, scriptJson } from "../show/escape-html";
import type { PageContext } from "./page-context";

/** A figure from a notebook's output, or null where it does not hold what a figure should. */
export function readFigure(data: unknown): Figure | null {
  const { data: traces, layout } = (data ?? {}) as Partial<Figure>;
  const isFigure =
    Array.isArray(traces) &&
    traces.every((trace) => trace !== null && typeof trace === "object") &&
    layout !== null &&
    typeof layout === "object";
  if (!isFigure) return null;
  try {
    return guardFigure({ data: traces, layout });
  } catch {
    return null; // it would need the network
  }
}

/**
 * A figure as the page draws it: title and description in words, a picture for print and for pages
 * without scripts, and the data from which the page's script draws the live figure.
 *
 * @param svg the picture that came with the figure, if one did; it is only ever used as an image
 */
export function figureToHtml(
  figure: Figure,
  description: string,
  svg: string,
  context: PageContext,
): string {
  context.figures += 1;
  const id = `page-figure-${context.figures}`;
  const title = visibleText(figureTitle(figure) || `Figure ${context.figures}`, { max: 400 });
  const words = visibleText(plainFigureText(description), { max: 2_000 });
  const height = heightOf(figure);
  const picture = Buffer.from(svg || pictureOf(figure)).toString("base64");
  return (
    `<figure class="output figure" id="${id}" aria-labelledby="${id}-title">` +
    `<p class="figure-title" id="${id}-title">${escapeHtml(title)}</p>` +
    `<div class="live" style="height:${height}px"></div>` +
    `<img class="picture" alt="${escapeHtml([title, words].filter(Boolean).join(". "))}" src="data:image/svg+xml;base64,${picture}">` +
    (words ? `<figcaption>${escapeHtml(words)}</figcaption>` : "") +
    `<script type="application/json" class="page-figure-data">${scriptJson(liveFigure(figure, height))}</script>` +
    `</figure>`
  );
}

function pictureOf(figure: Figure): string {
  try {
    return figureToSvg(figure);
  } catch {
    return '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1"/>';
  }
}

function heightOf({ layout }: Figure): number {
  const height = Number(layout.height ?? 450);
  return Number.isFinite(height) ? Math.min(4_000, Math.max(120, height)) : 450;
}

/** The page writes the title itself, where it can wrap, and knows the look and the width. */
function liveFigure({ data, layout }: Figure, height: number) {
  const { title: _title, template: _template, width: _width, ...rest } = layout;
  const hasNoteAbove = (rest.annotations ?? []).some(
    (note) => note.yref !== "y" && Number(note.y) >= 1,
  );
  return {
    data,
    layout: {
      ...rest,
      height,
      autosize: true,
      margin: { ...rest.margin, t: hasNoteAbove ? 40 : 16 },
    },
  };
}
