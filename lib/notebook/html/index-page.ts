import { escapeHtml } from "../show/escape-html";
import { pageShell } from "./page-shell";

export interface IndexEntry {
  /** The notebook's file name, as in `03-explore.ipynb`; its page lies beside it. */
  fileName: string;
  title: string;
  /** What it answers, in a sentence. */
  summary: string;
  /** Code cells that ran. */
  cells: number;
  seconds: number;
  failed?: boolean;
  /** The file name of its slides, where it has any. */
  slides?: string;
}

export interface IndexOptions {
  title?: string;
  /** A sentence below the title: what the data is. */
  intro?: string;
  /** When it was made, in words. */
  generatedAt?: string;
}

/** The page that leads to all others. */
export function indexPage(
  entries: readonly IndexEntry[],
  { title = "What the access log says", intro = "", generatedAt = "" }: IndexOptions = {},
): string {
  const body = `<div class="page narrow">
<main id="page-main" tabindex="-1">
<header class="head"><h1>${escapeHtml(title)}</h1>
${intro ? `<p class="lead">${escapeHtml(intro)}</p>` : ""}${generatedAt ? `<p class="about">${escapeHtml(generatedAt)}</p>` : ""}</header>
<ol class="entries">
${entries.map(entryHtml).join("\n")}
</ol>
</main>
</div>`;
  return pageShell({ title, navigation: "<span></span>", body });
}

function entryHtml(entry: IndexEntry): string {
  const { fileName, title, summary, cells, seconds, failed, slides } = entry;
  const page = fileName.replace(/\.ipynb$/, ".html");
  const state = failed ? '<strong class="failed">stopped at an error</strong> · ' : "";
  const notebook = fileName.endsWith(".ipynb")
    ? ` · <a href="${escapeHtml(encodeURI(fileName))}">notebook</a>`
    : "";
  const deck = slides ? ` · <a href="${escapeHtml(encodeURI(slides))}">slides</a>` : "";
  return (
    `<li><h2><a class="entry" href="${escapeHtml(encodeURI(page))}">${escapeHtml(title)}</a></h2>` +
    (summary ? `<p>${escapeHtml(summary)}</p>` : "") +
    `<p class="about">${state}${cells} code cell${cells === 1 ? "" : "s"} · ${seconds.toFixed(1)} s${deck}${notebook}</p></li>`
  );
}
