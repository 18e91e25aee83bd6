import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../../lib/keep/paths";
import { notebookToHtml } from "../../../lib/notebook/html/export-html";
import { indexPage } from "../../../lib/notebook/html/index-page";
import { figureBundle } from "../../../lib/notebook/show/figure-bundle";
import { notebookToSlides } from "../../../lib/notebook/slides/notebook-to-slides";
import { demoDeck } from "../slides/demo-deck";
import { demoNotebook, HOSTILE_FIGURE, LINE_FIGURE } from "./demo-notebook";
import { reportNotebook } from "./report-notebook";

// A page's scripts and styles are its own or those of installed packages, unchanged and with their
// license beside them. The lock file says which bytes those packages are.

const installed = (file: string) => readFileSync(join(PROJECT_ROOT, "node_modules", file), "utf8");
const plotly = installed("plotly.js-dist-min/plotly.min.js");
const reveal = installed("reveal.js/dist/reveal.js");
const revealStyles = installed("reveal.js/dist/reveal.css");

// First: plotly.js comes with the first figure that a process shows.
const cell = [LINE_FIGURE, HOSTILE_FIGURE].map((figure) => figureBundle(figure).data["text/html"]);
const page = notebookToHtml(demoNotebook(), { fileName: "01-demo.ipynb" });
const report = notebookToHtml(reportNotebook(), { fileName: "06-report.ipynb" });
const slides = notebookToSlides(demoDeck(), { fileName: "06-demo.ipynb" });
const index = indexPage([]);

it("is plotly.js as installed, byte for byte, in pages, slides and what a cell shows", () => {
  const onPage = /<script type="text\/plain" id="page-plotly">(.*?)<\/script>/;
  const inCell = /drawFigures\("([\w+/=]+)"\);\n\}\)\(\);<\/script>$/;
  const packed = [page, report, slides].map((html) => onPage.exec(html)?.[1]);
  for (const base64 of [...packed, inCell.exec(String(cell[0]))?.[1]]) {
    const unpacked = gunzipSync(Buffer.from(base64 ?? "", "base64")).toString();
    expect(unpacked === plotly).toBe(true);
  }
});

it("is reveal.js as installed, byte for byte, in slides", () => {
  expect(slides.includes(`<script>${reveal}</script>`)).toBe(true);
  expect(slides.includes(`<style>\n${revealStyles}\n`)).toBe(true);
  // Else it would end there.
  expect(reveal).not.toMatch(/<\/script|<!--/i);
  expect(revealStyles).not.toMatch(/<\/style/i);
});

it("has its license beside it, and where there is none of it there is no license", () => {
  const licenses = (html: unknown) =>
    [...String(html).matchAll(/<!--\nIn this file: (\S+ \S+)\n\n([\s\S]*?)\n-->/g)].map(
      ([, name, text]) => [name, text],
    );
  const [ofPlotly, ofReveal] = ["plotly.js-dist-min", "reveal.js"].map((name) => {
    const { version } = JSON.parse(installed(`${name}/package.json`));
    return [`${name} ${version}`, installed(`${name}/LICENSE`).trim()];
  });
  expect(licenses(page)).toEqual([ofPlotly]);
  expect(licenses(report)).toEqual([ofPlotly]);
  expect(licenses(slides)).toEqual([ofPlotly, ofReveal]);
  expect(cell.map(licenses)).toEqual([[ofPlotly], []]);
  expect(licenses(index)).toEqual([]);
  // The notices that the files themselves begin with.
  expect(plotly).toMatch(/^\/\*\*\n\* plotly\.js v.*\n.*Copyright/);
  expect(reveal).toMatch(/^\/\*!\n \* reveal\.js[\s\S]*?Copyright/);
});

it.each(Object.entries({ page, report, slides, index }))("is never fetched: %s", (_, html) => {
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text);
  expect(styles.join("\n")).not.toMatch(/@import|url\((?!["']?(?:data:|#))/i);
  const tags = html
    .replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?(?=<\/\2>)/g, "$1")
    .replaceAll(/<!--[\s\S]*?-->/g, "");
  // Links and addresses of other pages aside: nobody goes there unasked.
  const loads = tags.matchAll(
    /<(?!a\b)[a-z][^<>]*?\s(src|srcset|href|data|poster|action|style)\s*=\s*"([^"]*)"/gi,
  );
  for (const [tag, name, value] of loads) {
    if (name === "style") expect(value, tag).not.toMatch(/url\(/i);
    else expect(value, tag).toMatch(/^(?:data:|#)/);
  }
  expect(tags.match(/<script\b[^>]*>/g)?.length).toBeGreaterThanOrEqual(2);
  expect(tags).not.toMatch(/<(?:iframe|object|embed|base|frame)\b|http-equiv="refresh"/i);
});
