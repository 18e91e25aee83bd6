import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visibleText } from "../../words/visible-text";
import { figureBlocks } from "../html/export-html";
import { PageContext } from "../html/page-context";
import { securityPolicy } from "../html/page-shell";
import type { Notebook } from "../nbformat";
import { escapeHtml } from "../show/escape-html";
import { plotlySource } from "../show/plotly-source";
import { thirdPartyNotice } from "../show/third-party-notice";
import { notesHtml, type SlideContent, slideContent, slideHtml } from "./slide-html";
import { slidesOf } from "./slides-of";

export interface SlidesOptions {
  /** The notebook's own file name, as in `06-final-report.ipynb`. */
  fileName: string;
  /** Title, where it is not the notebook's first heading of level 1. */
  title?: string;
  /** When it was made, in words, for the title slide; left out where not given. */
  generatedAt?: string;
  /** Address of the same notebook's page. */
  pageHref?: string;
}

/**
 * An executed notebook as slides to be presented, by Jupyter's `slideshow` metadata: one HTML file
 * that needs nothing else, opens without a server and without a network, prints one slide a page,
 * and runs no script but its own, whatever the notebook's outputs hold.
 *
 * - slides show words and what cells displayed: no code, save that of a cell tagged `show-code`, no
 *   warnings, and at most the first rows of a table
 * - `notes` cells are for the speaker: a pane below the slides, or a window of their own
 * - what does not fit is made smaller, within limits, and then scrolls: it is never cut
 * - subslides follow their slide in one row and carry its heading in small letters; slides that show
 *   nothing are left out
 *
 * reveal.js leads through the slides; their look, the figures and the speaker's window are ours.
 */
export function notebookToSlides(notebook: Notebook, options: SlidesOptions): string {
  const context = new PageContext();
  const shown = slidesOf(notebook).flatMap((slide) => {
    const content = slideContent(slide, context);
    return content ? [{ slide, content }] : [];
  });
  const title = visibleText(options.title ?? (context.titleText || options.fileName));
  let main = "";
  const sections = shown.map(({ slide, content }, place) => {
    const above = content.isSub ? main : "";
    if (!content.isSub) main = content.heading;
    return slideHtml(content, {
      number: place + 1,
      total: shown.length,
      above,
      notes: notesHtml(slide, context),
      foot: isFirstTitle(content) ? (options.generatedAt ?? "") : "",
    });
  });
  const hasFigures = context.figures > 0;
  return documentHtml(title, sections.join("\n"), {
    pageHref: options.pageHref ?? "",
    dataBlocks: hasFigures ? figureBlocks() : "",
    allowed: hasFigures ? [plotlySource()] : [],
  });
}

const isFirstTitle = ({ isTitle }: SlideContent) => isTitle;

/** What can be done while presenting, in the order of the menu; the script knows how. */
const ACTIONS = [
  ["overview", "All slides", "O"],
  ["notes", "Speaker notes below the slide", "N"],
  ["speaker", "Speaker notes in a window of their own", "S"],
  ["fullscreen", "Full screen", "F"],
  ["dark", "Dark or light", "D"],
  ["print", "Print, or save as PDF", ""],
] as const;

const KEYS = [
  ["→ Space Page&nbsp;down", "next"],
  ["← Page&nbsp;up", "back"],
  ["↓ ↑", "scroll a long slide"],
  ["Home End", "first, last"],
  ["G", "go to a number"],
  ["B", "black screen"],
  ["?", "this menu"],
] as const;

function documentHtml(
  title: string,
  sections: string,
  { pageHref, dataBlocks, allowed }: { pageHref: string; dataBlocks: string; allowed: string[] },
): string {
  const early = asset("../html/early.js");
  const scripts = [
    readFileSync(require.resolve("reveal.js"), "utf8"),
    asset("../html/figure-drawing.js"),
    asset("slide-figures.js"),
    asset("still-slides.js"),
    asset("speaker-window.js"),
    asset("deck.js"),
  ];
  const policy = securityPolicy([early, ...scripts, ...allowed]);
  return `<!DOCTYPE html>
<html lang="en" class="print-pdf">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${readFileSync(require.resolve("reveal.js/reveal.css"), "utf8")}
${asset("../html/page.css")}${asset("slides.css")}</style>
<script>${early}</script>
</head>
<body>
<main class="deck reveal-viewport" aria-label="Slides">
<div class="reveal"><div class="slides">
${sections}
</div></div>
<div class="deck-bar">
<button type="button" data-do="back" aria-label="Back">‹</button>
<span class="place"></span>
<button type="button" data-do="next" aria-label="Next">›</button>
<button type="button" data-do="menu" aria-label="Menu">☰</button>
</div>
</main>
<aside class="notes-pane prose" aria-label="Speaker notes" tabindex="0" hidden></aside>
<dialog class="deck-dialog menu" aria-labelledby="deck-menu-title">
<form method="dialog"><h2 id="deck-menu-title">Presenting</h2><button>Close</button></form>
<ul class="actions">
${ACTIONS.map(([name, words, key]) => `<li><button type="button" data-do="${name}">${words}</button>${key ? `<kbd>${key}</kbd>` : ""}</li>`).join("\n")}
${pageHref ? `<li><a href="${escapeHtml(encodeURI(pageHref))}">The whole report</a></li>` : ""}
</ul>
<dl class="keys">
${KEYS.map(([keys, words]) => `<div><dt>${kbd(keys)}</dt><dd>${words}</dd></div>`).join("\n")}
</dl>
<p>Swipe to turn slides on a touch screen. Notes are printed too while they are shown below the slide.</p>
</dialog>
<dialog class="deck-dialog overview" aria-labelledby="deck-overview-title">
<form method="dialog"><h2 id="deck-overview-title">All slides</h2><button>Close</button></form>
<ol class="stills"></ol>
</dialog>
<div class="still-box measure" aria-hidden="true"></div>
${dataBlocks}
${thirdPartyNotice("reveal.js")}${scripts.map((text) => `<script>${text}</script>`).join("\n")}
</body>
</html>
`;
}

function kbd(keys: string): string {
  return keys
    .split(" ")
    .map((key) => `<kbd>${key}</kbd>`)
    .join(" ");
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
