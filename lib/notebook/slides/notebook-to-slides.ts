import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visibleText } from "../../words/visible-text";
import { PageContext } from "../html/page-context";
import { asset, documentHtml, pageStyles } from "../html/page-shell";
import type { Notebook } from "../nbformat";
import { escapeHtml } from "../show/escape-html";
import { thirdPartyNotice } from "../show/third-party-notice";
import { slideContent, slideHtml } from "./slide-html";
import { slidesOf } from "./slides-of";

export interface SlidesOptions {
  fileName: string;
  title?: string;
  /** In words, for the title slide. */
  generatedAt?: string;
  pageHref?: string;
}

const STYLES = ["slides", "parts", "screen", "dialogs", "still-slides", "paper"].map(
  (name) => `css/${name}.css`,
);
const SCRIPTS = ["slide-figures.js", "still-slides.js", "speaker-window.js", "deck.js"];

/**
 * An executed notebook as slides by Jupyter's `slideshow` metadata: one HTML file without network
 * that runs only its own scripts. Code is left out (except of cells tagged `show-code`), tables
 * show their first rows, `notes` are the speaker's.
 */
export function notebookToSlides(notebook: Notebook, options: SlidesOptions): string {
  const { fileName, generatedAt = "", pageHref = "" } = options;
  const context = new PageContext();
  const shown = slidesOf(notebook).flatMap((slide) => {
    const content = slideContent(slide, context);
    return content ? [{ content, isSub: slide.isSub }] : [];
  });
  let main = "";
  const sections = shown.map(({ content, isSub }, index) => {
    const above = isSub ? main : "";
    if (!isSub) main = content.heading;
    const foot = content.isTitle ? generatedAt : "";
    return slideHtml(content, { number: index + 1, total: shown.length, above, foot });
  });
  return documentHtml({
    title: visibleText(options.title ?? (context.titleText || fileName)),
    attributes: ' class="print-pdf"',
    styles: [
      `${text(require.resolve("reveal.js/reveal.css"))}\n`,
      pageStyles(),
      ...STYLES.map(slideAsset),
    ].join(""),
    body: deckHtml(sections.join("\n"), pageHref),
    scripts: [
      text(require.resolve("reveal.js")),
      asset("figure-drawing.js"),
      ...SCRIPTS.map(slideAsset),
    ],
    notice: thirdPartyNotice("reveal.js"),
    hasFigures: context.figures > 0,
  });
}

function deckHtml(sections: string, pageHref: string): string {
  const href = escapeHtml(encodeURI(pageHref));
  const link = pageHref ? `<li><a href="${href}">The whole report</a></li>` : "";
  return slideAsset("deck.html")
    .trimEnd()
    .replace("<!-- slides -->", () => sections)
    .replace("<!-- report -->", () => link);
}

const slideAsset = (name: string) => text(join(__dirname, name));
const text = (path: string) => readFileSync(path, "utf8");
