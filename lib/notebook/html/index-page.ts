import { counted } from "../../words/format-words";
import { escapeHtml } from "../show/escape-html";
import { pageShell } from "./page-shell";

export interface IndexEntry {
  fileName: string;
  title: string;
  summary: string;
  cells: number;
  seconds: number;
  failed?: boolean;
  slides?: string;
}

export function indexPage(entries: readonly IndexEntry[]): string {
  const title = "What the access log says";
  const body = `<div class="page narrow">
<main id="page-main" tabindex="-1">
<header class="head"><h1>${title}</h1>
</header>
<ol class="entries">
${entries.map(entryHtml).join("\n")}
</ol>
</main>
</div>`;
  return pageShell({ title, navigation: "<span></span>", body });
}

function entryHtml({ fileName, title, summary, cells, seconds, failed, slides }: IndexEntry) {
  const href = (file: string) => `href="${escapeHtml(encodeURI(file))}"`;
  const state = failed ? '<strong class="failed">stopped at an error</strong> · ' : "";
  return (
    `<li><h2><a class="entry" ${href(fileName)}>${escapeHtml(title)}</a></h2>` +
    (summary ? `<p>${escapeHtml(summary)}</p>` : "") +
    `<p class="about">${state}${counted(cells, "code cell")} · ${seconds.toFixed(1)} s` +
    `${slides ? ` · <a ${href(slides)}>slides</a>` : ""}</p></li>`
  );
}
