import { visibleLines } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";
import { type Mark, markdownToHtml, parseMarkdown, type Token } from "./markdown";
import type { PageContext } from "./page-context";

/** Characters of an address that mail programs and browsers take. */
const LONGEST_MAILTO = 1_900;

/** A box with a copy button and, if short, a mail link; may begin with a line `Subject: ...`. */
export function letterToHtml(text: string, marks: readonly Mark[], context: PageContext): string {
  context.letters += 1;
  const html = markdownToHtml(text, context, marks, { breaks: true });
  const plain = letterText(text);
  const tools = context.tools
    ? `<p class="letter-tools"><button type="button" class="small copy">Copy</button>${mailLink(plain)}` +
      `<span class="copied" role="status"></span></p>` +
      `<textarea class="letter-text" hidden readonly aria-label="The letter as plain text">\n${escapeHtml(plain)}</textarea>`
    : "";
  const label = context.letters === 1 ? "Letter" : `Letter ${context.letters}`;
  return `<section class="output letter" aria-label="${label}">${tools}<div class="prose">${html}</div></section>`;
}

function mailLink(plain: string): string {
  const [line, subject] = /^Subject:(.+)\n+/i.exec(plain) ?? ["", ""];
  const about = subject ? `subject=${encodeURIComponent(subject.trimStart())}&` : "";
  const body = encodeURIComponent(plain.slice(line.length).replace(/\n/g, "\r\n"));
  const address = `mailto:?${about}body=${body}`;
  return address.length > LONGEST_MAILTO
    ? ""
    : `<a class="small" href="${escapeHtml(address)}">Open in mail program</a>`;
}

/** Markdown as plain text to be sent. */
function letterText(text: string): string {
  const blocks: string[] = [];
  // The next item's number of each list around; NaN without one.
  const lists: number[] = [];
  let quote = "";
  let item = "";
  for (const token of parseMarkdown(text)) {
    if (token.type === "bullet_list_open") lists.push(Number.NaN);
    else if (token.type === "ordered_list_open") lists.push(Number(token.attrGet("start") ?? 1));
    else if (/^(?:bullet|ordered)_list_close$/.test(token.type)) {
      lists.pop();
      if (lists.length === 0) blocks.push("");
    } else if (token.type === "list_item_open") {
      const number = lists.pop() ?? Number.NaN;
      item = "   ".repeat(lists.length) + (Number.isNaN(number) ? "- " : `${number}. `);
      lists.push(number + 1);
    } else if (token.type === "blockquote_open") quote += "> ";
    else if (token.type === "blockquote_close") quote = quote.slice(2);
    else if (["inline", "fence", "code_block"].includes(token.type)) {
      const words = token.type === "inline" ? inlineText(token) : token.content.trimEnd();
      const [first = "", ...rest] = words.split("\n");
      const indent = " ".repeat(item.length);
      blocks.push(quote + item + first, ...rest.map((line) => quote + indent + line));
      if (lists.length === 0) blocks.push(quote.trimEnd());
      item = indent;
    }
    if (lists.length === 0) item = "";
  }
  const letter = blocks.join("\n").replace(/\n{3,}/g, "\n\n");
  return letter.trim();
}

function inlineText({ children }: Token): string {
  let words = "";
  let link = { href: "", from: 0 };
  for (const child of children ?? []) {
    if (child.type === "softbreak" || child.type === "hardbreak") words += "\n";
    else if (child.type === "link_open") {
      link = { href: String(child.attrGet("href") ?? ""), from: words.length };
    } else if (child.type === "link_close") {
      const address = link.href.replace(/^mailto:/, "");
      // Links within the page mean nothing to the message's reader.
      const leadsOut = /^https?:|@/.test(address);
      if (leadsOut && words.slice(link.from) !== address) words += ` (${address})`;
    } else words += child.content;
  }
  return visibleLines(words);
}
