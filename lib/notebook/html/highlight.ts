import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import { visibleLines } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";

for (const [name, language] of Object.entries({ typescript, json, bash, sql })) {
  hljs.registerLanguage(name, language);
}

/** Escaped only, if the language is unknown. */
export function highlightCode(code: string, language = "typescript"): string {
  return hljs.getLanguage(language)
    ? hljs.highlight(code, { language, ignoreIllegals: true }).value
    : escapeHtml(code);
}

export function codeBox(source: string, label: string): string {
  return textBox(`<code>${highlightCode(visibleLines(source))}</code>`, label);
}

/** Scrolls, by keyboard too. */
export function textBox(html: string, label: string): string {
  return `<pre tabindex="0" role="group" aria-label="${label}">${html}</pre>`;
}
