import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../../plot/figure";
import { escapeHtml, scriptJson, WITHOUT_TEX } from "./escape-html";
import { packedPlotly } from "./plotly-source";
import { thirdPartyNotice } from "./third-party-notice";

let shown = 0;

/**
 * The picture, and a script that draws the live figure in its place. The first figure of a kernel
 * brings plotly.js for all others on the page; where it is missing, pictures stay.
 */
export function figureHtml(figure: Figure, svg: string, words: string): string {
  shown += 1;
  const id = `curriculum-logs-figure-${process.pid}-${shown}`;
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return (
    `<div id="${id}" class="${WITHOUT_TEX}"><img src="${picture}" alt="${escapeHtml(words)}" style="max-width:100%"></div>\n` +
    `<script>(window.curriculumLogsFigures = window.curriculumLogsFigures || [])` +
    `.push(${scriptJson({ id, figure })});</script>` +
    (shown === 1 ? `\n${plotlyHtml()}` : "")
  );
}

function plotlyHtml(): string {
  const notice = thirdPartyNotice("plotly.js-dist-min");
  const drawFigures = readFileSync(join(__dirname, "draw-figures.js"), "utf8");
  return `${notice}<script>(() => {\n${drawFigures}drawFigures("${packedPlotly()}");\n})();</script>`;
}
