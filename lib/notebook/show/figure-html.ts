import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../../plot/figure";
import { escapeHtml, scriptJson, WITHOUT_TEX } from "./escape-html";
import { packedPlotly } from "./plotly-source";
import { thirdPartyNotice } from "./third-party-notice";

let shown = 0;

/**
 * A figure for pages that run a cell's own HTML: the picture, and a script that puts the live figure
 * in its place. plotly.js comes with the first figure that this kernel shows, and serves all others
 * on the page wherever they stand. Where no script runs, and where the first figure's cell was run
 * again and the page then reloaded, the picture stays.
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
