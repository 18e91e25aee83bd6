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
  return `${notice}<script>(${drawFigures})("${packedPlotly()}");</script>`;
}

// Runs in the reader's page, as text. Page scripts may name no "define": with RequireJS on the page
// plotly.js would register itself there.
const drawFigures = `function (packed) {
  if (window.curriculumLogsFigures && !Array.isArray(window.curriculumLogsFigures)) return;
  var waiting = window.curriculumLogsFigures || [];
  var library;
  function load() {
    var bytes = Uint8Array.from(atob(packed), function (c) { return c.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text().then(function (code) {
      return new Function("module", "exports", "define", code + "\\n;return window.Plotly;").call(window);
    });
  }
  function draw(item, tries) {
    var box = document.getElementById(item.id);
    if (!box || !box.clientWidth) {
      if (tries < 600) requestAnimationFrame(function () { draw(item, tries + 1); });
      return;
    }
    library = library || load();
    library.then(function (Plotly) {
      var live = document.createElement("div");
      live.style.height = (item.figure.layout.height || 450) + "px";
      box.appendChild(live);
      return Plotly.newPlot(live, item.figure.data, item.figure.layout, item.figure.config)
        .then(function () { box.firstChild.style.display = "none"; });
    }).catch(function (error) { console.error(error); });
  }
  window.curriculumLogsFigures = { push: function (item) { draw(item, 0); } };
  waiting.forEach(function (item) { draw(item, 0); });
}`;
